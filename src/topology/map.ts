/** A topology as a reader wants to see it: servers, where they listen, and what leads where. */
import { destinationsOf } from '../model/destinations.ts';
import { bracketed } from '../model/connection.ts';
import { placeIn, type Dialect } from '../syntax/tree.ts';
import type { Place } from '../text/source.ts';
import type { Endpoint, Member, Topology } from './topology.ts';

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
  const edges = topology.members.flatMap((member) => [
    ...routeEdges(topology, member),
    ...relayEdges(topology, member),
  ]);
  return {
    servers: topology.members.map((member) => serverOf(topology, member)),
    edges: unique(edges),
    problems: [...circles(topology), ...ambiguous(topology)],
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

function routeEdges(topology: Topology, from: Member): MappedEdge[] {
  return from.model.virtualHosts.flatMap(({ routes }) =>
    routes.flatMap(({ handler, preemptedBy }) => {
      if (handler.kind !== 'proxy' || preemptedBy) return [];
      return destinationsOf(handler).map(({ host, port, scheme, directive, word }): MappedEdge => {
        const [to, ...others] = topology.reach(from, host, port);
        return {
          from: pathOf(from),
          to: to && others.length === 0 ? pathOf(to.member) : undefined,
          address: `${host}:${port}`,
          carries: scheme,
          place: placeIn(directive, word),
        };
      });
    }),
  );
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

function ambiguous(topology: Topology): MappedProblem[] {
  const problems = new Map<string, MappedProblem>();
  for (const from of topology.members)
    for (const { routes } of from.model.virtualHosts)
      for (const { handler } of routes) {
        if (handler.kind !== 'proxy') continue;
        for (const { host, port, directive, word } of destinationsOf(handler)) {
          const found = topology.reach(from, host, port);
          if (found.length < 2) continue;
          const files = [...new Set(found.map(({ member }) => pathOf(member)))].join(', ');
          const text = `Several configs listen at ${host}:${port}, which "${word.value}" means: ${files}.`;
          const place = placeIn(directive, word);
          if (!problems.has(text)) problems.set(text, { text, place });
        }
      }
  return [...problems.values()];
}
