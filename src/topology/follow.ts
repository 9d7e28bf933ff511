/** Follows a request from one server to the next, as each says what it sends. */
import { headerValue } from '../model/headers.ts';
import { isLoopbackHost, parseNetwork, withoutBrackets } from '../model/network.ts';
import type { FileLookup, Outcome, Peer, Trace, TraceRequest } from '../model/trace.ts';
import type { Tracer } from '../servers/server.ts';
import { notKnown, traceMarked } from './not-known.ts';
import type { Endpoint, Member, Topology } from './topology.ts';

/** What one server does with the request, and where it goes on. */
export interface Hop {
  readonly member: Member;
  readonly trace: Trace;
  /** The server behind; undefined: the request ends here, or leaves what is known. */
  readonly next: Hop | undefined;
  /** The other servers of a group that {@link next} is one of: with this request they do the same. */
  readonly alike: readonly Hop[];
  /** Why it is not followed any further, a sentence; undefined where nothing of the topology stands behind. */
  readonly stop: string | undefined;
}

export type TracerOf = (member: Member) => Tracer | undefined;

/** What is said where the request comes back as it was. */
export const circleStop = 'The request runs in a circle: this server sends it to where it has been before.';

/** A request that passes through more servers is taken to run in a circle. */
const maxHops = 12;

/** Of all ways together: each server of a group is one. */
const maxTraces = 100;

/** `lookup`: for the files of a member. */
export function followRequest(
  topology: Topology,
  start: Member,
  request: TraceRequest,
  tracerOf: TracerOf,
  lookup: (member: Member) => FileLookup = () => () => undefined,
): Hop | undefined {
  let traces = 0;

  function hop(member: Member, asked: TraceRequest, seen: readonly string[]): Hop | undefined {
    const tracer = tracerOf(member);
    if (!tracer) return undefined;
    traces++;
    const trace = traceMarked(tracer, member, asked, lookup(member));
    const end = (stop: string | undefined): Hop => ({ member, trace, next: undefined, alike: [], stop });
    const { outcome } = trace;
    if (outcome.kind !== 'proxy' && outcome.kind !== 'tunnel') return end(undefined);
    const reached = reachedBy(topology, member, outcome);
    if (typeof reached === 'string' || !reached) return end(reached);
    if (reached.length > 1 && traces > maxTraces) return end(`${askedText(reached)}.`);
    const ways = reached.map(({ endpoint, peer }) => {
      const onward = nextRequest(trace, outcome, peer, endpoint);
      if (typeof onward === 'string') return onward;
      const key = keyOf(endpoint.member, onward);
      // A header that was set on the first round may end the second.
      if (seen.filter((each) => each === key).length > 1 || seen.length > maxHops) return circleStop;
      return hop(endpoint.member, onward, [...seen, key]);
    });
    const stop = ways.find((way) => typeof way === 'string');
    if (stop !== undefined) return end(stop);
    const [next, ...alike] = ways as (Hop | undefined)[];
    const isSame = alike.every((other) => other && next && doesOf(other) === doesOf(next));
    if (!isSame) return end(`${askedText(reached)}; what they do differs.`);
    return { member, trace, next, alike: alike as Hop[], stop: undefined };
  }

  return hop(start, request, [keyOf(start, request)]);
}

/** What a server and those behind it do, without the places in their configs. */
function doesOf({ trace: { outcome, responseHeaders }, next, stop }: Hop): string {
  const behind = next ? doesOf(next) : '';
  return JSON.stringify([outcome, responseHeaders, stop, behind], (key, value: unknown) =>
    key === 'origin' || key === 'place' ? undefined : value,
  );
}

/** What makes it the same request again; headers that grow on the way aside. */
function keyOf({ config }: Member, { method, scheme, host, port, target, to, headers }: TraceRequest): string {
  const asked = headerValue(headers, 'host');
  return JSON.stringify([
    config.file.source.path,
    config.file.source.outer?.offset,
    method,
    scheme,
    host,
    port,
    target,
    to,
    asked,
  ]);
}

interface Reached {
  readonly endpoint: Endpoint;
  readonly peer: Peer;
}

/** Undefined: nobody of the topology. A string says why it cannot be told. Several: one of them is asked. */
function reachedBy(topology: Topology, from: Member, outcome: ConnectingOutcome): Reached[] | string | undefined {
  const isUdp = outcome.kind === 'tunnel' && outcome.transport === 'udp';
  const all = outcome.peers.map((peer) => ({ peer, found: topology.reach(from, peer.host, peer.port, isUdp) }));
  if (all.every(({ found }) => found.length === 0)) return undefined;
  const ambiguous = all.find(({ found }) => found.length > 1);
  if (ambiguous)
    return `Several configs listen at ${placeText(ambiguous.peer)}: ${[...new Set(ambiguous.found.map(({ member }) => member.config.file.source.path))].join(', ')}.`;
  if (all.some(({ found }) => found.length === 0)) return `${askedText(all)}; not all of them are known.`;
  return all.map(({ peer, found }) => ({ peer, endpoint: found[0]! }));
}

function askedText(all: readonly { readonly peer: Peer }[]): string {
  return `One of ${all.length} servers is asked: ${all.map(({ peer }) => placeText(peer)).join(', ')}`;
}

type ConnectingOutcome = Extract<Outcome, { readonly kind: 'proxy' | 'tunnel' }>;

function placeText({ host, port }: Peer): string {
  return port === undefined ? `unix:${host}` : `${host}:${port}`;
}

/** What arrives at the endpoint. A string says why it is not known. */
function nextRequest(
  { request }: Trace,
  outcome: ConnectingOutcome,
  peer: Peer,
  endpoint: Endpoint,
): TraceRequest | string {
  const to = addressOf(peer, endpoint);
  // Inside a machine both ends have the address that is connected to.
  const local = to !== undefined && isLoopbackHost(to) ? to : peer.port === undefined ? 'unix:' : undefined;
  const port = endpoint.port ?? request.port;
  if (outcome.kind === 'tunnel') {
    const isKept = outcome.transparent && request.from !== undefined && !isLoopbackHost(request.from);
    const { proxyProtocol: version } = outcome;
    return {
      ...request,
      port,
      to,
      from: isKept ? request.from : local,
      proxyHeader: version === undefined ? undefined : { version, client: request.proxyHeader?.client ?? request.from },
    };
  }
  if (outcome.httpVersion === '' || outcome.httpVersion === '2')
    return `What is sent over ${outcome.protocol} is not followed.`;
  const name = peer.serverName ?? (peer.port === undefined || !parseNetwork(peer.host) ? '127.0.0.1' : peer.host);
  return {
    method: outcome.method,
    scheme: peer.tls ? 'https' : 'http',
    host: name,
    port,
    target: outcome.uri,
    headers: outcome.headers.map(({ name: header, value }) => [header, value ?? notKnown]),
    httpVersion: outcome.httpVersion,
    alpn: [],
    to,
    from: local,
    bodySize: request.bodySize,
  };
}

/** Undefined: only the name is known. */
function addressOf({ host, port }: Peer, { address }: Endpoint): string | undefined {
  if (port === undefined) return `unix:${host}`;
  const bare = withoutBrackets(host);
  if (parseNetwork(bare)) return bare;
  if (!isLoopbackHost(bare)) return parseNetwork(address) ? address : undefined;
  return address.includes(':') ? '::1' : '127.0.0.1';
}
