/** Values and types of libconfig literals. */
import type { IToken } from 'chevrotain';
import { boolean, float, integer } from './tokens.ts';
import { wordTable } from '../../text/word-table.ts';

const escapes: Readonly<Record<string, string>> = wordTable({
  n: '\n',
  r: '\r',
  t: '\t',
  f: '\f',
  a: '\x07',
  b: '\b',
  v: '\v',
});

/** The value of a string literal with its quotes; the closing one may be missing. An unknown escape keeps its backslash. */
export function stringValue(raw: string): string {
  const body = raw.length > 1 && raw.endsWith('"') ? raw.slice(1, -1) : raw.slice(1);
  if (!body.includes('\\')) return body;
  return body.replace(/\\(?:[xX]([0-9a-fA-F]{2})|([\s\S]))/g, (whole, hex?: string, character?: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    if (character === '\\' || character === '"') return character;
    return escapes[character!] ?? whole;
  });
}

/** Type of a scalar by libconfig, which keeps integers with the suffix `L` apart from others. */
export function scalarType({ tokenType, image }: IToken): 'string' | 'boolean' | 'float' | 'int' | 'int64' {
  if (tokenType === boolean) return 'boolean';
  if (tokenType === float) return 'float';
  if (tokenType !== integer) return 'string';
  return image.endsWith('L') ? 'int64' : 'int';
}
