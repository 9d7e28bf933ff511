import type { Config } from '../../../syntax/config.ts';
import { captureGroups } from '../../../regex/captures.ts';
import { enclosing, type Block, type Directive } from '../../../syntax/tree.ts';
import { children, directivesByKey } from '../../../syntax/walk.ts';
import { definedBy, definingDirectives } from './definers.ts';
import { conditionRegex, locationMatch } from './match.ts';

/** Names are compared without regard to case, as nginx does. */
export interface Definitions {
  /** What defines the variable for a request that meets `at`: `set` of the same server, `map` and the like of the config. */
  of(name: string, at: Directive): readonly Directive[];
  /**
   * The same, but if the block of `at` sets the variable itself, only what may come after that: rewrite directives run in the order written, and
   * those of another location do not run.
   */
  before(name: string, at: Directive): readonly Directive[];
  /** Whether some server defines the variable for itself. */
  isLocal(name: string): boolean;
  /** Whether a regular expression somewhere has a group of that name. */
  isCapture(name: string): boolean;
}

export function definitionsOf(config: Config): Definitions {
  const byName = new Map<string, Map<Directive | undefined, Directive[]>>();
  const local = new Set<string>();
  const byKey = directivesByKey(config.file.root);
  for (const key of definingDirectives) {
    for (const directive of byKey.get(key) ?? []) {
      const bare = definedBy(directive);
      if (bare === undefined) continue;
      const byServer = byName.get(bare) ?? new Map<Directive | undefined, Directive[]>();
      byName.set(bare, byServer);
      const server = serverAround(directive);
      if (server) local.add(bare);
      const list = byServer.get(server);
      if (list) list.push(directive);
      else byServer.set(server, [directive]);
    }
  }
  const captures = groupNames(byKey);
  let setsByBlock: ReadonlyMap<string, ReadonlyMap<Block, BlockSets>> | undefined;
  const definitions: Definitions = {
    of(name, at) {
      const byServer = byName.get(name.toLowerCase());
      if (!byServer) return [];
      const server = serverAround(at);
      if (server === undefined) return [...byServer.values()].flat();
      const [shared, own] = [byServer.get(undefined), byServer.get(server)];
      return shared && own ? [...shared, ...own] : (shared ?? own ?? []);
    },
    before(name, at) {
      const byBlock = (setsByBlock ??= setsOf(byKey.get('set') ?? [])).get(name.toLowerCase());
      const own = byBlock?.get(at.parent);
      return own ? [own.last, ...own.inConditions] : definitions.of(name, at);
    },
    isLocal: (name) => local.has(name.toLowerCase()),
    isCapture: (name) => captures.has(name.toLowerCase()),
  };
  return definitions;
}

/** What a block sets a variable to: by the last `set` of its own, and under conditions in it. */
interface BlockSets {
  last: Directive;
  readonly inConditions: Directive[];
}

/** By variable; only blocks with a `set` of their own. */
function setsOf(sets: readonly Directive[]): Map<string, Map<Block, BlockSets>> {
  const byName = new Map<string, Map<Block, BlockSets>>();
  for (const directive of sets) {
    const name = nameOf(directive);
    let byBlock = byName.get(name);
    if (!byBlock) byName.set(name, (byBlock = new Map<Block, BlockSets>()));
    const own = byBlock.get(directive.parent);
    if (own) own.last = directive;
    else byBlock.set(directive.parent, { last: directive, inConditions: [] });
  }
  for (const directive of sets) {
    const { owner } = directive.parent;
    if (owner?.key === 'if') byName.get(nameOf(directive))?.get(owner.parent)?.inConditions.push(directive);
  }
  return byName;
}

function nameOf({ args }: Directive): string {
  return args[0]?.value.replace(/^\$/, '').toLowerCase() ?? '';
}

/** Names of the groups in all regular expressions. */
function groupNames(byKey: ReadonlyMap<string, readonly Directive[]>): Set<string> {
  const names = new Set<string>();
  for (const key of regexKeys) {
    for (const directive of byKey.get(key) ?? []) {
      for (const { pattern } of regexesOf(directive)) {
        if (!pattern.includes('(?')) continue;
        for (const { name } of captureGroups(pattern)) if (name !== undefined) names.add(name.toLowerCase());
      }
    }
  }
  return names;
}

/** The `server` around a directive, or itself; undefined at the level of `http`. */
export function serverAround(directive: Directive): Directive | undefined {
  for (let outer: Directive | undefined = directive; outer; outer = enclosing(outer)) {
    if (outer.key === 'server') return outer;
  }
  return undefined;
}

export interface RegexUse {
  readonly directive: Directive;
  readonly pattern: string;
  /** The text that is matched, with its variables. */
  readonly subject: string;
}

/**
 * The regular expressions that may have run before `at`: its own, those beside and around it, and the server's name. `numbered`: those
 * whose numbered groups may still be there; the expression that led into a block has replaced all earlier ones.
 */
export function regexesAround(at: Directive, numbered: boolean): RegexUse[] {
  const own = regexesOf(at);
  if (at.key === 'rewrite') return own;
  const found = [...own];
  for (let level: Directive | undefined = at; level; level = enclosing(level)) {
    const led = level === at || conditionRegex(level)?.negated ? [] : regexesOf(level);
    found.push(...led);
    if (numbered && led.length > 0) break;
    const from = level;
    const beside = children(level.parent).filter((directive) => directive !== from && besideKeys.has(directive.key));
    found.push(...beside.flatMap((directive) => regexesOf(directive)));
    if (level.key === 'server') break;
  }
  return found;
}

const besideKeys: ReadonlySet<string> = new Set(['rewrite', 'server_name', 'if']);

/** The directives in which {@link regexesOf} looks. */
const regexKeys = ['rewrite', 'location', 'server_name', 'if'];

export function regexesOf(directive: Directive): RegexUse[] {
  const { key, args } = directive;
  if (key === 'rewrite' && args[0]) return [{ directive, pattern: args[0].value, subject: '$uri' }];
  if (key === 'location') {
    const { kind, pattern } = locationMatch(directive);
    return kind === 'regex' ? [{ directive, pattern, subject: '$uri' }] : [];
  }
  if (key === 'server_name') {
    const names = args.filter(({ value }) => value.startsWith('~'));
    return names.map(({ value }) => ({ directive, pattern: value.slice(1), subject: '$host' }));
  }
  const condition = conditionRegex(directive);
  return condition ? [{ directive, pattern: condition.pattern, subject: condition.subject }] : [];
}
