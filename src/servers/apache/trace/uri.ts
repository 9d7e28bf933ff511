/** httpd's handling of request URIs, on byte strings. Follows server/util.c and modules/proxy/proxy_util.c. */
import { resolveSegments } from '../../../model/segments.ts';

const unreserved = /[A-Za-z0-9\-._~]/;
const hexPair = /^[0-9A-Fa-f]{2}$/;

export interface NormalizeOptions {
  readonly mergeSlashes: boolean;
  /** Escaped unreserved characters are decoded on the way (not a second time). */
  readonly decode: boolean;
}

/** `ap_normalize_path`. Undefined: refused with 400. */
export function normalizePath(raw: string, { mergeSlashes, decode }: NormalizeOptions): string | undefined {
  if (raw === '*') return raw;
  if (!raw.startsWith('/')) return undefined;
  const path = decode ? decodeUnreserved(raw) : raw;
  if (path === undefined) return undefined;
  return resolveSegments(path, mergeSlashes);
}

function decodeUnreserved(path: string): string | undefined {
  let bad = false;
  const decoded = path.replace(/%(.{0,2})/gs, (whole, digits: string) => {
    if (!hexPair.test(digits)) bad = true;
    const character = String.fromCharCode(Number.parseInt(digits, 16) & 0xff);
    return unreserved.test(character) ? character : whole;
  });
  return bad ? undefined : decoded;
}

export type EncodedSlashes = 'forbid' | 'keep' | 'decode';

/** `ap_unescape_url_ex`: the decoded path, or the status it is refused with. Unreserved characters stay as they are. */
export function unescapePath(path: string, slashes: EncodedSlashes): string | 400 | 404 {
  let status: 400 | 404 | undefined;
  const decoded = path.replace(/%(.{0,2})/gs, (whole, digits: string) => {
    if (!hexPair.test(digits)) {
      status = 400;
      return whole;
    }
    const character = String.fromCharCode(Number.parseInt(digits, 16));
    if (character === '\0' || (character === '/' && slashes === 'forbid')) {
      status ??= 404;
      return whole;
    }
    return (character === '/' && slashes === 'keep') || unreserved.test(character) ? whole : character;
  });
  return status ?? decoded;
}

/** `ap_no2slash`. */
export function mergeSlashes(path: string): string {
  return path.replace(/\/{2,}/g, '/');
}

const plainInPath = /[A-Za-z0-9$\-_.+!*'(),:;@&=/~]/;

/** `ap_escape_uri` (`ap_os_escape_path`). */
export function escapeUri(path: string): string {
  return escape(path, plainInPath, false);
}

const plainForProxy = /[A-Za-z0-9~$\-_.+!*'(),;:@&=/]/;

/** `ap_proxy_canonenc_ex` for a path of a reverse proxy. Undefined: refused with 400. */
export function canonicalPath(path: string, keepEncodedSlashes: boolean): string | undefined {
  if (!keepEncodedSlashes) return escape(path, plainForProxy, true);
  let bad = false;
  const parts = path.split(/(%.{0,2})/s).map((part) => {
    if (!part.startsWith('%')) return escape(part, plainForProxy, true);
    if (!hexPair.test(part.slice(1))) bad = true;
    return part.toLowerCase() === '%2f' ? part : `%25${escape(part.slice(1), plainForProxy, true)}`;
  });
  return bad ? undefined : parts.join('');
}

function escape(text: string, keep: RegExp, upperCase: boolean): string {
  let out = '';
  for (const character of text) {
    if (keep.test(character)) out += character;
    else {
      const digits = character.charCodeAt(0).toString(16).padStart(2, '0');
      out += `%${upperCase ? digits.toUpperCase() : digits}`;
    }
  }
  return out;
}

/** `ap_scan_vchar_obstext`: true if the text holds a space or control character. */
export function hasControls(text: string): boolean {
  return /[\x00-\x20\x7f]/.test(text);
}

/**
 * Number of characters of the path that a prefix takes, 0 if none: whole segments, and any number of slashes stands for
 * any other (`alias_matches`, modules/mappers/mod_alias.c).
 */
export function prefixLength(path: string, prefix: string): number {
  let at = 0;
  for (let of = 0; of < prefix.length;) {
    if (prefix[of] === '/') {
      if (path[at] !== '/') return 0;
      while (prefix[of] === '/') of++;
      while (path[at] === '/') at++;
    } else if (path[at++] !== prefix[of++]) return 0;
  }
  if (!prefix.endsWith('/') && at < path.length && path[at] !== '/') return 0;
  return at;
}
