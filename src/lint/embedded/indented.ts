/** Strings of several lines whose common indentation is no part of them, as in Nix and Terraform. */
import { MappedTextBuilder, type MappedText } from '../../text/mapped-text.ts';
import type { Span } from '../../text/span.ts';

/** The indentation that all lines have that are not blank, in characters. */
export function commonIndentation(text: string, start: number, end: number): number {
  let least = Infinity;
  for (let at = start; at < end;) {
    const lineEnd = text.indexOf('\n', at);
    const next = lineEnd === -1 || lineEnd >= end ? end : lineEnd;
    let first = at;
    while (first < next && (text[first] === ' ' || text[first] === '\t')) first++;
    if (first < next && text[first] !== '\r') least = Math.min(least, first - at);
    at = next + 1;
  }
  return least === Infinity ? 0 : least;
}

/** A stretch of a text that stands for another one. */
export interface Escape extends Span {
  /** Undefined: something is put in its place that is not known. */
  readonly text: string | undefined;
}

export interface Decoded {
  readonly content: MappedText;
  readonly filledIn: readonly Span[];
}

/** Lines without `indent` characters of white space, and with what the escapes, in the order of the text, stand for. */
export function decoded(base: MappedText, { start, end }: Span, indent: number, escapes: readonly Escape[]): Decoded {
  const builder = new MappedTextBuilder(base);
  const { text } = base;
  const filledIn: Span[] = [];
  let at = start;
  let beginsLine = true;
  const copy = (to: number): void => {
    while (at < to) {
      if (beginsLine) {
        const from = at;
        while (at < to && at - from < indent && (text[at] === ' ' || text[at] === '\t')) at++;
      }
      const lineEnd = text.indexOf('\n', at);
      const next = lineEnd === -1 || lineEnd >= to ? to : lineEnd + 1;
      builder.copy(at, next);
      beginsLine = next > at ? text[next - 1] === '\n' : beginsLine;
      at = next;
    }
  };
  for (const escape of escapes) {
    if (escape.start < at) continue;
    copy(escape.start);
    if (escape.text === undefined) {
      filledIn.push({ start: builder.length, end: builder.length + escape.end - escape.start });
      builder.copy(escape.start, escape.end);
    } else builder.put(escape.text, escape.start, escape.end);
    at = escape.end;
    beginsLine = false;
  }
  copy(end);
  return { content: builder.finish(), filledIn };
}

/** Where an expression ends whose opening brace stands at an offset; strings in it may hold braces. */
export function endOfBraces(text: string, open: number, end: number): number {
  let depth = 0;
  let isInString = false;
  for (let at = open; at < end; at++) {
    const sign = text[at];
    if (sign === '\\') at++;
    else if (sign === '"') isInString = !isInString;
    else if (!isInString && sign === '{') depth++;
    else if (!isInString && sign === '}' && --depth === 0) return at + 1;
    if (at - open > 2000) return open + 1;
  }
  return open + 1;
}
