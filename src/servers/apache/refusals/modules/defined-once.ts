/** What httpd takes once only, or what belongs together with an earlier line: judged by the lines before it. */
import { atoi } from '../../facts/numbers.ts';
import type { Block, Directive, Word } from '../../../../syntax/tree.ts';
import { refusal, type Refusal } from '../refusal.ts';
import { serverOf } from '../servers.ts';
import { wordTable } from '../../../../text/word-table.ts';

/** Names that a directive may define once, and what they are. */
const definitions: Readonly<Record<string, { readonly what: string; readonly at: number }>> = wordTable({
  authnprovideralias: { what: 'a provider', at: 1 },
  extfilterdefine: { what: 'a filter', at: 0 },
});
const single = /^heartbeat(?:address|listen)$/;
const exclusive: readonly (readonly [string, string])[] = [
  ['allow0.9', 'require1.0'],
  ['strict', 'unsafe'],
  ['registeredmethods', 'lenientmethods'],
];
const longestCachePath = 20;
const mostSubgroupAttributes = 10;

/** Remembers the lines of one config. */
export class DefinedOnce {
  readonly #names = new Set<string>();
  readonly #protocolOptions = new Map<Block, Set<string>>();
  readonly #subgroupAttributes = new Map<Block, number>();
  readonly #filters = new Map<Block, Map<string, Set<string>>>();
  readonly #cachePaths = new Map<Block, { levels: number; length: number }>();

  judge(directive: Directive): Refusal | undefined {
    const { key, args } = directive;
    if (single.test(key)) return this.#define(directive, key, 'it may stand there once only');
    if (key === 'httpprotocoloptions') return this.#judgeProtocolOptions(directive);
    if (key === 'cachedirlevels' || key === 'cachedirlength') return this.#judgeCachePath(directive, args[0]);
    if (key === 'authldapsubgroupattribute') return this.#countSubgroupAttribute(directive);
    if (/^filter(?:declare|provider|protocol)$/.test(key)) return this.#judgeFilter(directive);
    const definition = Object.hasOwn(definitions, key) ? definitions[key] : undefined;
    const name = definition && args[definition.at];
    if (!name) return undefined;
    const id = `${key} ${key === 'extfilterdefine' ? name.value.toLowerCase() : name.value}`;
    return this.#define(directive, id, `${definition.what} of the name "${name.value}" is defined already`, name);
  }

  #countSubgroupAttribute(directive: Directive): Refusal | undefined {
    const count = (this.#subgroupAttributes.get(directive.parent) ?? 0) + 1;
    this.#subgroupAttributes.set(directive.parent, count);
    return count > mostSubgroupAttributes
      ? refusal(directive, `a section takes ${mostSubgroupAttributes} of them`)
      : undefined;
  }

  /** `filter_protocol` of mod_filter: the filter is declared in the same section. */
  #judgeFilter(directive: Directive): Refusal | undefined {
    const { key, args, parent } = directive;
    const [name, provider, protocol] = args;
    if (!name) return undefined;
    const filters = this.#filters.get(parent) ?? new Map<string, Set<string>>();
    this.#filters.set(parent, filters);
    const known = filters.get(name.value);
    if (key !== 'filterprotocol') {
      const providers = known ?? new Set();
      if (key === 'filterprovider' && provider) providers.add(provider.value.toLowerCase());
      filters.set(name.value, providers);
      return undefined;
    }
    if (!parent.owner || parent.directives.some((each) => each.block)) return undefined;
    if (!known) return refusal(directive, `no filter "${name.value}" is declared before it in this section`, name);
    const isMissing = protocol && provider && !known.has(provider.value.toLowerCase());
    return isMissing
      ? refusal(directive, `the filter "${name.value}" has no provider "${provider.value}"`, provider)
      : undefined;
  }

  #define(directive: Directive, id: string, reason: string, word?: Word): Refusal | undefined {
    if (this.#names.has(id)) return refusal(directive, reason, word);
    this.#names.add(id);
    return undefined;
  }

  /** `set_http_protocol_options`: the lines of a server add up. */
  #judgeProtocolOptions(directive: Directive): Refusal | undefined {
    const server = serverOf(directive);
    const options = this.#protocolOptions.get(server) ?? new Set<string>();
    this.#protocolOptions.set(server, options);
    for (const word of directive.args) {
      const option = word.value.toLowerCase();
      options.add(option);
      const pair = exclusive.find((each) => each.includes(option));
      const other = pair?.find((each) => each !== option);
      if (other !== undefined && options.has(other)) {
        return refusal(
          directive,
          `"${word.value}" excludes the other option of its pair, which stands there as well`,
          word,
        );
      }
    }
    return undefined;
  }

  /** `set_cache_dirlevels` and `set_cache_dirlength`. */
  #judgeCachePath(directive: Directive, word: Word | undefined): Refusal | undefined {
    const server = serverOf(directive);
    const path = this.#cachePaths.get(server) ?? { levels: 2, length: 2 };
    this.#cachePaths.set(server, path);
    if (!word) return undefined;
    path[directive.key === 'cachedirlevels' ? 'levels' : 'length'] = atoi(word.value);
    return path.levels * path.length > longestCachePath
      ? refusal(directive, `CacheDirLevels times CacheDirLength must not be more than ${longestCachePath}`, word)
      : undefined;
  }
}
