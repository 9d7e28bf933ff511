/** Which virtual host takes a request: `ap_update_vhost_from_headers` (server/vhost.c). */
import type { Candidate } from '../../../model/candidate.ts';
import type { Listener, ServerName, VirtualHost } from '../../../model/model.ts';
import { giveUp } from '../../../model/unknown.ts';
import { headerOf } from '../../../syntax/tree.ts';
import { toBytes } from '../../../text/bytes.ts';
import { holdsWith } from './condition-overlap.ts';
import type { SocketAddress } from './socket-address.ts';
import { matchesPattern, parseWildcards } from '../../../text/fnmatch.ts';

/** A virtual host at one of its addresses. */
export interface Placed<Host extends VirtualHost = VirtualHost> {
  readonly host: Host;
  readonly address: SocketAddress;
}

/** The virtual hosts among which the name of a request chooses. */
export interface Choices {
  /** In the order of the config; empty: the main server answers alone. */
  readonly placed: readonly Placed[];
  /** The first virtual host, or the main server. */
  readonly base: VirtualHost;
}

export interface HostChoice {
  readonly host: VirtualHost;
  readonly name: ServerName | undefined;
  readonly reason: string;
  readonly candidates: readonly Candidate[];
}

/**
 * The first whose ServerName or ServerAlias matches, then the first whose address is the name, else the first of all. `hostName`: in lower
 * case, without port. Throws `UnknownAnswer`.
 */
export function selectHost({ placed, base }: Choices, hostName: string): HostChoice {
  const named = byName(placed, hostName);
  if (named) {
    const how = named.name.kind === 'exact' ? 'is the requested host' : 'matches the requested host';
    return { ...named, reason: `its name "${named.name.text}" ${how}`, candidates: [] };
  }
  const byAddress = placed.find(({ address }) => address.address === hostName);
  if (byAddress)
    return { host: byAddress.host, name: undefined, reason: 'its address is the requested host', candidates: [] };
  if (placed.length === 0)
    return { host: base, name: undefined, reason: 'no virtual host has this address and port', candidates: [] };
  const others = new Set(placed.map(({ host }) => host).filter((host) => host !== base && host.directive));
  return {
    host: base,
    name: undefined,
    reason: 'no name matches, and it is the first virtual host of the address',
    candidates: [...others].slice(0, 20).map((host) => ({
      text: hostText(host),
      place: headerOf(host.directive!),
      reason: 'no name of it matches',
    })),
  };
}

interface NamedHost {
  readonly host: VirtualHost;
  readonly name: ServerName;
}

interface Ordered extends NamedHost {
  readonly order: number;
}

interface Wildcard extends NamedHost {
  readonly matches: (hostName: string) => boolean;
}

/** `ap_strcasecmp_match`, for names in lower case. */
function wildcardTest(text: string): Wildcard['matches'] {
  const pattern = parseWildcards(text.toLowerCase());
  return (hostName) => matchesPattern(pattern, hostName);
}

/** Names in the order in which they are asked, made once a set of hosts. */
interface Names {
  /** By the name in lower case: the first host that has it. */
  readonly exact: ReadonlyMap<string, Ordered>;
  /** Wildcards, and names that are not known. */
  readonly others: readonly (Ordered & Wildcard)[];
}

const namesBySet = new WeakMap<readonly Placed[], Names>();

function byName(placed: readonly Placed[], hostName: string): NamedHost | undefined {
  let names = namesBySet.get(placed);
  if (!names) namesBySet.set(placed, (names = orderNames(placed)));
  const exact = names.exact.get(hostName);
  for (const each of names.others) {
    if (exact && exact.order < each.order) break;
    if (each.name.kind === 'unknown') giveUp(`The name "${each.name.text}" of a virtual host is not known.`);
    if (each.matches(hostName)) return { host: each.host, name: each.name };
  }
  return exact && { host: exact.host, name: exact.name };
}

function orderNames(placed: readonly Placed[]): Names {
  const exact = new Map<string, Ordered>();
  const others: (Ordered & Wildcard)[] = [];
  let order = 0;
  for (const { host } of placed) {
    for (const name of host.names) {
      const entry = { host, name, order: order++ };
      const key = toBytes(name.text).toLowerCase();
      if (name.kind !== 'exact') others.push({ ...entry, matches: wildcardTest(toBytes(name.text)) });
      else if (!exact.has(key)) exact.set(key, entry);
    }
  }
  return { exact, others };
}

/** A name that never selects its virtual host, and what takes its requests. */
export interface LostName extends NamedHost {
  readonly owner: NamedHost;
}

/** Enough for any real config; each costs a comparison with every later name. */
const maxWildcards = 100;

/** The names of a listener that an earlier virtual host takes whenever it is there itself. */
export function lostNames(listener: Listener): readonly LostName[] {
  let lost = lostByListener.get(listener);
  if (!lost) lostByListener.set(listener, (lost = findLost(listener)));
  return lost;
}

const lostByListener = new WeakMap<Listener, readonly LostName[]>();

function findLost({ virtualHosts }: Listener): LostName[] {
  const lost: LostName[] = [];
  const exact = new Map<string, NamedHost[]>();
  const wildcards: Wildcard[] = [];
  for (const host of virtualHosts) {
    for (const name of host.names) {
      if (name.kind === 'unknown') continue;
      const text = name.text.toLowerCase();
      const same = exact.get(text);
      const isTaken = (earlier: NamedHost): boolean => earlier.host !== host && isThereWith(earlier.host, host);
      const owner = same?.find(isTaken) ?? wildcards.find((wide) => wide.matches(text) && isTaken(wide));
      if (owner) lost.push({ host, name, owner });
      else if (same) same.push({ host, name });
      else exact.set(text, [{ host, name }]);
    }
    for (const name of host.names)
      if (name.kind.endsWith('wildcard') && wildcards.length < maxWildcards)
        wildcards.push({ host, name, matches: wildcardTest(name.text) });
  }
  return lost;
}

function isThereWith(first: VirtualHost, second: VirtualHost): boolean {
  return !first.directive || !second.directive || holdsWith(first.directive, second.directive);
}

export function hostText(host: VirtualHost): string {
  if (!host.directive) return 'the main server';
  const own = host.names.filter(({ inherited }) => !inherited);
  const names = own.map(({ text }) => text).join(' ');
  return `<VirtualHost ${host.directive.args.map(({ raw }) => raw).join(' ')}> ${names || '(without ServerName)'}`;
}

/** Host and port of a Host header; undefined: refused with 400 (`fix_hostname`, strict). */
export function parseHost(text: string): { readonly name: string; readonly port: number | undefined } | undefined {
  const match = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]*)(?::(\d*))?$/.exec(text);
  if (!match || /^\d*$/.test(text)) return undefined;
  const name = match[1]!.toLowerCase().replace(/\.$/, '');
  if (match[1] === '.' || name.includes('..') || name.startsWith('.')) return undefined;
  const port = match[2] ? Number(match[2]) : undefined;
  if (port !== undefined && (port < 1 || port > 65_535)) return undefined;
  return { name, port };
}
