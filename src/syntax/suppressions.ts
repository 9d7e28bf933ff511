/** Reads the comments that silence findings: `# proxylint-ignore RULE[,RULE]: reason` and its kin. */
import { outerFileOf, type Place, type SourceFile, type Span } from '../text/source.ts';
import { headerOf, type Block, type ConfigFile, type Directive } from './tree.ts';

export interface Suppression {
  /** The comment. */
  readonly place: Place;
  /** The rules that it names, each with its place in the comment. */
  readonly rules: readonly { readonly id: string; readonly place: Place }[];
  /** The text that it covers. */
  readonly covers: Place;
  /** Why it silences nothing. */
  readonly mistake?: Mistake;
}

export type Mistake =
  | { readonly kind: 'no-rule' | 'no-reason' | 'no-block' | 'not-in-document' | 'nothing-follows' }
  | { readonly kind: 'unknown-form'; readonly form: string };

const marker = 'proxylint-ignore';
const forms: ReadonlySet<string> = new Set(['', '-block', '-file']);
const syntax = /^(\s*)proxylint-ignore([\w-]*)([^]*)$/;
const ruleList = /^(\s*)([a-z][\w./@-]*(?:[ \t]*,[ \t]*[a-z][\w./@-]*)*)?[ \t]*([^]*)$/i;

/** The suppressions of a file, and of the document around it in front of its fence. */
export function suppressionsOf(file: ConfigFile): Suppression[] {
  const { comments, source } = file;
  let layout: Layout | undefined;
  const found: Suppression[] = [];
  for (const [index, { raw, start, sign, text }] of comments.entries()) {
    if (!text.includes(marker)) continue;
    const whole = { file: source, start, end: start + raw.trimEnd().length };
    const read = readComment(text.trimEnd(), whole, start + sign.length);
    if (read) found.push(withRange(read, (layout ??= new Layout(file)), index));
  }
  return [...found, ...beforeFence(file)];
}

interface ReadComment extends Omit<Suppression, 'covers'> {
  readonly form: string;
}

/** Undefined for another comment. `offset` is where `text`, the comment without its sign, begins. */
function readComment(text: string, place: Place, offset: number): ReadComment | undefined {
  const match = syntax.exec(text);
  if (!match) return undefined;
  const [, indent, form, rest] = match as unknown as [string, string, string, string];
  const [, space, list = '', tail] = ruleList.exec(rest) as unknown as [string, string, string | undefined, string];
  const listAt = offset + indent.length + marker.length + form.length + space.length;
  const rules = [...list.matchAll(/[^\s,]+/g)].map(({ 0: id, index }) => ({
    id,
    place: { file: place.file, start: listAt + index, end: listAt + index + id.length },
  }));
  const mistake = mistakeIn(form, rules.length, tail);
  return { place, rules, form, ...(mistake && { mistake }) };
}

function mistakeIn(form: string, rules: number, tail: string): Mistake | undefined {
  if (!forms.has(form)) return { kind: 'unknown-form', form: marker + form };
  if (rules === 0) return { kind: 'no-rule' };
  return /^:\s*\S/.test(tail) ? undefined : { kind: 'no-reason' };
}

function withRange({ form, ...read }: ReadComment, layout: Layout, index: number): Suppression {
  const { file } = read.place;
  const none = { file, start: 0, end: -1 };
  if (read.mistake) return { ...read, covers: none };
  if (form === '-file') return { ...read, covers: wholeOf(file) };
  const line = layout.coveredLine(read.place, index);
  if (!line) return { ...read, covers: none, mistake: { kind: 'nothing-follows' } };
  const covers = form === '-block' ? layout.blockOn(line) : layout.lineWithHeaders(line);
  return covers ? { ...read, covers: { file, ...covers } } : { ...read, covers: none, mistake: { kind: 'no-block' } };
}

function wholeOf(file: SourceFile): Place {
  return { file, start: 0, end: file.text.length };
}

/** Where directives and comments stand in a file, for many questions about its lines. */
class Layout {
  readonly #text: string;
  /** Of each directive, in the order of the text, which is that of their starts and of their ends. */
  readonly #headers: readonly Span[];
  /** The directives with a block, in the order of the text. */
  readonly #blocks: readonly (Span & { readonly open: number })[];
  /** Of each comment: where the first text after it begins that is no comment. */
  readonly #next: readonly number[];

