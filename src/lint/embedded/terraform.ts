/** Terraform and its kin: here-documents. https://developer.hashicorp.com/terraform/language/expressions/strings (1.9) */
import { LinesByText } from '../../text/lines-by-text.ts';
import type { MappedText } from '../../text/mapped-text.ts';
import type { Span } from '../../text/span.ts';
import { commonIndentation, decoded, endOfBraces, type Escape } from './indented.ts';
import { within, type Piece } from './piece.ts';
import { readShell } from './shell/read.ts';

export function* readTerraform(base: MappedText): Generator<Piece> {
  const { text } = base;
  const lines = new LinesByText(text);
  let done = 0;
  for (let index = text.indexOf('<<'); index !== -1; index = text.indexOf('<<', Math.max(index + 2, done))) {
    const [opener, dash, word] = /^<<(-?)([A-Za-z_]\w*)[ \t]*\r?\n/.exec(text.slice(index, index + 120)) ?? [];
    if (opener === undefined) continue;
    const start = index + opener.length;
    const end = lines.next(word!, start, () => true);
    if (end === undefined) continue;
    done = end;
    const indent = dash ? commonIndentation(text, start, end) : 0;
    const { content, filledIn } = decoded(base, { start, end }, indent, [...escapes(text, { start, end })]);
    const piece = { content, filledIn, encode };
    const scripts = isScript(content.text) ? [...within(piece, readShell(content))] : [];
    if (scripts.length > 0) yield* scripts;
    else yield piece;
  }
}

function isScript(text: string): boolean {
  return text.startsWith('#!') || text.includes('<<');
}

function* escapes(text: string, { start, end }: Span): Generator<Escape> {
  for (let at = start; at < end; at++) {
    const sign = text[at];
    if ((sign !== '$' && sign !== '%') || !/^[$%]{1,2}\{/.test(text.slice(at, at + 3))) continue;
    if (text[at + 1] === sign) {
      if (text[at + 2] !== '{') continue;
      yield { start: at, end: at + 3, text: `${sign}{` };
      at += 2;
    } else if (text[at + 1] === '{') {
      const close = endOfBraces(text, at + 1, end);
      yield { start: at, end: close, text: undefined };
      at = close - 1;
    }
  }
}

function encode(text: string): string {
  return text.replace(/[$%](?=\{)/g, '$&$&');
}
