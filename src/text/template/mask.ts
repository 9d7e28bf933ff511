/** Makes a config of a template, so that it can be read like any other. The length stays, and so does the meaning of every place. */
import type { Span } from '../span.ts';
import { placeholderFor } from './placeholder.ts';
import { tagsOf, type Tag } from './tags.ts';

export interface Template {
  /** The text with its tags replaced: by a placeholder where they put text in their place, else by white space. */
  readonly code: string;
  /** Where there may be more, or less, than the code shows: it has the first of several alternatives. */
  readonly gaps: readonly Tag[];
}

/** Undefined for a text that is no template. `filledIn`: what something else than a template engine puts text in place of. */
export function readTemplate(
  text: string,
  path: string,
  isDocument: boolean,
  filledIn?: readonly Span[],
): Template | undefined {
  const tags = tagsOf(text, path, isDocument, filledIn);
  if (tags.length === 0) return undefined;
  const gaps: Tag[] = [];
  const code = new Code();
  let at = 0;
  for (const span of withoutAlternatives(tags, text)) {
    code.add(text.slice(at, span.start));
    at = span.end;
    const source = text.slice(span.start, span.end);
    if (span.kind !== 'output') {
      code.add(source.replace(/[^\n]/g, ' '));
      if (span.kind !== 'silent') gaps.push(span);
    } else if (isAlone(text, span)) {
      gaps.push(span);
      code.add(code.beginsStatement ? `${placeholderFor(source).slice(0, -1)};` : placeholderFor(source));
    } else code.add(placeholderFor(source));
  }
  code.add(text.slice(at));
  return { code: code.text, gaps };
}

/** A construct that was begun. From `leftOut` on it is not read: an alternative, or all of a definition. */
interface Construct extends Span {
  readonly index: number;
  leftOut: { readonly start: number; readonly index: number } | undefined;
}

/** The tags, and in place of each part that is not read one span. */
function withoutAlternatives(tags: readonly Tag[], text: string): Tag[] {
  const kept: Tag[] = [];
  const open: Construct[] = [];
  for (const tag of tags) {
    const here = { start: tag.start, index: kept.length };
    if (tag.kind === 'open' || tag.kind === 'definition')
      open.push({ ...here, end: tag.end, leftOut: tag.kind === 'definition' ? here : undefined });
    const current = open.at(-1);
    // Between `case` and the first `when` there is nothing, and an alternative may be but a comment.
    const isFirst = current !== undefined && holdsNothing(text, current.end, tag.start);
    if (tag.kind === 'branch' && current && !isFirst) current.leftOut ??= here;
    if (tag.kind === 'close') open.pop();
    if (tag.kind !== 'close' || !current?.leftOut) {
      kept.push(tag);
      continue;
    }
    const isDefinition = current.leftOut.index === current.index;
    const isChoice = !isDefinition && isWordChoice(text, [current, ...kept.slice(current.index + 1), tag]);
    const { start, index } = isChoice ? current : current.leftOut;
    kept.splice(index, Infinity, { kind: isChoice ? 'output' : 'branch', start, end: tag.end });
  }
  return kept;
}

/** Whether there are but blank lines and comments, and not many. */
function holdsNothing(text: string, start: number, end: number): boolean {
  if (end - start > longestNothing) return false;
  for (let at = start; at < end;) {
    const next = text.indexOf('\n', at);
    const lineEnd = next === -1 || next > end ? end : next;
    if (!/^\s*(?:#|$)/.test(text.slice(at, lineEnd))) return false;
    at = lineEnd + 1;
  }
  return true;
}

const longestNothing = 1000;

/**
 * Whether a construct chooses between words, as in `gzip {{ if x }}on{{ else }}off{{ end }};`: it stands for a value that is not known.
 * @param tags all of the construct
 */
function isWordChoice(text: string, tags: readonly Span[]): boolean {
  return tags.slice(1).every(({ start }, index) => /^[^\s;{}#"'<]+$/.test(text.slice(tags[index]!.end, start)));
}

/** On lines of its own, or all that a block on one line holds, so that it may stand for any number of directives. */
function isAlone(text: string, { start, end }: Span): boolean {
  let before = start - 1;
  while (before >= 0 && isBlank(text[before]!)) before--;
  let behind = end;
  while (behind < text.length && isBlank(text[behind]!)) behind++;
  if (before >= 0 && text[before] === '{' && text[behind] === '}') return true;
  return (before < 0 || text[before] === '\n') && (behind === text.length || /[\n#]/.test(text[behind]!));
}

function isBlank(char: string): boolean {
  return char !== '\n' && /\s/.test(char);
}

/** The code so far. Each piece is looked at once: a template may have very many tags. */
class Code {
  readonly #pieces: string[] = [];
  #line = '';
  /** Of the lines that are whole, the last one that holds more than a comment. */
  #last = '';

  get text(): string {
    return this.#pieces.join('');
  }

  add(piece: string): void {
    this.#pieces.push(piece);
    if (!piece.includes('\n')) {
      this.#line += piece;
      return;
    }
    const lines = (this.#line + piece).split('\n');
    this.#line = lines.pop()!;
    this.#last = lines.findLast((line) => withoutComment(line) !== '') ?? this.#last;
  }

  /** Whether nginx would take what follows for a new directive. */
  get beginsStatement(): boolean {
    const line = withoutComment(this.#line) || withoutComment(this.#last);
    return line === '' || /[;{}]$/.test(line);
  }
}

function withoutComment(line: string): string {
  return line.replace(/(?:^|\s)#.*/, '').trimEnd();
}
