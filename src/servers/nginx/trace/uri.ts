/**
 * nginx's handling of request URIs, on byte strings. Follows `ngx_http_parse_uri`, `ngx_http_parse_complex_uri`
 * (src/http/ngx_http_parse.c) and `ngx_escape_uri`, `ngx_unescape_uri` (src/core/ngx_string.c).
 */

import { resolveSegments } from '../../../model/segments.ts';

export interface ParsedUri {
  /** Decoded and normalised path. */
  readonly path: string;
  readonly args: string;
  /** The path held a `%`, so that it is escaped again on the way to a backend. */
  readonly quoted: boolean;
  readonly plus: boolean;
}

/** Undefined: nginx answers 400. */
export function parseRequestTarget(target: string, mergeSlashes: boolean): ParsedUri | undefined {
  if (target[0] !== '/') return undefined;
  for (let index = 0; index < target.length; index++) {
    const code = target.charCodeAt(index);
    if (code <= 0x20 || code === 0x7f) return undefined;
  }
  const hash = target.indexOf('#');
  const whole = hash === -1 ? target : target.slice(0, hash);
  const question = whole.indexOf('?');
  const raw = question === -1 ? whole : whole.slice(0, question);
  const args = question === -1 ? '' : whole.slice(question + 1);
  // Only a path with one of these is normalised at all.
  if (!/%|\/\/|\/\./.test(raw)) return { path: raw, args, quoted: false, plus: raw.includes('+') };
  const decoded = decodePath(raw);
  if (decoded === undefined) return undefined;
  // A decoded `%2f` separates segments like a written slash; `%2e` is a dot.
  const path = resolveSegments(decoded, mergeSlashes);
  if (path === undefined) return undefined;
  return { path, args, quoted: raw.includes('%'), plus: decoded.includes('+') };
}

function decodePath(raw: string): string | undefined {
  let bad = false;
  const decoded = raw.replace(/%(.{0,2})/gs, (_, digits: string) => {
    if (!/^[0-9A-Fa-f]{2}$/.test(digits) || digits === '00') bad = true;
    return String.fromCharCode(Number.parseInt(digits, 16) & 0xff);
  });
  return bad ? undefined : decoded;
}

const unescapedInUri = /[^\x00-\x20"#%<>?\\^`{|}\x7f-\xff]/;
const unescapedInArgs = /[^\x00-\x20"#%&+;<>?\\^`{|}\x7f-\xff]/;

export const escapeUri = (text: string): string => escape(text, unescapedInUri);
export const escapeArgs = (text: string): string => escape(text, unescapedInArgs);

function escape(text: string, keep: RegExp): string {
  let out = '';
  for (const character of text) {
    out += keep.test(character) ? character : `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

/** What a `rewrite ... redirect` does to the URL it made: only printable characters above `%` are decoded. */
export function unescapeRedirect(text: string): string {
  const question = text.indexOf('?');
  const path = question === -1 ? text : text.slice(0, question);
  const rest = question === -1 ? '' : text.slice(question);
  const decoded = path.replace(/%([0-9A-Fa-f]{2})/g, (whole, digits: string) => {
    const code = Number.parseInt(digits, 16);
    return code > 0x25 && code < 0x7f ? String.fromCharCode(code) : whole;
  });
  return decoded + rest;
}

export function splitArgs(uri: string): { readonly path: string; readonly args: string } {
  const question = uri.indexOf('?');
  return question === -1 ? { path: uri, args: '' } : { path: uri.slice(0, question), args: uri.slice(question + 1) };
}
