import { unknown, type ProxyProtocol, type Target, type Unknown, type Upstream } from '../../../model/model.ts';
import type { Word } from '../../../syntax/tree.ts';
import type { Environment } from './environment.ts';
import { readUrl, type UrlPart } from '../../../model/url.ts';
import { hostWithPort, schemeOf } from '../../../model/scheme.ts';
import { wordTable } from '../../../text/word-table.ts';

const protocols: Readonly<Record<string, ProxyProtocol>> = wordTable({
  http: 'http',
  https: 'http',
  h2: 'http',
  h2c: 'http',
  ws: 'websocket',
  wss: 'websocket',
  fcgi: 'fastcgi',
  scgi: 'scgi',
  uwsgi: 'uwsgi',
  ajp: 'ajp',
  ftp: 'ftp',
});

/**
 * Reads the URL of ProxyPass, of a [P] rule or of `SetHandler "proxy:..."` (without that prefix): `scheme://host:port/path`, or
 * `unix:/path.sock|scheme://host/path`, whose host is then `unix:/path.sock`.
 */
export function readTarget(word: Word, written: string | Unknown, upstreams: ReadonlyMap<string, Upstream>): Target {
  const nothing = { word, scheme: unknown, host: unknown, port: unknown, path: unknown, upstream: undefined } as const;
  if (written === unknown) return nothing;
  const url = readUrl(written);
  if (!url.scheme?.isFixed) return nothing;
  const scheme = url.scheme.text.toLowerCase();
  const path = pathOf(url.pathAndQuery);
  if (url.socket) return { word, scheme, host: `unix:${url.socket.text}`, port: undefined, path, upstream: undefined };
  if (!url.authority.isFixed) return { ...nothing, scheme, path };
  const host = url.host.text;
  const upstream = scheme === 'balancer' ? upstreams.get(host.toLowerCase()) : undefined;
  return { word, scheme, host, port: portOf(url.port), path, upstream };
}

function pathOf({ text, isFixed }: UrlPart): string | Unknown | undefined {
  if (text === '') return undefined;
  return isFixed ? text : unknown;
}

function portOf(port: UrlPart | undefined): number | Unknown | undefined {
  if (!port) return undefined;
  return /^\d{1,5}$/.test(port.text) ? Number(port.text) : unknown;
}

/** The protocol spoken to the backend; for a balancer that of its members, if they agree. */
export function protocolOf(target: Target, environment: Environment): ProxyProtocol {
  if (target.scheme === unknown) return 'unknown';
  if (target.scheme !== 'balancer') return protocols[target.scheme] ?? 'unknown';
  const members = new Set<ProxyProtocol>();
  for (const { address } of target.upstream?.servers ?? []) {
    const member = readTarget(address, environment.text(address), new Map());
    members.add(member.scheme === 'balancer' ? 'unknown' : protocolOf(member, environment));
  }
  return members.size === 1 ? [...members][0]! : 'unknown';
}

/** The name in `balancer://name/path`; undefined for another URL, or without a name. */
export function balancerName(url: string): string | undefined {
  return schemeOf(url) === 'balancer' ? readUrl(url).authority.text || undefined : undefined;
}

/** The Host header that httpd makes of the target: the port only where it is not the scheme's own. */
export function hostHeader(target: Target): string | Unknown {
  const { scheme, host, port } = target;
  if (scheme === unknown || scheme === 'balancer' || host === unknown || port === unknown || host.startsWith('unix:'))
    return unknown;
  return hostWithPort(scheme, host, port);
}
