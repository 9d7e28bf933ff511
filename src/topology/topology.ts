/** Configs that belong together, linked by addresses: a listener of one is the target of another. */
import { unknown, type Listener, type Model, type Route } from '../model/model.ts';
import { isLoopbackHost, parseNetwork } from '../model/network.ts';
import type { Relay, RelaySocket } from '../model/relay.ts';
import type { Targets } from '../model/versions.ts';
import { serverOf } from '../servers/index.ts';
import type { Config } from '../syntax/config.ts';
import { headerOf } from '../syntax/tree.ts';
import type { Place } from '../text/source.ts';
import { canReach, type Machine } from './machine.ts';
import { type Asked, bareName, takes } from './asked-address.ts';
import { leadsElsewhere, targetsOf } from './route-targets.ts';

/** A config, and the machine that its server runs on. */
export interface Member {
  readonly config: Config;
  readonly model: Model;
  readonly targets: Targets;
  readonly machine: Machine;
}

/** Where a member takes connections. */
export interface Endpoint {
  readonly member: Member;
  /** Undefined for a relay. */
  readonly listener: Listener | undefined;
  /** Undefined for HTTP. */
  readonly socket: RelaySocket | undefined;
  readonly address: string;
  readonly port: number | undefined;
  readonly isUdp: boolean;
  readonly tls: boolean;
  readonly proxyProtocol: boolean;
  readonly place: Place | undefined;
}

/** What stands in front of an endpoint of the topology. */
export type Link = {
  readonly from: Member;
  readonly to: Endpoint;
  /** Where the address is written. */
  readonly place: Place;
} & (
  | { readonly kind: 'route'; readonly route: Route; readonly tls: boolean }
  | { readonly kind: 'relay'; readonly relay: Relay }
);

export class Topology {
  readonly members: readonly Member[];
  /** Whether somebody said so; else the files were given together, and their addresses fit. */
  readonly isStated: boolean;
  readonly machines: ReadonlySet<Machine>;
  readonly #endpoints = new Map<Member, readonly Endpoint[]>();
  readonly #index = new Map<Machine, Map<number | string, Endpoint[]>>();
  #ports: ReadonlySet<number> | undefined;
  #links: readonly Link[] | undefined;

  /** `others`: machines without a config, of which it is known how they are reached. */
  constructor(members: readonly Member[], isStated: boolean, others: readonly Machine[] = []) {
    this.members = members;
    this.isStated = isStated;
    this.machines = new Set([...members.map(({ machine }) => machine), ...others]);
  }

  endpointsOf(member: Member): readonly Endpoint[] {
    let endpoints = this.#endpoints.get(member);
    if (!endpoints) this.#endpoints.set(member, (endpoints = findEndpoints(member)));
    return endpoints;
  }

  relaysOf({ config, targets }: Member): readonly Relay[] {
    return serverOf(config.dialect).relays?.(config, targets) ?? [];
  }

