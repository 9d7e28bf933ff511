/** Requests over servers that stand behind each other, for rules: each stands for those of a route that leads from one to the next. */
import type { Listener, Route, VirtualHost } from '../../model/model.ts';
import { unreadParts } from '../../model/unread-parts.ts';
import type { Outcome, TraceRequest } from '../../model/trace.ts';
import { toBytes } from '../../text/bytes.ts';
import { circleStop, followRequest, type Hop } from '../../topology/follow.ts';
import type { Link, Topology } from '../../topology/topology.ts';
import type { Confidence } from '../finding.ts';
import { pathTo } from '../../requests/paths.ts';
import { routeAt } from './route-at.ts';
import { trace } from '../../requests/ask.ts';
import { anyClient, requestFor, requestTo } from '../../requests/request-to.ts';

/** Two servers of a way, one behind the other. */
export interface Pair {
  readonly front: Hop;
  readonly back: Hop;
}

export type ProxyOutcome = Extract<Outcome, { readonly kind: 'proxy' }>;

/** Beyond that the links are many of a kind. */
const maxLinks = 200;
/** Paths of the server behind that are asked for over a link. */
const maxPaths = 8;

const known = new WeakMap<Topology, readonly Pair[]>();

/** Of all links of the topology; asked for once. */
export function pairsOf(topology: Topology): readonly Pair[] {
  let pairs = known.get(topology);
  if (!pairs)
    known.set(topology, (pairs = topology.links.slice(0, maxLinks).flatMap((link) => pairsOver(topology, link))));
  return pairs;
}

function pairsOver(topology: Topology, link: Link): Pair[] {
  return requestsOver(link).flatMap((request) => {
    const pairs: Pair[] = [];
    for (let front = followOver(topology, link, request); front?.next; front = front.next)
      for (const back of [front.next, ...front.alike]) pairs.push({ front, back });
    return pairs;
  });
}

const circles = new WeakMap<Topology, readonly (readonly Hop[])[]>();

/** The servers of each request over a link that comes back for the same again, each once; asked for once. */
export function circlesOf(topology: Topology): readonly (readonly Hop[])[] {
  let found = circles.get(topology);
  if (!found)
    circles.set(topology, (found = topology.links.slice(0, maxLinks).flatMap((link) => circlesOver(topology, link))));
  return found;
}

function circlesOver(topology: Topology, link: Link): (readonly Hop[])[] {
  return requestsOver(link).flatMap((request) => {
    const hops: Hop[] = [];
    for (let hop = followOver(topology, link, request); hop; hop = hop.next) hops.push(hop);
    if (hops.at(-1)?.stop !== circleStop) return [];
    const servers = new Map(hops.map((hop) => [`${hop.member.config.file.source.path} ${hop.trace.listener}`, hop]));
    return [[...servers.values()]];
  });
}

/** The way of a request that enters where the link begins. */
export function followOver(topology: Topology, { from }: Link, request: TraceRequest): Hop | undefined {
  return followRequest(topology, from, request, () => trace);
}

/** Requests that go over the link, as far as one can tell beforehand. */
export function requestsOver(link: Link): readonly TraceRequest[] {
  if (link.kind === 'relay') return relayedRequest(link);
  const { route, to } = link;
  const { virtualHost, match } = route;
  const own = pathTo(route);
  if (match.kind === 'condition' || own === undefined) return [];
  const listener = entryOf(virtualHost, to.listener);
  const behind = to.listener?.virtualHosts.flatMap((host) => host.routes.map(pathTo)) ?? [];
  const isPrefix = match.kind === 'prefix' || match.kind === 'prefix-noregex' || match.kind === 'all';
  const paths = new Set([own, ...behind.filter((path) => path !== undefined && isPrefix && path.startsWith(own))]);
  return [...paths].slice(0, maxPaths).flatMap((path) => {
    const request = requestTo(virtualHost, listener, toBytes(path!));
    return request ? [{ ...request, from: anyClient }] : [];
  });
}

/** A way in over TLS, if there is one: what is said of the scheme matters there. */
function entryOf({ listeners }: VirtualHost, behind: Listener | undefined): Listener | undefined {
  const others = listeners.filter((listener) => listener !== behind && !listener.http3);
  return others.find(({ tls }) => tls) ?? others[0];
}

function relayedRequest({ relay, to }: Extract<Link, { kind: 'relay' }>): TraceRequest[] {
  const socket = relay.sockets.find(({ isUdp, port }) => !isUdp && port !== undefined);
  if (relay.isUdp || !socket || !to.listener) return [];
  const names = [
    ...relay.name.split(' ').slice(1),
    ...to.listener.virtualHosts.flatMap((host) => host.names.map(({ text }) => text)),
  ];
  const host = names.find((name) => /^[\w-]+(?:\.[\w-]+)+$/.test(name)) ?? 'host.example';
  const address = socket.address === '*' ? '203.0.113.77' : socket.address;
  const scheme = relay.carries === 'http' || (relay.carries === undefined && !to.tls) ? 'http' : 'https';
  return [{ ...requestFor({ scheme, host, port: socket.port!, path: '/', to: address }), from: anyClient }];
}

/** How sure a finding about two servers may be: one config, or what is stated, is known to belong together. */
export function confidenceIn(topology: Topology, { front, back }: Pair): Confidence {
  const isKnown = front.member === back.member || topology.isStated;
  const isRead = [front, back].every(({ member }) => unreadParts(member.config).length === 0);
  return isKnown && isRead ? 'high' : 'medium';
}

/** The route that took the request; undefined: none, or it is not known. */
export function routeOf({ member, trace: { location } }: Hop): Route | undefined {
  if (!location) return undefined;
  for (const { routes } of member.model.virtualHosts) {
    const route = routeAt(routes, location.place);
    if (route) return route;
  }
  return undefined;
}

/** What a message calls a server: its listener, and its file where that is another one. */
export function nameOf(hop: Hop, beside: Hop): string {
  const { listener } = hop.trace;
  // The address of a sample stands for all.
  const where = listener?.replace(/^203\.0\.113\.77(?=:)/, '*') ?? 'the server';
  return hop.member === beside.member ? where : `${where} (${hop.member.config.file.source.path})`;
}
