/** Where requests go in the end, and what of this very config listens there. */
import type { Handler, Listener, Model } from './model.ts';
import { unknown } from './model.ts';
import { isLoopbackHost, parseNetwork } from './network.ts';
import { readUrl, type Url } from './url.ts';
import { defaultPort, isTlsScheme } from './scheme.ts';
import type { Directive, Word } from '../syntax/tree.ts';

/** A host and port that requests are sent to, as far as the text says both. */
export interface Destination {
  /** Without brackets for none but IPv6 addresses; in lower case. */
  readonly host: string;
  readonly port: number;
  readonly scheme: string;
  readonly tls: boolean;
  /** Where the address is written: the pass directive, or a server of its group. */
  readonly directive: Directive;
  readonly word: Word;
}

type ProxyHandler = Extract<Handler, { kind: 'proxy' }>;

/** nginx's own for servers of an upstream, whatever the scheme. */
const upstreamPort = 80;

/** One, or one a server of the group; those that hold variables, and Unix sockets, are left out. */
export function destinationsOf(handler: ProxyHandler): readonly Destination[] {
  let found = read.get(handler);
  if (!found) read.set(handler, (found = findDestinations(handler)));
  return found;
}

const read = new WeakMap<ProxyHandler, readonly Destination[]>();

function findDestinations({ directive, target }: ProxyHandler): Destination[] {
  const { scheme, host, port, upstream, word } = target;
  if (!upstream) {
    if (scheme === unknown || host === unknown || port === unknown || host.startsWith('unix:')) return [];
    return destination(host, port ?? defaultPort(scheme), scheme, directive, word);
  }
  return upstream.servers.flatMap((server) => {
    const url = readUrl(server.address.value);
    // httpd writes the scheme with each member, nginx in front of the name of the group.
    const own = url.scheme?.text ?? (scheme === unknown ? undefined : scheme);
    if (own === undefined || url.socket || !url.authority.isFixed) return [];
    const usual = url.scheme ? defaultPort(own) : upstreamPort;
    return destination(url.host.text, writtenPort(url) ?? usual, own, server.directive, server.address);
  });
}

function writtenPort({ port }: Url): number | undefined {
  return port ? Number(port.text) : undefined;
}

function destination(
  host: string,
  port: number | undefined,
  scheme: string,
  directive: Directive,
  word: Word,
): Destination[] {
  if (port === undefined || !Number.isInteger(port) || host === '') return [];
  return [{ host: host.toLowerCase(), port, scheme, tls: isTlsScheme(scheme), directive, word }];
}

/** The listeners of this config that surely take connections to the host and port, over TCP. Names other than `localhost` are anybody's. */
export function ownListeners(model: Model, host: string, port: number): readonly Listener[] {
  let index = known.get(model);
  if (!index) known.set(model, (index = indexByAddress(model.listeners)));
  const onPort = index.get(port);
  return onPort ? addressesOf(host).flatMap((address) => onPort.get(address) ?? []) : none;
}

const none: readonly never[] = [];

/** By port, then by {@link keyOf} of the address: a config may have thousands of either. */
type ListenerIndex = ReadonlyMap<number, ReadonlyMap<string, readonly Listener[]>>;

const known = new WeakMap<Model, ListenerIndex>();

function indexByAddress(listeners: readonly Listener[]): ListenerIndex {
  const index = new Map<number, Map<string, Listener[]>>();
  for (const listener of listeners) {
    if (listener.port === unknown || listener.http3) continue;
    let onPort = index.get(listener.port);
    if (!onPort) index.set(listener.port, (onPort = new Map<string, Listener[]>()));
    const key = keyOf(listener.address);
    const same = onPort.get(key);
    if (same) same.push(listener);
    else onPort.set(key, [listener]);
  }
  return index;
}

/** The keys of the listeners that take connections to the host. Sockets for all addresses take those of this machine at least. */
function addressesOf(host: string): string[] {
  if (host === 'localhost') return ['localhost', keyOf('127.0.0.1'), keyOf('[::1]'), '*', keyOf('[::]')];
  if (!isLoopbackHost(host)) return [keyOf(host)];
  return [keyOf(host), 'localhost', host.includes(':') ? keyOf('[::]') : '*'];
}

/** One for all spellings of an address. */
function keyOf(address: string): string {
  const parsed = parseNetwork(address);
  return parsed ? `${parsed.bits} ${parsed.address}` : address.toLowerCase();
}
