/** How a virtual host is reached: its listeners, and the names that clients ask for. */
import { unknown, type Listener, type ServerName, type VirtualHost } from '../model/model.ts';
import type { TraceRequest } from '../model/trace.ts';
import { sampleTexts } from '../regex/sample.ts';
import { addressOf, anyClient, requestFor, sampleName } from './request-to.ts';

/** A name that no virtual host has. */
export const unknownName = 'host';

export interface Address {
  readonly listener: Listener | undefined;
  /** The main one first: one that no other virtual host there takes, if there is any. */
  readonly names: readonly string[];
  /** Whether requests for the main name come to the virtual host. */
  readonly isReached: boolean;
  /** A request for a path under one of the names. */
  readonly request: (path: string, name?: string) => TraceRequest;
}

/** Those that a client can be told to use: no QUIC, no port that a variable holds. The first one of a kind stands for it. */
export function addressesOf(host: VirtualHost, openAddress: OpenAddress): readonly Address[] {
  if (host.listeners.length === 0)
    return [addressAt(undefined, { scheme: 'http', port: 80 }, namesOf(host, undefined), true)];
  return host.listeners.flatMap((listener) => {
    const { address, port, tls, http3, proxyProtocol } = listener;
    const isSocket = address.startsWith('unix:');
    const to = isSocket ? address : (openOne(listener, openAddress) ?? addressOf(listener));
    const names = namesOf(host, listener);
    if (http3 || to === undefined || (port === unknown && !isSocket) || names.length === 0) return [];
    const scheme = tls ? ('https' as const) : ('http' as const);
    const proxyHeader = proxyProtocol ? ({ version: 1, client: anyClient } as const) : undefined;
    const base = { scheme, port: port === unknown ? 80 : port, to, proxyHeader };
    return [addressAt(listener, base, names, !isTaken(names[0]!, host, listener))];
  });
}

/** See `Server.openAddress`. */
export type OpenAddress = (port: number) => string | undefined;

function openOne({ address, port }: Listener, openAddress: OpenAddress): string | undefined {
  return port !== unknown && /^(?:\*|0\.0\.0\.0|\[::\])$/.test(address) ? openAddress(port) : undefined;
}

type Base = Pick<TraceRequest, 'scheme' | 'port' | 'to' | 'proxyHeader'>;

function addressAt(listener: Listener | undefined, base: Base, names: readonly string[], isReached: boolean): Address {
  return {
    listener,
    names,
    isReached,
    request(path, name = names[0]!) {
      const plain = requestFor({ scheme: base.scheme, host: name, port: base.port, path, to: base.to });
      return { ...plain, from: anyClient, proxyHeader: base.proxyHeader };
    },
  };
}

function namesOf(host: VirtualHost, listener: Listener | undefined): readonly string[] {
  const names = new Set(host.names.flatMap(samples));
  if (!listener || listener.defaultHost === host || listener.virtualHosts.length === 1) names.add(unknownName);
  if (!listener) return [...names];
  const [own, taken]: [string[], string[]] = [[], []];
  for (const name of names) (isTaken(name, host, listener) ? taken : own).push(name);
  return [...own, ...taken];
}

/** Whether another virtual host in front of this one has the very name. */
function isTaken(name: string, host: VirtualHost, listener: Listener): boolean {
  let known = owners.get(listener);
  if (!known) owners.set(listener, (known = ownersOf(listener)));
  const owner = known.get(name);
  return owner !== undefined && owner !== host;
}

const owners = new WeakMap<Listener, ReadonlyMap<string, VirtualHost>>();

/** By exact name in lower case, who has it first. */
function ownersOf({ virtualHosts }: Listener): ReadonlyMap<string, VirtualHost> {
  const all = new Map<string, VirtualHost>();
  for (const host of virtualHosts)
    for (const { text, kind } of host.names) {
      const name = text.toLowerCase();
      if (kind === 'exact' && !all.has(name)) all.set(name, host);
    }
  return all;
}

function samples(name: ServerName): readonly string[] {
  const text = name.text.toLowerCase();
  if (name.kind === 'regex') return sampleTexts(name.text.replace(/^~/, ''), 2).filter(isName);
  if (name.kind === 'wildcard') return [text.replace(/[*?]/g, 'x')].filter(isName);
  const sample = sampleName(name);
  if (sample === undefined) return [];
  return text.startsWith('.') ? [sample, text.slice(1)] : [sample];
}

const isName = (text: string): boolean => /^[a-z0-9](?:[a-z0-9-]|\.[a-z0-9-])*$/i.test(text);
