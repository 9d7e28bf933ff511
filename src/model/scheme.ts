/** Schemes of URLs: their ports, and whether they stand for TLS. */
import { wordTable } from '../text/word-table.ts';

interface Scheme {
  readonly port: number | undefined;
  readonly tls: boolean;
}

/** Ports by RFC 9110, `ngx_http_proxy_module` and `ngx_http_grpc_module` of nginx, and `mod_proxy` of httpd. */
const schemes: Readonly<Record<string, Scheme | undefined>> = wordTable({
  http: { port: 80, tls: false },
  https: { port: 443, tls: true },
  ws: { port: 80, tls: false },
  wss: { port: 443, tls: true },
  h2c: { port: 80, tls: false },
  h2: { port: 443, tls: true },
  grpc: { port: 80, tls: false },
  grpcs: { port: 443, tls: true },
  ftp: { port: 21, tls: false },
  ajp: { port: 8009, tls: false },
  fcgi: { port: 8000, tls: false },
  uwsgi: { port: undefined, tls: false },
  suwsgi: { port: undefined, tls: true },
});

/** The port of URLs that name none; undefined for schemes without one. */
export function defaultPort(scheme: string): number | undefined {
  return entryOf(scheme)?.port;
}

/** Whether a backend of this scheme is spoken to over TLS. */
export function isTlsScheme(scheme: string): boolean {
  return entryOf(scheme)?.tls ?? false;
}

function entryOf(scheme: string): Scheme | undefined {
  const name = scheme.toLowerCase();
  return Object.hasOwn(schemes, name) ? schemes[name] : undefined;
}

/** `host:port`, the port left out where it is that of the scheme. */
export function hostWithPort(scheme: string, host: string, port: number | undefined): string {
  return port === undefined || port === defaultPort(scheme) ? host : `${host}:${port}`;
}

const writtenScheme = /^([a-z][a-z0-9+.-]*):\/\//i;

/** The scheme in front of `://`, in lower case; undefined where there is none, or a variable stands in its place. */
export function schemeOf(text: string): string | undefined {
  return writtenScheme.exec(text)?.[1]!.toLowerCase();
}

/** Whether the text begins with `http://` or `https://`, in any case. */
export function isHttpUrl(text: string): boolean {
  const scheme = schemeOf(text);
  return scheme === 'http' || scheme === 'https';
}

/** What follows `scheme://`, or the whole text. */
export function withoutScheme(text: string): string {
  return text.slice(schemeLength(text));
}

/** A variable or placeholder may stand in its place. */
const anyScheme = /^(?:[a-z][a-z0-9+.-]*|\$(?:\w+|\{\w+\}|[\uE000-\uF7FF]+)):\/\//i;

function schemeLength(text: string): number {
  return anyScheme.exec(text)?.[0].length ?? 0;
}

/** A text that holds a URL of a scheme for TLS, or a variable that may give one. */
export const mayBeTls = /(?:s|h2):\/\/|[$%]/i;
