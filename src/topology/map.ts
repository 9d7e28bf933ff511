/** A topology as a reader wants to see it: servers, where they listen, and what leads where. */
import { destinationsOf, type Destination } from '../model/destinations.ts';
import { bracketed } from '../model/connection.ts';
import { placeIn, type Dialect } from '../syntax/tree.ts';
import type { Place } from '../text/source.ts';
import type { Endpoint, Member, Topology } from './topology.ts';
import { whyUnreachable } from './unreachable.ts';

export interface TopologyMap {
  readonly servers: readonly MappedServer[];
  readonly edges: readonly MappedEdge[];
  /** What does not fit, a sentence each. */
  readonly problems: readonly MappedProblem[];
}

export interface MappedServer {
  readonly file: string;
  readonly dialect: Dialect;
  readonly machine: string;
  /** `*:443 tls`. */
  readonly listens: readonly string[];
}

export interface MappedEdge {
  /** Path of the config. */
  readonly from: string;
  /** Path of the config behind; undefined: a server that is not among these. */
  readonly to: string | undefined;
  /** Address as it is written. */
  readonly address: string;
  /** What goes that way: `https`, `PROXY, tls a.example`. */
  readonly carries: string;
  readonly place: Place;
}

export interface MappedProblem {
  readonly text: string;
  readonly place: Place | undefined;
}

export function mapOf(topology: Topology): TopologyMap {
  const connections = new Map(topology.members.map((member) => [member, connectionsOf(topology, member)]));
  const edges = topology.members.flatMap((member) => [
    ...routeEdges(connections.get(member)!),
    ...relayEdges(topology, member),
  ]);
  return {
    servers: topology.members.map((member) => serverOf(topology, member)),
    edges: unique(edges),
    problems: [
      ...circles(topology),
      ...ambiguous([...connections.values()].flat()),
      ...unreachable(topology, [...connections.values()].flat()),
    ],
  };
}

function pathOf({ config }: Member): string {
  return config.file.source.path;
}

function serverOf(topology: Topology, member: Member): MappedServer {
  const { config, machine } = member;
  const listens = topology.endpointsOf(member).map(endpointText);
  return { file: pathOf(member), dialect: config.dialect, machine: machine.name, listens: [...new Set(listens)] };
}

function endpointText({ address, port, tls, isUdp, proxyProtocol }: Endpoint): string {
  const where = port === undefined ? address : `${bracketed(address)}:${port}`;
  return [where, tls && 'tls', isUdp && 'udp', proxyProtocol && 'proxy_protocol'].filter(Boolean).join(' ');
}

/** What a route opens, and who takes it. */
interface Connection extends Destination {
  readonly from: Member;
  readonly found: readonly Endpoint[];
  /** No request comes that far. */
  readonly isPreempted: boolean;
}

function connectionsOf(topology: Topology, from: Member): Connection[] {
  return from.model.virtualHosts.flatMap(({ routes }) =>
    routes.flatMap(({ handler, preemptedBy }) => {
      const destinations = handler.kind === 'proxy' ? destinationsOf(handler) : [];
      return destinations.map((destination) => ({
        ...destination,
        from,
        found: topology.reach(from, destination.host, destination.port),
        isPreempted: preemptedBy !== undefined,
      }));
    }),
  );
}

function routeEdges(connections: readonly Connection[]): MappedEdge[] {
  return connections.flatMap(({ from, found, isPreempted, host, port, scheme, directive, word }) => {
    const [to, ...others] = found;
    if (isPreempted) return [];
    return {
      from: pathOf(from),
      to: to && others.length === 0 ? pathOf(to.member) : undefined,
      address: `${host}:${port}`,
      carries: scheme,
      place: placeIn(directive, word),
    };
  });
}

function relayEdges(topology: Topology, from: Member): MappedEdge[] {
  return topology.relaysOf(from).flatMap((relay) =>
    relay.targets.map(({ host, port }): MappedEdge => {
      const [to, ...others] = topology.reach(from, host, port, relay.isUdp);
      return {
        from: pathOf(from),
        to: to && others.length === 0 ? pathOf(to.member) : undefined,
        address: port === undefined ? `unix:${host}` : `${bracketed(host)}:${port}`,
        carries: relay.sendsHeader ? `PROXY, ${relay.name}` : relay.name,
        place: relay.place,
      };
    }),
  );
}

function unique(edges: readonly MappedEdge[]): MappedEdge[] {
  return [...new Map(edges.map((edge) => [`${edge.from}\0${edge.address}\0${edge.carries}`, edge])).values()];
}

/** Servers that connect to each other in a ring, by the links alone; which requests really go round is a matter of `trace`. */
function circles({ links, members }: Topology): MappedProblem[] {
  const behind = new Map(members.map((member) => [member, new Set<Member>()]));
  for (const { from, to } of links) if (from !== to.member) behind.get(from)!.add(to.member);
  const problems: MappedProblem[] = [];
  const told = new Set<Member>();
  for (const start of members) {
    if (told.has(start)) continue;
    const ring = ringFrom(start, behind);
    if (!ring) continue;
    for (const member of ring) told.add(member);
    const place = links.find(({ from, to }) => from === start && to.member === (ring[1] ?? start))?.place;
    const names = [...ring, start].map(pathOf).join(' -> ');
    problems.push({ text: `These servers connect to each other in a ring: ${names}.`, place });
  }
  return problems;
}

/** The shortest way back to where it starts. */
function ringFrom(start: Member, behind: ReadonlyMap<Member, ReadonlySet<Member>>): Member[] | undefined {
  const cameFrom = new Map<Member, Member>();
  const queue = [start];
  for (const member of queue)
    for (const next of behind.get(member) ?? []) {
      if (next === start) {
        const ring = [member];
        for (let at = cameFrom.get(member); at; at = cameFrom.get(at)) ring.unshift(at);
        return ring;
      }
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, member);
      queue.push(next);
    }
  return undefined;
}

function ambiguous(connections: readonly Connection[]): MappedProblem[] {
  const problems = new Map<string, MappedProblem>();
  for (const { found, host, port, directive, word } of connections) {
    if (found.length < 2) continue;
    const files = [...new Set(found.map(({ member }) => pathOf(member)))].join(', ');
    const text = `Several configs listen at ${host}:${port}, which "${word.value}" means: ${files}.`;
    if (!problems.has(text)) problems.set(text, { text, place: placeIn(directive, word) });
  }
  return [...problems.values()];
}

/** Each once a place. */
function unreachable(topology: Topology, connections: readonly Connection[]): MappedProblem[] {
  const attempts = [
    ...connections.flatMap(({ from, found, isPreempted, host, port, directive, word }) =>
      found.length > 0 || isPreempted ? [] : [{ from, host, port, place: placeIn(directive, word) }],
    ),
    ...topology.members.flatMap((from) =>
      topology
        .relaysOf(from)
        .flatMap(({ targets, place, isUdp }) =>
          targets.flatMap(({ host, port }) =>
            topology.reach(from, host, port, isUdp).length > 0 ? [] : [{ from, host, port, place }],
          ),
        ),
    ),
  ];
  return attempts.flatMap((attempt) => {
    const text = whyUnreachable(topology, attempt);
    return text === undefined ? [] : [{ text, place: attempt.place }];
  });
}