  constructor({ source, root, comments }: ConfigFile) {
    const directives = [...directivesIn(root)];
    this.#text = source.code;
    this.#headers = directives.map(headerOf);
    this.#blocks = directives.flatMap(({ block, start, end }) =>
      block ? [{ start, end, open: block.open?.start ?? start }] : [],
    );
    const next: number[] = [];
    for (let index = comments.length - 1; index >= 0; index--) {
      const following = comments[index + 1]?.start;
      const { end } = comments[index]!;
      const between = source.code.slice(end, following);
      const isBlank = between.trim() === '';
      next[index] =
        isBlank && following !== undefined ? next[index + 1]! : end + between.length - between.trimStart().length;
    }
    this.#next = next;
  }

  /** The line of a comment behind other text; else the next line that is neither blank nor a comment. */
  coveredLine(comment: Place, index: number): Span | undefined {
    const text = this.#text;
    if (text.slice(text.lastIndexOf('\n', comment.start - 1) + 1, comment.start).trim() !== '') {
      return lineAt(text, comment.start);
    }
    const next = this.#next[index]!;
    return next < text.length ? lineAt(text, next) : undefined;
  }

  /** The line, and the whole of each directive's name and arguments that reach into it. */
  lineWithHeaders({ start, end }: Span): Span {
    const first = this.#headers[firstIndex(this.#headers, (header) => header.end >= start)];
    const last = this.#headers[firstIndex(this.#headers, (header) => header.start > end) - 1];
    return { start: Math.min(start, first?.start ?? start), end: Math.max(end, last?.end ?? end) };
  }

  /** The first directive with a block that begins, or whose block opens, on the line. */
  blockOn({ start, end }: Span): Span | undefined {
    const first = this.#blocks[firstIndex(this.#blocks, (block) => block.open >= start)];
    return first && (first.start <= end || first.open <= end) ? { start: first.start, end: first.end } : undefined;
  }
}

/** The index of the first item for which the test holds; it holds for all after it. */
function firstIndex<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function lineAt(text: string, offset: number): Span {
  const end = text.indexOf('\n', offset);
  // `lastIndexOf` takes a negative index for 0.
  return { start: offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1, end: end === -1 ? text.length : end };
}

/** The directives written in a block, depth first, without those of included files. */
function* directivesIn(root: Block): Generator<Directive> {
  const stack: Directive[] = [...root.directives].reverse();
  for (let directive = stack.pop(); directive; directive = stack.pop()) {
    yield directive;
    for (const inner of [...(directive.block?.directives ?? [])].reverse()) stack.push(inner);
  }
}

const fenceLine = /^[ \t>]*(?:`{3,}|~{3,})/;
const htmlComment = /^([ \t>]*<!--)(.*?)-->[ \t]*$/;

const marked = new WeakMap<SourceFile, boolean>();

/** Looks through a document once, not once a block. */
function hasMarker(document: SourceFile): boolean {
  let has = marked.get(document);
  if (has === undefined) marked.set(document, (has = document.text.includes(marker)));
  return has;
}

/** `<!-- proxylint-ignore RULE: reason -->` on the lines in front of the fence, blank lines between them allowed. */
function beforeFence({ source }: ConfigFile): Suppression[] {
  const { outer } = source;
  if (outer?.kind !== 'document') return [];
  const document = outerFileOf(outer);
  if (!hasMarker(document)) return [];
  const { text } = outer;
  const lineBefore = (offset: number): Span => lineAt(text, offset - 1);
  const fence = lineBefore(outer.offset);
  if (outer.offset === 0 || !fenceLine.test(text.slice(fence.start, fence.end))) return [];
  const found: Suppression[] = [];
  for (let { start } = fence; start > 0;) {
    const span = lineBefore(start);
    const line = text.slice(span.start, span.end);
    ({ start } = span);
    if (/^[\s>]*$/.test(line)) continue;
    const match = htmlComment.exec(line.trimEnd());
    if (!match) break;
    const place = { file: document, start: start + line.search(/<!--/), end: start + line.trimEnd().length };
    const read = readComment(match[2]!.trimEnd(), place, start + match[1]!.length);
    if (!read) continue;
    const { form, ...suppression } = read;
    const mistake: Mistake | undefined = read.mistake ?? (form === '' ? undefined : { kind: 'not-in-document' });
    found.push({ ...suppression, covers: wholeOf(source), ...(mistake && { mistake }) });
  }
  return found.reverse();
}
