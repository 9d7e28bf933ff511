/** What `echo` and `printf` write into files. Several that write into the same file are read together. */
import { MappedTextBuilder, type MappedText } from '../../../text/mapped-text.ts';
import type { Span } from '../../../text/span.ts';
import { carried, type Piece } from '../piece.ts';
import { expanded } from './expanded.ts';

/** @param bodies of here-documents, in the order of the text: nothing is run there */
export function* writtenByEcho(base: MappedText, bodies: readonly Span[]): Generator<Piece> {
  const { text } = base;
  const files = new Map<string, Written[]>();
  let body = 0;
  let done = 0;
  for (const { 0: command, index } of text.matchAll(/\b(?:echo|printf)[ \t]/g)) {
    while (body < bodies.length && bodies[body]!.end <= index) body++;
    const isInBody = body < bodies.length && bodies[body]!.start <= index;
    if (isInBody || index < done) continue;
    const written = readCommand(text, index + command.length);
    if (written === 'unclosed') break;
    if (!written || (command.startsWith('printf') && isFilledIn(text, written))) continue;
    done = written.end;
    const before = files.get(written.target);
    if (before && written.appends) before.push(written);
    else files.set(written.target, [written]);
  }
  for (const [name, all] of files) yield { ...joined(base, all), name };
}

/** Whether a format has further arguments put in. */
function isFilledIn(text: string, { words }: Written): boolean {
  return words.length > 1 || text.slice(words[0]!.start, words[0]!.end).includes('%');
}

interface Written {
  readonly target: string;
  readonly appends: boolean;
  /** The arguments, without quotes. */
  readonly words: readonly (Span & { readonly quote: string })[];
  readonly end: number;
}

/** Undefined for a command that writes no text of its own into a file; `unclosed`: behind it all is a guess. */
function readCommand(text: string, start: number): Written | 'unclosed' | undefined {
  const words: (Span & { quote: string })[] = [];
  for (let at = start; at < text.length;) {
    const sign = text[at]!;
    if (sign === ' ' || sign === '\t') at++;
    else if (sign === '\\' && /^\\\r?\n/.test(text.slice(at, at + 3))) at = text.indexOf('\n', at) + 1;
    else if (sign === "'" || sign === '"') {
      const close = closingQuote(text, at);
      if (close === undefined) return 'unclosed';
      words.push({ start: at + 1, end: close, quote: sign });
      at = close + 1;
    } else if (sign === '>') {
      const target = /^(>{1,2})\|?[ \t]{0,9}(["']?)([^\s"'<>|;&()]{1,300})\2/.exec(text.slice(at, at + 400));
      if (!target || words.length === 0) return undefined;
      return { target: target[3]!, appends: target[1] === '>>', words, end: at + target[0].length };
    } else if (sign === '|') {
      const tee = /^\|[ \t]{0,9}(?:sudo[ \t]{1,9})?tee[ \t]{1,9}(-a[ \t]{1,9})?(["']?)([^\s"'<>|;&()]{1,300})\2/.exec(
        text.slice(at, at + 400),
      );
      if (!tee || words.length === 0) return undefined;
      return { target: tee[3]!, appends: tee[1] !== undefined, words, end: at + tee[0].length };
    } else {
      const word = /^[^\s"'<>|;&()]+/.exec(text.slice(at, at + 1000))?.[0];
      if (word === undefined) return undefined;
      if (!/^-[neE]+$/.test(word)) words.push({ start: at, end: at + word.length, quote: '' });
      at += word.length;
    }
  }
  return undefined;
}

function closingQuote(text: string, open: number): number | undefined {
  const quote = text[open]!;
  for (let at = text.indexOf(quote, open + 1); at !== -1; at = text.indexOf(quote, at + 1)) {
    if (quote === "'") return at;
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return at;
  }
  return undefined;
}

function joined(base: MappedText, all: readonly Written[]): Piece {
  const builder = new MappedTextBuilder(base);
  const literal: Span[] = [];
  for (const { words } of all) {
    for (const [index, { start, end, quote }] of words.entries()) {
      if (index > 0) builder.put(' ', start - 1, start);
      const from = builder.length;
      builder.copy(start, end);
      if (quote === "'") literal.push({ start: from, end: builder.length });
    }
    const last = words.at(-1)!;
    builder.put('\n', last.end, last.end);
  }
  const { content: said, filledIn = [] } = expanded(builder.finish(), '$`\\"', literal);
  const content = withLineEnds(said);
  // What it says is not written as it stands: no fix where a shell fills something in.
  const filled = carried({ content: said, filledIn }, content);
  return filled.length > 0 ? { content, filledIn: filled } : { content };
}

/** `\n` and `\t` as `printf`, and the `echo` of POSIX shells, understand them. */
function withLineEnds(base: MappedText): MappedText {
  const builder = new MappedTextBuilder(base);
  let done = 0;
  for (const { 0: found, 1: sign, index } of base.text.matchAll(/(?<!\\)\\([nt])/g)) {
    builder.copy(done, index);
    done = index + found.length;
    builder.put(sign === 'n' ? '\n' : '\t', index, done);
  }
  builder.copy(done, base.text.length);
  return builder.finish();
}
