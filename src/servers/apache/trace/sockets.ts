/** Which set of virtual hosts a connection meets: `Listen`, and `ap_update_vhost_given_ip` (server/vhost.c). */
import { parseNetwork } from '../../../model/network.ts';
import { Level, readLevel } from '../meaning/levels.ts';
import type { Environment } from '../meaning/environment.ts';
import { hostAddresses, isAnyAddress as isAny, readAddress } from '../meaning/socket-address.ts';
import type { Choices, Placed as PlacedHost } from '../meaning/hosts.ts';
import { ApacheScope } from '../meaning/scope.ts';
import { HostDraft } from '../model/virtual-hosts.ts';
import type { Config } from '../../../syntax/config.ts';
import { unknown } from '../../../model/model.ts';
import { giveUp } from '../../../model/unknown.ts';
import { destinations, isIpv6, isSameAddress } from '../../../model/connection.ts';
import type { TraceRequest } from '../../../model/trace.ts';

type Placed = PlacedHost<HostDraft>;

/** What a connection meets. */
export interface HostSet extends Choices {
  /** `address:port` as the config names it. */
  readonly name: string;
  readonly placed: readonly Placed[];
  readonly base: HostDraft;
  /** The protocol of `Listen`; undefined: none was read. */
  readonly protocol: string | undefined;
  /** The address connected to; undefined: not known. */
  readonly address: string | undefined;
}

interface Listen {
  readonly address: string;
  readonly port: number;
  readonly protocol: string;
}

/** Everything that has an address. */
export interface Sockets {
  readonly main: HostDraft;
  readonly placed: readonly Placed[];
  /** Undefined: the config has none, so that it is a part of one. */
  readonly listens: readonly Listen[] | undefined;
  /** A virtual host's address is not known. */
  readonly isOpen: boolean;
}

export function readSockets(config: Config, environment: Environment): Sockets {
  const level = readLevel(config.file.root, environment, true);
  // Each request looks through what the main server says: thousands of virtual hosts are no part of that.
  const own = level.items.filter(({ directive }) => directive.key !== 'virtualhost');
  const mainScope = new ApacheScope(new Level(own, level.open), undefined, undefined, {
    isWhole: config.serversComplete,
  });
  const placed: Placed[] = [];
  let isOpen = false;
  for (const { directive, certain } of level.named('virtualhost')) {
    const scope = new ApacheScope(readLevel(directive.block, environment, certain), directive, mainScope);
    const host = new HostDraft(scope, environment);
    const addresses = hostAddresses(directive, environment);
    isOpen ||= addresses.length < directive.args.length;
    for (const address of addresses) placed.push({ host, address });
  }
  const listens = readListens(level, environment);
  return {
    main: new HostDraft(mainScope, environment),
    placed,
    listens: listens.length > 0 ? listens : undefined,
    isOpen,
  };
}

function readListens(level: Level, environment: Environment): Listen[] {
  return level.named('listen').flatMap(({ directive }) => {
    const [word, protocol] = directive.args;
    const socket = word && readAddress(word, environment);
    if (!socket || socket.port === unknown) return [];
    const usual = socket.port === 443 ? 'https' : 'http';
    return [{ address: socket.address, port: socket.port, protocol: protocol?.value.toLowerCase() ?? usual }];
  });
}

const setsOfSockets = new WeakMap<Sockets, Map<string, readonly (HostSet | undefined)[]>>();

/** One for each address that the connection may go to; undefined: nobody listens there. Throws `UnknownAnswer`. */
export function reachedSets(sockets: Sockets, request: TraceRequest): readonly (HostSet | undefined)[] {
  if (sockets.isOpen) giveUp('The address of a virtual host is not known.');
  let known = setsOfSockets.get(sockets);
  if (!known) setsOfSockets.set(sockets, (known = new Map<string, readonly (HostSet | undefined)[]>()));
  const key = `${request.port} ${destinations(request)?.join(' ') ?? ''}`;
  let sets = known.get(key);
  if (!sets) known.set(key, (sets = findSets(sockets, request)));
  return sets;
}

function findSets(sockets: Sockets, request: TraceRequest): readonly (HostSet | undefined)[] {
  const { placed, listens } = sockets;
  const onPort = placed.filter(({ address }) => address.port === unknown || address.port === request.port);
  const addresses = destinations(request);
  if (addresses) return addresses.map((address) => setFor(sockets, onPort, request.port, address));
  // By the name alone: each address that somebody names, and any other one.
  const named = [...new Set(onPort.map(({ address }) => address.address).filter((text) => !isAny(text)))];
  const special = (listens ?? []).filter(({ port, address }) => port === request.port && !isAny(address));
  const others = [...new Set([...named, ...special.map(({ address }) => address)])];
  const sets = [...others, undefined].map((address) => setFor(sockets, onPort, request.port, address));
  const found = sets.filter((set) => set !== undefined);
  return found.length > 0 ? found : [undefined];
}

/** `address` undefined: one that nothing names. */
function setFor(
  { main, listens, placed: all }: Sockets,
  onPort: readonly Placed[],
  port: number,
  address: string | undefined,
): HostSet | undefined {
  const listen = listens?.find((each) => each.port === port && accepts(each.address, address));
  if (listens && !listen) return undefined;
  const placed = lookUp(onPort, port, address);
  // A part of a config says of its own addresses alone that somebody listens there.
  if (!listens && all.length > 0 && placed.length === 0) return undefined;
  const place = placed[0]?.address.address ?? listen?.address ?? '*';
  return {
    name: `${address ?? place}:${port}`,
    placed,
    base: placed[0]?.host ?? main,
    protocol: listen?.protocol,
    address,
  };
}

/** IPv6 sockets take IPv4 too, unless `0.0.0.0` is written. */
function accepts(listened: string, address: string | undefined): boolean {
  if (listened === '*' || listened === '[::]') return true;
  if (listened === '0.0.0.0') return address === undefined || !isIpv6(address);
  if (address === undefined) return false;
  return listened === address || isSame(listened, address);
}

function isSame(named: string, address: string): boolean {
  if (named === address || isSameAddress(named, address)) return true;
  if (parseNetwork(named)) return false;
  if (named === 'localhost') return address === '127.0.0.1' || isSameAddress(address, '::1');
  return parseNetwork(address) ? giveUp(`Which address "${named}" means is asked when httpd starts.`) : false;
}

/** The very address before any address, the very port before any port. */
function lookUp(onPort: readonly Placed[], port: number, address: string | undefined): readonly Placed[] {
  const exact =
    address === undefined
      ? []
      : onPort.filter((each) => !isAny(each.address.address) && isSame(each.address.address, address));
  const candidates = exact.length > 0 ? exact : onPort.filter((each) => isAny(each.address.address));
  const ofPort = candidates.filter((each) => each.address.port === port);
  return ofPort.length > 0 ? ofPort : candidates;
}
