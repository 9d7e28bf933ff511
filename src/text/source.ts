import type { OffsetMap } from './mapped-text.ts';
import type { Span } from './span.ts';
import { readTemplate, type Template } from './template/mask.ts';

export type { Span } from './span.ts';

/** Line and column, both counted from 1; columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * A text that holds a config at some offset: a Markdown document around a fenced block, a file in another language around the text
 * of a config, or an `nginx -T` dump around one of its files.
 */
export interface OuterText {
  readonly path: string;
  readonly text: string;
  /** Offset of the inner text in `text`. */
  readonly offset: number;
  /**
   * `document`: the outer file is what the user edits, so findings are placed there; it shows excerpts.
   * `embedded`: as before, but what it holds is what a server reads.
   * `dump`: the inner file is what the user edits; the place in the dump is additional.
   */
  readonly kind: 'document' | 'embedded' | 'dump';
  /** The outer text as a file of its own: the same for all that it holds. */
  readonly file?: SourceFile;
  /** Where the characters of an embedded text stand; left out: one after the other from `offset` on. */
  readonly map?: OffsetMap;
  /** What stands in an embedded text for what is put in its place before the server reads it. */
  readonly filledIn?: readonly Span[];
  /** A text as it is written in the outer one, `undefined` where it cannot be; left out: the embedded text cannot be edited. */
  readonly encode?: (text: string) => string | undefined;
}

/** Maps offsets to lines. A line ends at LF only, as the servers count. */
export class LineIndex {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  positionAt(offset: number): Position {
    const starts = this.#starts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  }

  /** Offset of the first character of a line (counted from 1), clamped to the lines there are. */
  startOfLine(line: number): number {
    return this.#starts[Math.min(Math.max(line, 1), this.#starts.length) - 1]!;
  }

  get lineCount(): number {
    return this.#starts.length;
  }
}

const outerFiles = new WeakMap<OuterText, SourceFile>();

/** Whether the outer text is what the user edits, so that all that concerns the inner one is placed there. */
export function isEditedOutside(outer: OuterText | undefined): outer is OuterText {
  return outer !== undefined && outer.kind !== 'dump';
}

/** A span of the inner text in the outer one. */
export function outerSpanOf({ map, offset }: OuterText, span: Span): Span {
  return map ? map.outerSpan(span) : { start: offset + span.start, end: offset + span.end };
}

/** The offset in the inner text of what stands at an offset of the outer one; undefined for what is not in it. */
export function innerOffsetOf({ outer, text }: SourceFile, offset: number): number | undefined {
  if (outer?.map) return outer.map.innerOffset(offset);
  const inner = offset - (outer?.offset ?? 0);
  return inner < 0 || inner > text.length ? undefined : inner;
}

/** A place in the text around, of whatever kind that is; the place itself where there is none. */
export function placeInOuter(place: Place): Place {
  const { outer } = place.file;
  return outer ? { file: outerFileOf(outer), ...outerSpanOf(outer, place) } : place;
}

/** The outer text as a file of its own. */
export function outerFileOf(outer: OuterText): SourceFile {
  let file = outer.file ?? outerFiles.get(outer);
  if (!file) outerFiles.set(outer, (file = new SourceFile(outer.path, outer.text)));
  return file;
}

/** One text to lint, with the name it is reported under. */
export class SourceFile {
  readonly path: string;
  readonly text: string;
  readonly outer: OuterText | undefined;
  #lines: LineIndex | undefined;
  #template: Template | undefined | null = null;

  constructor(path: string, text: string, outer?: OuterText) {
    this.path = path;
    this.text = text;
    this.outer = outer;
  }

  /** What parsers read: the text, or the config that was made of it where it is a template. As long as the text. */
  get code(): string {
    return this.template?.code ?? this.text;
  }

  /** Undefined where the text is a config as it stands. */
  get template(): Template | undefined {
    if (this.#template === null) {
      const { kind, filledIn } = this.outer ?? {};
      this.#template = readTemplate(this.text, this.path, kind === 'document', filledIn);
    }
    return this.#template;
  }

  get lines(): LineIndex {
    return (this.#lines ??= new LineIndex(this.text));
  }

  positionAt(offset: number): Position {
    return this.lines.positionAt(offset);
  }

  /** The same place in the surrounding document or dump. */
  outerPositionAt(offset: number): Position | undefined {
    const { outer } = this;
    return outer && outerFileOf(outer).positionAt(outer.map?.outerStart(offset) ?? outer.offset + offset);
  }

  /** The same span in the surrounding text; the span itself where there is none. */
  outerSpanOf(span: Span): Span {
    return this.outer ? outerSpanOf(this.outer, span) : span;
  }
}

/** A span together with the file it lies in: what a finding points at. */
export interface Place extends Span {
  readonly file: SourceFile;
}
