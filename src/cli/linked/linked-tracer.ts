/** What the configs of a run do with requests. */
import { resolve } from 'node:path';
import type { OpenFile } from '../../lint/open-file.ts';
import type { FileLookup, TraceRequest } from '../../model/trace.ts';
import type { Finding } from '../../rules/finding.ts';
import { loadTracer, lower } from '../../servers/index.ts';
import type { Tracer } from '../../servers/server.ts';
import type { Config } from '../../syntax/config.ts';
import { dialects, type Dialect } from '../../syntax/tree.ts';
import { followRequest, type Hop } from '../../topology/follow.ts';
import { Topology, type Member } from '../../topology/topology.ts';
import type { LinkedFiles } from '../files/read-files.ts';

/** What is known of the files that a config asks for. */
export type LookupOf = (member: Member) => FileLookup;

const nothingKnown: LookupOf = () => () => undefined;

export class LinkedTracer {
  readonly #linked: readonly Topology[];
  /** Configs that belong to no others, each as a topology of its own. */
  readonly #alone: readonly Topology[];
  readonly #owners: ReadonlyMap<Config, OpenFile>;
  readonly #tracers: ReadonlyMap<Dialect, Tracer | undefined>;

  private constructor(
    linked: readonly Topology[],
    alone: readonly Topology[],
    owners: ReadonlyMap<Config, OpenFile>,
    tracers: ReadonlyMap<Dialect, Tracer | undefined>,
  ) {
    this.#linked = linked;
    this.#alone = alone;
    this.#owners = owners;
    this.#tracers = tracers;
  }

  static async of({ files, topologies }: LinkedFiles): Promise<LinkedTracer> {
    const isLinked = new Set(topologies.flatMap(({ members }) => members.map(({ config }) => config)));
    const parts = pathsOf(isLinked);
    const owners = new Map<Config, OpenFile>();
    const alone: Topology[] = [];
    for (const { file, settings, machine } of files) {
      for (const config of await file.read()) {
        owners.set(config, file);
        if (config.file.unread !== undefined || isLinked.has(config) || parts.has(resolve(config.file.source.path)))
          continue;
        const { targets = {} } = settings;
        alone.push(new Topology([{ config, model: lower(config, targets), targets, machine }], false));
      }
    }
    const tracers = new Map<Dialect, Tracer | undefined>();
    for (const dialect of dialects) tracers.set(dialect, await loadTracer(dialect));
    return new LinkedTracer(topologies, alone, owners, tracers);
  }

  /** Every config that takes requests. */
  get members(): readonly Member[] {
    return [...this.#linked, ...this.#alone].flatMap(({ members }) => members);
  }

  /** Each config, and the first thing for which its server would not load it. */
  async refusals(): Promise<readonly (readonly [Config, Finding | undefined])[]> {
    return Promise.all(
      this.members.map(async ({ config }) => [config, await this.#owners.get(config)?.refusalOf(config)] as const),
    );
  }

  /** What each config does with the request and, of those that belong together, each on whose address somebody listens. */
  async trace(request: TraceRequest, lookup: LookupOf = nothingKnown): Promise<readonly Hop[]> {
    const follow = (topology: Topology): Hop[] =>
      topology.members.flatMap(
        (member) =>
          followRequest(topology, member, request, ({ config }) => this.#tracers.get(config.dialect), lookup) ?? [],
      );
    const linked = this.#linked.flatMap((topology) => {
      const hops = follow(topology);
      const met = hops.filter(({ trace }) => trace.outcome.kind !== 'refused');
      return met.length > 0 ? met : hops;
    });
    return Promise.all([...linked, ...this.#alone.flatMap(follow)].map((hop) => this.#withRefusal(hop)));
  }

  /** Each server says at first that it would not load its config. */
  async #withRefusal(hop: Hop): Promise<Hop> {
    const { config } = hop.member;
    const trace = (await this.#owners.get(config)?.withRefusal(config, hop.trace)) ?? hop.trace;
    return { ...hop, trace, next: hop.next && (await this.#withRefusal(hop.next)) };
  }
}

/** Of all files of the configs: what one of them includes is a part of it. */
function pathsOf(configs: Iterable<Config>): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const { files } of configs) for (const { source } of files) paths.add(resolve(source.path));
  return paths;
}
