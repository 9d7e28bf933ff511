/** Edits of a text that is embedded in another one, as edits of that one. */
import type { Edit } from './edit.ts';
import { outerFileOf, type OuterText, type Place, type SourceFile } from './source.ts';

/**
 * The edit of the file around an embedded text; each line that it begins gets the indentation of its neighbours there. Undefined where it
 * cannot be written; any other edit as it is.
 */
export function outerEditOf(edit: Edit): Edit | undefined {
  const { outer } = edit.place.file;
  if (outer?.kind !== 'embedded') return edit;
  const text = outer.encode?.(edit.text);
  return text === undefined || changesFirstIndentation(edit) ? undefined : new OuterEdit(edit, outer, text).made();
}

/** The first line tells readers how far all are indented. */
function changesFirstIndentation({ place: { file, start, end }, text }: Edit): boolean {
  const first = firstLine(file.text);
  if (start > first.end) return false;
  const after = file.text.slice(0, start) + text + file.text.slice(end);
  const now = firstLine(after);
  return (
    /^[ \t]/.test(after.slice(now.start, now.start + 1)) && !/^[ \t]/.test(file.text.slice(first.start, first.end))
  );
}

/** The first that is not blank. */
function firstLine(text: string): { readonly start: number; readonly end: number } {
  const found = /\S/.exec(text)?.index ?? text.length;
  const end = text.indexOf('\n', found);
  return { start: found === 0 ? 0 : text.lastIndexOf('\n', found - 1) + 1, end: end === -1 ? text.length : end };
}

/** What stands behind the text begins with a line of its own. */
function lineEndLost({ file, start, end }: Place, text: string): string {
  const [lineEnd = ''] = /\r?\n$/.exec(file.text) ?? [];
  const isLost = end > file.text.length - lineEnd.length && !text.endsWith('\n');
  const isNothing = text === '' && (start === 0 || file.text[start - 1] === '\n');
  return isLost && !isNothing ? lineEnd : '';
}

class OuterEdit {
  readonly #file: SourceFile;
  readonly #outer: OuterText;
  readonly #start: number;
  readonly #end: number;
  readonly #lines: readonly string[];

  /** @param text as it is written in the outer text, but for the indentation */
  constructor({ place: { file, start, end } }: Edit, outer: OuterText, text: string) {
    this.#file = file;
    this.#outer = outer;
    this.#start = start;
    this.#end = end;
    this.#lines = (text + lineEndLost({ file, start, end }, text)).split('\n');
  }

  made(): Edit | undefined {
    const { map, offset } = this.#outer;
    const at = (inner: number): number => map?.outerStart(inner) ?? offset + inner;
    const isWhole = this.#beginsLine(this.#end);
    const end = isWhole ? at(this.#end) : (map?.outerEnd(this.#end) ?? offset + this.#end);
    const lead = this.#leadOf(this.#start);
    if (lead === undefined) {
      // Nothing but the line that it stands in is known.
      if (this.#lines.length > 1 || this.#hasLineEnd(this.#start, this.#end)) return undefined;
      const start = at(this.#start);
      return this.#edit(start, Math.max(start, end), this.#lines[0]!);
    }
    const { start, text: first } = this.#beginning(at(this.#start), lead);
    const isLastBlank = this.#isBlankFrom(this.#end);
    const rest = this.#lines.slice(1).map((line, index) => {
      const isLast = index === this.#lines.length - 2;
      const isBlank = /^\r?$/.test(line) && !(isLast && !isLastBlank);
      return isBlank ? line : lead + line;
    });
    return this.#edit(start, Math.max(start, end), [first, ...rest].join('\n'));
  }

  /** What the first line begins with: indentation where the line had none, and none where nothing is left behind it. */
  #beginning(start: number, lead: string): { readonly start: number; readonly text: string } {
    const [first = ''] = this.#lines;
    if (!this.#beginsLine(this.#start)) return { start, text: first };
    const lineStart = start === 0 ? 0 : this.#outer.text.lastIndexOf('\n', start - 1) + 1;
    const isBlank = /^\r?$/.test(first) && (this.#lines.length > 1 || this.#isBlankFrom(this.#end));
    if (isBlank) return { start: lineStart, text: first };
    return { start, text: start === lineStart ? lead + first : first };
  }

  #edit(start: number, end: number, text: string): Edit {
    return { place: { file: outerFileOf(this.#outer), start, end }, text };
  }

  #beginsLine(inner: number): boolean {
    return inner === 0 || this.#file.text[inner - 1] === '\n';
  }

  #isBlankFrom(inner: number): boolean {
    const { text } = this.#file;
    return inner >= text.length || text[inner] === '\n' || text.startsWith('\r\n', inner);
  }

  #hasLineEnd(start: number, end: number): boolean {
    return this.#file.text.slice(start, end).includes('\n');
  }

  /** The indentation in the outer text of the nearest line that is not blank; undefined where something else stands in front of it. */
  #leadOf(inner: number): string | undefined {
    const { text } = this.#file;
    let start = inner === 0 ? 0 : text.lastIndexOf('\n', inner - 1) + 1;
    while (start > 0 && this.#isBlankFrom(start)) start = start === 1 ? 0 : text.lastIndexOf('\n', start - 2) + 1;
    if (this.#isBlankFrom(start)) {
      const next = /\S/.exec(text)?.index;
      if (next === undefined) return undefined;
      start = next === 0 ? 0 : text.lastIndexOf('\n', next - 1) + 1;
    }
    const at = this.#outer.map?.outerStart(start) ?? this.#outer.offset + start;
    const lineStart = at === 0 ? 0 : this.#outer.text.lastIndexOf('\n', at - 1) + 1;
    const lead = this.#outer.text.slice(lineStart, at);
    return /^[ \t]*$/.test(lead) ? lead : undefined;
  }
}
