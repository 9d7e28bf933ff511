/** Reads the comments that silence findings: `# proxylint-ignore RULE[,RULE]: reason` and its kin. */
import { SourceFile, type Place, type Span } from './source.ts';
import { headerOf, type Block, type ConfigFile, type Directive } from './syntax.ts';

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
  const found: Suppression[] = [];
  for (const { raw, start } of file.comments) {
    if (!raw.includes(marker)) continue;
    const sign = /^(?:#+|\/\/+|\/\*+)/.exec(raw)![0].length;
    const text = raw.slice(sign).replace(raw.startsWith('/*') ? /\s*\*+\/$/ : /\s+$/, '');
    const whole = { file: file.source, start, end: start + raw.trimEnd().length };
    const read = readComment(text, whole, start + sign);
    if (read) found.push(withRange(read, file));
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

function withRange({ form, ...read }: ReadComment, file: ConfigFile): Suppression {
  const { source } = file;
  const none = { file: source, start: 0, end: -1 };
  if (read.mistake) return { ...read, covers: none };
  if (form === '-file') return { ...read, covers: wholeOf(source) };
  const line = coveredLine(read.place, file);
  if (!line) return { ...read, covers: none, mistake: { kind: 'nothing-follows' } };
  const covers = form === '-block' ? blockOn(line, file) : lineWithHeaders(line, file);
  return covers
    ? { ...read, covers: { file: source, ...covers } }
    : { ...read, covers: none, mistake: { kind: 'no-block' } };
}

function wholeOf(file: SourceFile): Place {
  return { file, start: 0, end: file.text.length };
}

/** The line of a comment behind other text; else the next line that is neither blank nor a comment. */
function coveredLine(comment: Place, file: ConfigFile): Span | undefined {
  const { text } = file.source;
  if (text.slice(text.lastIndexOf('\n', comment.start - 1) + 1, comment.start).trim() !== '') {
    return lineAt(text, comment.start);
  }
  let at = comment.end;
  for (const next of [...file.comments, undefined]) {
    if (next && next.start < at) continue;
    at += /^\s*/.exec(text.slice(at, next?.start))![0].length;
    if (next?.start !== at) break;
    at = next.end;
  }
  return at < text.length ? lineAt(text, at) : undefined;
}

function lineAt(text: string, offset: number): Span {
  const end = text.indexOf('\n', offset);
  return { start: text.lastIndexOf('\n', offset - 1) + 1, end: end === -1 ? text.length : end };
}

/** The line, and the whole of each directive's name and arguments that reach into it. */
function lineWithHeaders(line: Span, file: ConfigFile): Span {
  let { start, end } = line;
  for (const directive of directivesIn(file.root)) {
    const header = headerOf(directive);
    if (header.start > line.end || header.end < line.start) continue;
    start = Math.min(start, header.start);
    end = Math.max(end, header.end);
  }
  return { start, end };
}

/** The first directive with a block that begins, or whose block opens, on the line. */
function blockOn(line: Span, file: ConfigFile): Span | undefined {
  for (const directive of directivesIn(file.root)) {
    const { block, start, end } = directive;
    if (!block) continue;
    const isOn = (offset: number): boolean => offset >= line.start && offset <= line.end;
    if (isOn(start) || (block.open && isOn(block.open.start))) return { start, end };
  }
  return undefined;
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

/** `<!-- proxylint-ignore RULE: reason -->` on the lines in front of the fence, blank lines between them allowed. */
function beforeFence({ source }: ConfigFile): Suppression[] {
  const { outer } = source;
  if (outer?.kind !== 'document' || !outer.text.includes(marker)) return [];
  const lines = outer.text.slice(0, outer.offset).split('\n').slice(0, -1);
  if (!fenceLine.test(lines.at(-1) ?? '')) return [];
  const document = new SourceFile(outer.path, outer.text);
  const found: Suppression[] = [];
  let offset = outer.offset - lines.pop()!.length - 1;
  for (let line = lines.pop(); line !== undefined; line = lines.pop()) {
    offset -= line.length + 1;
    if (/^[\s>]*$/.test(line)) continue;
    const match = htmlComment.exec(line.trimEnd());
    if (!match) break;
    const place = { file: document, start: offset + line.search(/<!--/), end: offset + line.trimEnd().length };
    const read = readComment(match[2]!.trimEnd(), place, offset + match[1]!.length);
    if (!read) continue;
    const { form, ...suppression } = read;
    const mistake: Mistake | undefined = read.mistake ?? (form === '' ? undefined : { kind: 'not-in-document' });
    found.unshift({ ...suppression, covers: wholeOf(source), ...(mistake && { mistake }) });
  }
  return found;
}