  /** Who takes a connection that the member opens: one, none, or several where it cannot be told. `port` undefined: `host` is the path of a socket. */
  reach(from: Member, host: string, port: number | undefined, isUdp = false): readonly Endpoint[] {
    if (port === undefined) return this.#at(from.machine, `unix:${host}`);
    if (!this.#portsInUse.has(port)) return nobody;
    const bare = bareName(host);
    const found: Endpoint[] = [];
    for (const asked of this.#places(from.machine, bare, port))
      for (const endpoint of this.#at(asked.machine, asked.port))
        if (endpoint.isUdp === isUdp && takes(endpoint.address, asked)) found.push(endpoint);
    return nearest(found);
  }

  /** Where the name may lead. */
  #places(from: Machine, bare: string, port: number): readonly Asked[] {
    const asked: Asked[] = [];
    const isAddress = parseNetwork(bare) !== undefined;
    const alias = from.aliases?.get(bare);
    if (alias) asked.push({ machine: alias, port, host: undefined, isNamed: true });
    else if (isLoopbackHost(bare)) asked.push({ machine: from, port, host: bare, isNamed: true });
    else
      for (const machine of this.machines) {
        const isNamed = machine.names.has(bare);
        // Whoever listens on the very address has it.
        if (canReach(from, machine) && (isNamed || isAddress))
          asked.push({ machine, port, host: isAddress ? bare : undefined, isNamed });
      }
    return asked.flatMap((each) => {
      const forwards = each.isNamed ? (each.machine.forwards.get(port) ?? []) : [];
      const open = forwards.filter(
        ({ address }) => address === undefined || (each.host !== undefined && takes(address, each)),
      );
      return [each, ...open.map((forward) => ({ ...forward, host: undefined, isNamed: true }))];
    });
  }

  /** Where anybody listens, or a port of a machine leads on: what goes elsewhere needs no further look. */
  get #portsInUse(): ReadonlySet<number> {
    return (this.#ports ??= new Set([
      ...this.members.flatMap((member) => this.endpointsOf(member).flatMap(({ port }) => port ?? [])),
      ...[...this.machines].flatMap(({ forwards }) => [...forwards.keys()]),
    ]));
  }

  /** The endpoints of a port, or of a socket in the file system. */
  #at(machine: Machine, place: number | string): readonly Endpoint[] {
    let index = this.#index.get(machine);
    if (!index) {
      this.#index.set(machine, (index = new Map<number | string, Endpoint[]>()));
      for (const member of this.members) {
        if (member.machine !== machine) continue;
        for (const endpoint of this.endpointsOf(member)) {
          const key = endpoint.port ?? endpoint.address;
          const same = index.get(key);
          if (same) same.push(endpoint);
          else index.set(key, [endpoint]);
        }
      }
    }
    return index.get(place) ?? [];
  }

  /** In the order of the members and what they write. */
  get links(): readonly Link[] {
    return (this.#links ??= this.members.flatMap((from) => [...this.#routeLinks(from), ...this.#relayLinks(from)]));
  }

  #routeLinks(from: Member): Link[] {
    const links: Link[] = [];
    const ports = this.#portsInUse;
    for (const { routes } of from.model.virtualHosts)
      for (const route of routes) {
        const { handler } = route;
        if (handler.kind !== 'proxy' || route.preemptedBy || leadsElsewhere(handler, ports)) continue;
        for (const { host, port, tls, place } of targetsOf(handler)) {
          const [to, ...others] = this.reach(from, host, port);
          if (to && others.length === 0) links.push({ kind: 'route', from, to, route, tls, place });
        }
      }
    return links;
  }

  #relayLinks(from: Member): Link[] {
    return this.relaysOf(from).flatMap((relay) =>
      relay.targets.flatMap(({ host, port }): Link[] => {
        const [to, ...others] = this.reach(from, host, port, relay.isUdp);
        return to && others.length === 0 ? [{ kind: 'relay', from, to, relay, place: relay.place }] : [];
      }),
    );
  }
}

const nobody: readonly Endpoint[] = [];

function findEndpoints(member: Member): Endpoint[] {
  const http = member.model.listeners.flatMap((listener): Endpoint[] => {
    const { address, port, tls, proxyProtocol, http3, directives } = listener;
    const isSocket = address.startsWith('unix:');
    if (http3 || (port === unknown && !isSocket)) return [];
    const place = directives[0] && headerOf(directives[0]);
    const number = isSocket || port === unknown ? undefined : port;
    return [{ member, listener, socket: undefined, address, port: number, isUdp: false, tls, proxyProtocol, place }];
  });
  const { config, targets } = member;
  const sockets = new Set(
    serverOf(config.dialect)
      .relays?.(config, targets)
      .flatMap((relay) => relay.sockets),
  );
  const relayed = [...sockets].map((socket) => ({ member, listener: undefined, socket, ...socket }));
  return [...http, ...relayed];
}

/** A socket of the very address hides that of all addresses on the machine; both families of a name are one. */
function nearest(found: readonly Endpoint[]): readonly Endpoint[] {
  const special = found.filter(({ address }) => !/^(?:\*|\[?::\]?|0\.0\.0\.0)$/.test(address));
  const candidates = special.length > 0 ? special : found;
  const [first, ...others] = candidates;
  const isSame = (other: Endpoint): boolean =>
    other.member === first!.member && other.tls === first!.tls && other.proxyProtocol === first!.proxyProtocol;
  return first && others.every(isSame) ? [first] : candidates;
}
