import { giveUp } from '../../../model/unknown.ts';
import { schemeOf, withoutScheme } from '../../../model/scheme.ts';

export interface Backend {
  readonly scheme: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly path: string;
}

/** `scheme://host:port/path`, the path without its first slash. Undefined: refused with 400. */
export function splitUrl(url: string): Backend | undefined {
  const scheme = schemeOf(url);
  if (scheme === undefined) return undefined;
  // Only a slash ends the host here.
  const [authority = '', ...segments] = withoutScheme(url).split('/');
  if (authority.includes('@')) giveUp('A user name in the URL of a backend is not traced.');
  const parts = /^(.*?)(?::(\d*))?$/s.exec(authority)!;
  const host = parts[1]!.toLowerCase();
  const port = parts[2] ? Number(parts[2]) : undefined;
  if (host === '' || (port !== undefined && (port < 1 || port > 65_535))) return undefined;
  return { scheme, host, port, path: segments.join('/') };
}

/** A port that a path without slash ran into makes a host that has no address. */
export function isAddress(host: string): boolean {
  return !host.includes(':') || /^\[[0-9a-f:.]+\]$/.test(host);
}
