import type { Certainty, Scope } from '../../../model/model.ts';
import type { Directive } from '../../../syntax/tree.ts';
import type { Item, Level } from './levels.ts';

/**
 * Directives of which each one counts, those of outer levels before those of inner ones. Of any other directive the last
 * one of the innermost level that has it counts (`Require` and its 2.2 forms: all those of that level).
 */
const accumulating = new Set([
  'header',
  'requestheader',
  'proxypass',
  'proxypassmatch',
  'proxypassreverse',
  'proxypassreversecookiedomain',
  'proxypassreversecookiepath',
  'noproxy',
  'proxyblock',
  'proxyremote',
  'alias',
  'aliasmatch',
  'scriptalias',
  'scriptaliasmatch',
  'redirect',
  'redirectmatch',
  'redirectpermanent',
  'redirecttemp',
  'setenv',
  'setenvif',
  'setenvifnocase',
  'browsermatch',
  'browsermatchnocase',
  'passenv',
  'unsetenv',
  'errordocument',
  'addtype',
  'addhandler',
  'addencoding',
  'addcharset',
  'addoutputfilter',
  'addoutputfilterbytype',
  'customlog',
  'transferlog',
  'listen',
  'balancermember',
  'proxyset',
]);

/** Of these a level that has one of its own replaces what the outer levels have. */
const replacing = new Set([
  'require',
  'order',
  'allow',
  'deny',
  'rewriterule',
  'rewritecond',
  'sslcertificatefile',
  'sslcertificatekeyfile',
  'serveralias',
  'remoteiptrustedproxy',
  'remoteipinternalproxy',
]);

const none: readonly never[] = [];

/** The keys of all directives in a config. */
interface Keys {
  has(key: string): boolean;
}

/** What holds at a server, a virtual host, or a section merged over it. `outer` is what it was merged over. */
export class ApacheScope implements Scope {
  readonly directive: Directive | undefined;
  readonly outer: ApacheScope | undefined;
  readonly level: Level;
  readonly open: boolean;
  /** False where it is not known whether the section applies at all (`<If>`, a regular expression). */
  readonly #certain: boolean;
  readonly #inherited: Certainty;
  /** The scopes merged over this one. */
  #certainOnes: Map<Level, ApacheScope> | undefined;
  #uncertainOnes: Map<Level, ApacheScope> | undefined;
  #items: Map<string, readonly Item[]> | undefined;
  readonly #keys: Keys | undefined;

  /** For the outermost scope: `isWhole`, whether all that the server reads was seen, and `keys`, those of all directives of the config. */
  constructor(
    level: Level,
    directive: Directive | undefined,
    outer: ApacheScope | undefined,
    { certain = true, isWhole = false, keys }: { certain?: boolean; isWhole?: boolean; keys?: Keys } = {},
  ) {
    this.level = level;
    this.directive = directive;
    this.outer = outer;
    this.open = level.open;
    this.#certain = certain;
    this.#keys = outer ? outer.#keys : keys;
    this.#inherited = outer ? outer.certainty() : isWhole ? 'known' : 'surroundings';
  }

  /** The scope of a section merged over this one; the same each time, so that routes with the same sections share it. */
  merge(level: Level, directive: Directive, certain: boolean): ApacheScope {
    const known = certain ? (this.#certainOnes ??= new Map()) : (this.#uncertainOnes ??= new Map());
    let scope = known.get(level);
    if (!scope) known.set(level, (scope = new ApacheScope(level, directive, this, { certain })));
    return scope;
  }

  own(key: string): readonly Directive[] {
    return this.#mayHave(key) ? this.level.named(key).map((item) => item.directive) : none;
  }

  keys(): ReadonlySet<string> {
    return keysFrom(this);
  }

  effective(key: string): readonly Directive[] {
    const items = this.items(key);
    return items.length === 0 ? none : items.map((item) => item.directive);
  }

  certainty(_key?: string): Certainty {
    return this.open ? 'unread' : this.#inherited;
  }

  /** As {@link effective}, with the certainty of each. */
  items(key: string): readonly Item[] {
    if (!this.#mayHave(key)) return none;
    this.#items ??= new Map();
    let items = this.#items.get(key);
    if (!items) this.#items.set(key, (items = collect(this, key)));
    return items;
  }

  /** Those of this very level, uncertain where the level is. */
  ownItems(key: string): readonly Item[] {
    const own = this.level.named(key);
    return this.#certain ? own : own.map(({ directive }) => ({ directive, certain: false }));
  }

  /** Most that rules ask for occurs nowhere in the config. */
  #mayHave(key: string): boolean {
    return this.#keys === undefined || this.#keys.has(key);
  }

  /** The one that counts of a directive that is set once; undefined where the default holds. */
  setting(key: string): (Item & { readonly inherited: boolean }) | undefined {
    const item = this.items(key).at(-1);
    return item && { ...item, inherited: this.level.named(key).length === 0 };
  }
}

function keysFrom(innermost: ApacheScope): ReadonlySet<string> {
  const keys = new Set<string>();
  for (let scope: ApacheScope | undefined = innermost; scope; scope = scope.outer)
    for (const { directive } of scope.level.items) keys.add(directive.key);
  return keys;
}

/** A loop, not a recursion: thousands of sections may lie over each other. */
function collect(innermost: ApacheScope, key: string): readonly Item[] {
  const levels: (readonly Item[])[] = [];
  for (let scope: ApacheScope | undefined = innermost; scope; scope = scope.outer) {
    const own = scope.ownItems(key);
    if (own.length === 0) continue;
    if (!accumulating.has(key)) return replacing.has(key) ? own : own.slice(-1);
    levels.push(own);
  }
  return levels.length === 1 ? levels[0]! : levels.reverse().flat();
}
