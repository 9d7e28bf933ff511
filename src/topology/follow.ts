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
  /** Why it is not followed any further, a sentence; undefined where nothing of the topology stands behind. */
  readonly stop: string | undefined;
}

export type TracerOf = (member: Member) => Tracer | undefined;

/** A request that passes through more servers is taken to run in a circle. */
const maxHops = 12;

/** `lookup`: for the files of a member. */
export function followRequest(
  topology: Topology,
  start: Member,
  request: TraceRequest,
  tracerOf: TracerOf,
  lookup: (member: Member) => FileLookup = () => () => undefined,
): Hop | undefined {
  const seen = new Set<string>();

  function hop(member: Member, asked: TraceRequest, depth: number): Hop | undefined {
    const tracer = tracerOf(member);
    if (!tracer) return undefined;
    const trace = traceMarked(tracer, member, asked, lookup(member));
    const { outcome } = trace;
    if (outcome.kind !== 'proxy' && outcome.kind !== 'tunnel')
      return { member, trace, next: undefined, stop: undefined };
    const reached = reachedBy(topology, member, outcome);
    if (typeof reached === 'string' || !reached) return { member, trace, next: undefined, stop: reached };
    const { endpoint, peer } = reached;
    const onward = nextRequest(trace, outcome, peer, endpoint);
    if (typeof onward === 'string') return { member, trace, next: undefined, stop: onward };
    const key = keyOf(endpoint.member, onward);
    if (seen.has(key) || depth >= maxHops) {
      const stop = 'The request runs in a circle: this server sends it to where it has been before.';
      return { member, trace, next: undefined, stop };
    }
    seen.add(key);
    return { member, trace, next: hop(endpoint.member, onward, depth + 1), stop: undefined };
  }

  seen.add(keyOf(start, request));
  return hop(start, request, 1);
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

/** Undefined: nobody of the topology. A string says why it cannot be told. */
function reachedBy(topology: Topology, from: Member, outcome: ConnectingOutcome): Reached | string | undefined {
  const isUdp = outcome.kind === 'tunnel' && outcome.transport === 'udp';
  const all = outcome.peers.map((peer) => ({ peer, found: topology.reach(from, peer.host, peer.port, isUdp) }));
  const first = all.find(({ found }) => found.length > 0);
  if (!first) return undefined;
  if (all.length > 1)
    return `One of ${all.length} servers is asked: ${all.map(({ peer }) => placeText(peer)).join(', ')}.`;
  if (first.found.length > 1)
    return `Several configs listen at ${placeText(first.peer)}: ${[...new Set(first.found.map(({ member }) => member.config.file.source.path))].join(', ')}.`;
  return { endpoint: first.found[0]!, peer: first.peer };
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
