/** Where the characters of the scalars of YAML stand. */
import { MappedTextBuilder, type MappedText } from '../../../text/mapped-text.ts';

/** Lines without the indentation that all of them have; a shorter blank one without what it has. Blank lines at the end are left out. */
export function dedented(base: MappedText, start: number, end: number, indent: number): MappedText {
  const builder = new MappedTextBuilder(base);
  const { text } = base;
  const last = lastLineEnd(text, start, end);
  for (let at = start; at < last;) {
    const lineEnd = text.indexOf('\n', at);
    const next = lineEnd === -1 || lineEnd >= last ? last : lineEnd + 1;
    let from = at;
    while (from < next && from - at < indent && (text[from] === ' ' || text[from] === '\t')) from++;
    builder.copy(from, next);
    at = next;
  }
  return builder.finish();
}

/** Where the last line ends that is not blank, with its line end. */
function lastLineEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && /\s/.test(text[last - 1]!)) last--;
  const lineEnd = text.indexOf('\n', last);
  return lineEnd === -1 || lineEnd >= end ? Math.max(last, lineEnd === -1 ? end : last) : lineEnd + 1;
}

/** The lines below the header of a literal block, by the value that they have. */
export function literalContent(base: MappedText, start: number, end: number, value: string): MappedText {
  const { text } = base;
  const header = text.indexOf('\n', start);
  if (header === -1 || header >= end) return base.slice(end, end);
  const first = /[^\s]/.exec(value)?.index ?? 0;
  const inValue = first - (value.lastIndexOf('\n', first) + 1);
  let at = header + 1;
  while (at < end && /\s/.test(text[at]!)) at++;
  const inText = at - (text.lastIndexOf('\n', at - 1) + 1);
  return dedented(base, header + 1, end, Math.max(0, inText - inValue));
}

export type Style = 'plain' | 'single' | 'double' | 'folded';

/**
 * The value of a scalar that is written otherwise than it reads, aligned with its text. What cannot be aligned has the place of the whole.
 * @param start behind the opening quote, or the header of a folded block
 */
export function alignedContent(base: MappedText, start: number, end: number, value: string, style: Style): MappedText {
  const builder = new MappedTextBuilder(base);
  const { text } = base;
  let at = start;
  let done = 0;
  while (done < value.length && at < end) {
    const escape = style === 'double' && text[at] === '\\' ? escapeAt(text, at) : undefined;
    if (escape === 'fold') {
      at++;
      while (at < end && /\s/.test(text[at]!)) at++;
    } else if (escape !== undefined) {
      const length = value.codePointAt(done)! > 0xff_ff ? 2 : 1;
      builder.put(value.slice(done, done + length), at, at + escape);
      done += length;
      at += escape;
    } else if (style === 'single' && text.startsWith("''", at)) {
      builder.put("'", at, at + 2);
      done++;
      at += 2;
    } else if (/\s/.test(text[at]!)) {
      const run = blankRun(text, at, end);
      const isFold = text.slice(at, run).includes('\n');
      const read = isFold ? blankRun(value, done, value.length) - done : Math.min(run - at, value.length - done);
      if (isFold) builder.put(value.slice(done, done + read), at, run);
      else builder.copy(at, at + read);
      done += read;
      at = run;
    } else {
      const from = at;
      at = sameRun(text, value, at, done, end);
      if (at === from) break;
      done += at - from;
      builder.copy(from, at);
    }
  }
  const made = builder.finish();
  if (made.text === value) return made;
  const whole = new MappedTextBuilder(base);
  whole.put(value, start, end);
  return whole.finish();
}

/** Where the letters end that both texts have, one at least if they have it. */
function sameRun(text: string, value: string, start: number, done: number, end: number): number {
  let at = start;
  let read = done;
  while (at < end && read < value.length && text[at] === value[read] && (at === start || !/[\s\\']/.test(text[at]!))) {
    at++;
    read++;
  }
  return at;
}

function blankRun(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && /\s/.test(text[at]!)) at++;
  return at;
}

/** How long an escape is; `fold`: the line goes on in the next one. */
function escapeAt(text: string, at: number): number | 'fold' {
  const sign = text[at + 1];
  if (sign === '\n' || sign === '\r') return 'fold';
  return sign === 'x' ? 4 : sign === 'u' ? (isSurrogatePair(text, at) ? 12 : 6) : sign === 'U' ? 10 : 2;
}

function isSurrogatePair(text: string, at: number): boolean {
  return /^\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F]/.test(text.slice(at, at + 12));
}
