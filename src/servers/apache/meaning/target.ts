import { unknown, type ProxyProtocol, type Target, type Unknown, type Upstream } from '../../../model/model.ts';
import type { Word } from '../../../syntax/tree.ts';
import type { Environment } from './environment.ts';

const protocols: Readonly<Record<string, ProxyProtocol>> = {
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
};

const defaultPorts: Readonly<Record<string, number>> = {
  http: 80,
  h2c: 80,
  ws: 80,
  https: 443,
  h2: 443,
  wss: 443,
  ajp: 8009,
  fcgi: 8000,
};

/** What httpd replaces at run time: `$1`, `%1`, `%{NAME}`, `${map:key}`. */
const variable = /[$%][\d{]/;

/**
 * Reads the URL of ProxyPass, of a [P] rule or of `SetHandler "proxy:..."` (without that prefix): `scheme://host:port/path`, or
 * `unix:/path.sock|scheme://host/path`, whose host is then `unix:/path.sock`.
 */
export function readTarget(word: Word, written: string | Unknown, upstreams: ReadonlyMap<string, Upstream>): Target {
  const nothing = { word, scheme: unknown, host: unknown, port: unknown, path: unknown, upstream: undefined } as const;
  if (written === unknown) return nothing;
  const socket = /^unix:([^|]*)\|/i.exec(written);
  const match = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/]*)(.*))?$/is.exec(socket ? written.slice(socket[0].length) : written);
  if (!match) return nothing;
  const scheme = match[1]!.toLowerCase();
  const path = pathOf(match[3]);
  if (socket) return { word, scheme, host: `unix:${socket[1]!}`, port: undefined, path, upstream: undefined };
  const authority = match[2] ?? '';
  if (variable.test(authority)) return { ...nothing, scheme, path };
  const [, host, port] = /^(?:[^@]*@)?(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(authority) ?? [];
  if (host === undefined) return { ...nothing, scheme, path };
  const upstream = scheme === 'balancer' ? upstreams.get(host.toLowerCase()) : undefined;
  return { word, scheme, host, port: portOf(port), path, upstream };
}

function pathOf(text: string | undefined): string | Unknown | undefined {
  if (text === undefined || text === '') return undefined;
  return variable.test(text) ? unknown : text;
}

function portOf(text: string | undefined): number | Unknown | undefined {
  if (text === undefined) return undefined;
  return /^\d{1,5}$/.test(text) ? Number(text) : unknown;
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

/** The Host header that httpd makes of the target: the port only where it is not the scheme's own. */
export function hostHeader(target: Target): string | Unknown {
  const { scheme, host, port } = target;
  if (scheme === unknown || scheme === 'balancer' || host === unknown || port === unknown || host.startsWith('unix:'))
    return unknown;
  return port === undefined || port === defaultPorts[scheme] ? host : `${host}:${port}`;
}
