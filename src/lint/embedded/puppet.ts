/** Puppet: the `content` of files. https://www.puppet.com/docs/puppet/8/lang_data_string.html */
import type { MappedText } from '../../text/mapped-text.ts';
import type { Span } from '../../text/span.ts';
import { decoded, endOfBraces, type Escape } from './indented.ts';
import { asItIs, isBalanced, type Piece } from './piece.ts';

export function* readPuppet(base: MappedText): Generator<Piece> {
  const { text } = base;
  for (const { 0: start, index } of text.matchAll(/\b(?:content|source|line)[ \t]{0,40}=>[ \t\r\n]{0,200}(?=["'@])/g)) {
    const at = index + start.length;
    const piece = text[at] === '@' ? hereDocument(base, at) : quoted(base, at);
    // Fragments come together in one file.
    if (piece && isBalanced(piece.content.text)) yield { ...piece, name: titleBefore(text, index) };
  }
}

/** The title of the resource: `file { '/etc/nginx/conf.d/a.conf':`. */
function titleBefore(text: string, offset: number): string | undefined {
  const before = text.slice(Math.max(0, offset - 3000), offset);
  const open = before.lastIndexOf('{');
  const title = before.slice(open + 1, before.indexOf(':', open)).trim();
  return open !== -1 && title.length > 2 && /^["']/.test(title) && title.endsWith(title[0]!)
    ? title.slice(1, -1)
    : undefined;
}

function quoted(base: MappedText, open: number): Piece | undefined {
  const { text } = base;
  const quote = text[open]!;
  const escapes: Escape[] = [];
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === quote) return decoded(base, { start: open + 1, end: at }, 0, escapes);
    if (text[at] === '\\') {
      const next = text[at + 1] ?? '';
      const written = quote === '"' ? escapesOfDouble(next) : /['\\]/.test(next) ? next : undefined;
      if (written !== undefined) escapes.push({ start: at, end: at + 2, text: written });
      at++;
    } else if (quote === '"' && text[at] === '$') {
      const end = endOfVariable(text, at);
      if (end === undefined) continue;
      escapes.push({ start: at, end, text: undefined });
      at = end - 1;
    }
  }
  return undefined;
}

function escapesOfDouble(sign: string): string | undefined {
  const at = 'nrts$"\'\\'.indexOf(sign);
  return sign === '' || at === -1 ? undefined : '\n\r\t $"\'\\'[at];
}

function endOfVariable(text: string, at: number): number | undefined {
  if (text[at + 1] === '{') return endOfBraces(text, at + 1, text.length);
  const name = /^\$(?:::)?[a-z_]\w*(?:::\w+)*/.exec(text.slice(at, at + 200));
  return name ? at + name[0].length : undefined;
}

/** What a backslash and the signs behind it stand for in a here-document with these flags; undefined: for themselves. */
function escapesOfFlags(behind: string, flags: string): { readonly text: string; readonly length: number } | undefined {
  const sign = behind[0] ?? '';
  if (flags.includes('L') && /^\r?\n/.test(behind)) return { text: '', length: behind[0] === '\r' ? 3 : 2 };
  if (sign === '\\') return { text: sign, length: 2 };
  const at = 'nrts$'.indexOf(sign);
  return sign !== '' && at !== -1 && flags.includes(sign) ? { text: '\n\r\t $'[at]!, length: 2 } : undefined;
}

/** All that a here-document may ask for, where it names none: `@("EOT"/)`. */
const allFlags = 'nrts$uL';

/** `@("EOT"/L)`; a bar in front of the end says how far the lines are indented. */
function hereDocument(base: MappedText, at: number): Piece | undefined {
  const { text } = base;
  const opener = /^@\([ \t]{0,9}("?)([\w.-]{1,80})\1(?::\w{1,40})?[ \t]{0,9}(?:\/([\w$]{0,9}))?[ \t]{0,9}\)/.exec(
    text.slice(at, at + 300),
  );
  const lineEnd = text.indexOf('\n', at);
  if (!opener || lineEnd === -1) return undefined;
  const [, quote, word, flags] = opener;
  for (let start = lineEnd + 1; start < text.length;) {
    const next = text.indexOf('\n', start);
    const end = next === -1 ? text.length : next;
    const line = text.slice(start, end);
    if (isEnd(line.trim(), word!)) {
      const indent = line.includes('|') ? line.indexOf('|') : 0;
      const span = { start: lineEnd + 1, end: start };
      const escapes = [...escapesIn(text, span, quote === '"', flags === '' ? allFlags : (flags ?? ''))];
      const isPlain = quote === '' && flags === undefined;
      return { ...decoded(base, span, indent, escapes), ...(isPlain && { encode: asItIs }) };
    }
    start = end + 1;
  }
  return undefined;
}

/** The word, behind a bar where lines are indented and a dash where the last line has no end. */
function isEnd(line: string, word: string): boolean {
  const bare = line.startsWith('|') ? line.slice(1).trimStart() : line;
  return bare === word || (bare.startsWith('-') && bare.slice(1).trimStart() === word);
}

function* escapesIn(text: string, { start, end }: Span, isInterpolated: boolean, flags: string): Generator<Escape> {
  for (let at = start; at < end; at++) {
    if (text[at] === '\\' && flags !== '') {
      const written = escapesOfFlags(text.slice(at + 1, at + 3), flags);
      if (written) yield { start: at, end: at + written.length, text: written.text };
      at += written ? written.length - 1 : 1;
    } else if (isInterpolated && text[at] === '$') {
      const close = endOfVariable(text, at);
      if (close === undefined) continue;
      yield { start: at, end: close, text: undefined };
      at = close - 1;
    }
  }
}
