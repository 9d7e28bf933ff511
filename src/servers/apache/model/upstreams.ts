import { unknown, type Upstream, type UpstreamServer } from '../../../model/model.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';
import type { Environment } from '../meaning/environment.ts';
import { readLevel, type Level } from '../meaning/levels.ts';
import { schemeOf } from '../../../model/scheme.ts';
import { balancerName } from '../meaning/target.ts';

type Group = Upstream & { readonly servers: UpstreamServer[] };

/** Parameters of a backend (`timeout=5`), of ProxyPass, BalancerMember and ProxySet, by the URL or group they are for. */
export interface WorkerSettings {
  /** By lower-cased group name. */
  readonly upstreams: ReadonlyMap<string, Upstream>;
  /** Words `key=value` that ProxySet and BalancerMember give, by the URL as written. */
  readonly parameters: ReadonlyMap<string, readonly Word[]>;
}

/** The directives that say something of a group or worker. */
export const workerKeys: ReadonlySet<string> = new Set(['proxy', 'balancermember', 'proxyset']);

/** Reads the balancer groups and worker parameters of some levels, each level with what follows from its `<Proxy>` sections. */
export function readWorkers(levels: readonly Level[], environment: Environment): WorkerSettings {
  const reader = new WorkerReader(environment);
  for (const level of levels) reader.level(level, undefined);
  return reader;
}

class WorkerReader implements WorkerSettings {
  readonly upstreams = new Map<string, Group>();
  readonly parameters = new Map<string, Word[]>();
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** `url`: that of the `<Proxy>` section whose level it is. */
  level(level: Level, url: string | undefined): void {
    for (const { directive, certain } of level.items) {
      if (directive.key === 'proxy') {
        const name = this.#text(directive.args[0]);
        if (name !== undefined && schemeOf(name) === 'balancer') this.#group(name, directive);
        this.level(readLevel(directive.block, this.#environment, certain), name);
      } else if (directive.key === 'balancermember') this.#member(directive, url);
      else if (directive.key === 'proxyset') this.#set(directive, url);
    }
  }

  #text(word: Word | undefined): string | undefined {
    const text = word && this.#environment.text(word);
    return text === unknown ? undefined : text;
  }

  #group(url: string, directive: Directive): Group {
    const name = balancerName(url) ?? '';
    let group = this.upstreams.get(name.toLowerCase());
    if (!group) this.upstreams.set(name.toLowerCase(), (group = { name, directive, servers: [] }));
    return group;
  }

  /** In `<Proxy balancer://x>`: URL and parameters; elsewhere the group comes first. */
  #member(directive: Directive, url: string | undefined): void {
    const words = directive.args;
    const named = url === undefined;
    const group = named ? this.#text(words[0]) : url;
    const address = words[named ? 1 : 0];
    if (group === undefined || !address || schemeOf(group) !== 'balancer') return;
    this.#group(group, directive).servers.push({ directive, address });
    const member = this.#text(address);
    if (member !== undefined) this.#add(member, words.slice(named ? 2 : 1));
  }

  #set(directive: Directive, url: string | undefined): void {
    const named = url === undefined;
    const of = named ? this.#text(directive.args[0]) : url;
    if (of !== undefined) this.#add(of, directive.args.slice(named ? 1 : 0));
  }

  #add(url: string, parameters: readonly Word[]): void {
    const known = this.parameters.get(url);
    if (known) known.push(...parameters);
    else this.parameters.set(url, [...parameters]);
  }
}
