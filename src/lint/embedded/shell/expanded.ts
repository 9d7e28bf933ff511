/** What a shell makes of a text in which it looks for variables: of here-documents without quotes, and of double quotes. */
import { MappedTextBuilder, type MappedText } from '../../../text/mapped-text.ts';
import type { Span } from '../../../text/span.ts';
import type { Piece } from '../piece.ts';

/**
 * @param escapable what a backslash takes the meaning from
 * @param literal what stands as it is written, in the order of the text
 */
export function expanded(base: MappedText, escapable = '$`\\', literal: readonly Span[] = []): Piece {
  const builder = new MappedTextBuilder(base);
  const { text } = base;
  const filledIn: Span[] = [];
  let done = 0;
  let passed = 0;
  for (let at = nextSign(text, 0); at !== -1; at = nextSign(text, Math.max(at + 1, done))) {
    while (passed < literal.length && literal[passed]!.end <= at) passed++;
    if (passed < literal.length && literal[passed]!.start <= at) continue;
    if (text[at] === '\\') {
      const next = text[at + 1] ?? '';
      const isContinued = next === '\n' || text.startsWith('\r\n', at + 1);
      if (!isContinued && (next === '' || !escapable.includes(next))) continue;
      builder.copy(done, at);
      done = at + (text.startsWith('\r\n', at + 1) ? 3 : 2);
      if (!isContinued) builder.put(next, at, done);
      continue;
    }
    const end = endOfExpansion(text, at);
    if (end === undefined) continue;
    builder.copy(done, at);
    filledIn.push({ start: builder.length, end: builder.length + end - at });
    builder.copy(at, end);
    done = end;
  }
  builder.copy(done, text.length);
  return { content: builder.finish(), filledIn, encode: (written) => written.replace(/[\\$`]/g, '\\$&') };
}

function nextSign(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const sign = text[at];
    if (sign === '\\' || sign === '$' || sign === '`') return at;
  }
  return -1;
}

/** An expansion is written in a line, and is short. */
const longest = 400;

/** Of `$name`, `${...}`, `$(...)` and commands between backticks. */
function endOfExpansion(text: string, start: number): number | undefined {
  if (text[start] === '`') return nextOf(text, '`', start + 1);
  const sign = text[start + 1] ?? '';
  if (sign === '{') return nextOf(text, '}', start + 2);
  if (sign === '(') {
    let depth = 0;
    for (let at = start + 1; at < Math.min(text.length, start + longest); at++) {
      if (text[at] === '(') depth++;
      else if (text[at] === ')' && --depth === 0) return at + 1;
    }
    return undefined;
  }
  if (/[\d@#*?$!-]/.test(sign)) return start + 2;
  if (!/[A-Za-z_]/.test(sign)) return undefined;
  let end = start + 2;
  while (end < text.length && /\w/.test(text[end]!)) end++;
  return end;
}

function nextOf(text: string, sign: string, from: number): number | undefined {
  const at = text.slice(from, from + longest).indexOf(sign);
  return at === -1 ? undefined : from + at + 1;
}
