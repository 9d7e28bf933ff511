import { Cache } from '../../../text/cache.ts';
import { nginxDirectives } from '../facts/index.ts';
import type { NginxDirective } from '../facts/types.ts';
import type { Certainty, Scope } from '../../../model/model.ts';
import type { SourceFile, Span } from '../../../text/source.ts';
import type { Block, Directive } from '../../../syntax/tree.ts';
import { hasGap } from '../../../syntax/template-gaps.ts';
import { children } from '../../../syntax/walk.ts';
import { mayAdd } from './unread.ts';
import { wordTable } from '../../../text/word-table.ts';

const none: readonly never[] = [];
/** Below this count, looking through the directives is cheaper than an index of them. */
const indexFrom = 16;

/**
 * `main`: the top of a whole config. `http-fragment`: the top of what stands in `http`; `fragment`: the top of a smaller piece; the levels
 * around them are not in the text.
 */
export type ScopeKind = 'main' | 'http-fragment' | 'fragment' | 'inner';

const inheritanceSwitches: Readonly<Record<string, string | undefined>> = wordTable({
  add_header: 'add_header_inherit',
  add_trailer: 'add_trailer_inherit',
});

/** Where the parser had to guess, by file: the levels around such a place may have lost or gained directives. */
export type Damage = ReadonlyMap<SourceFile, readonly Span[]>;

/** What all levels of a config share. */
export interface ScopeContext {
  readonly damage: Damage;
  /** The keys of all directives in the config: most that rules ask for are not among them. */
  readonly keys: { has(key: string): boolean };
}

/** One level of an nginx config: the top, `http`, `server`, `location`, `if`, `limit_except`. */
export class NginxScope implements Scope {
  readonly directive: Directive | undefined;
  readonly outer: NginxScope | undefined;
  readonly directives: readonly Directive[];
  readonly kind: ScopeKind;
  #index: Map<string, Directive[]> | undefined;
  readonly #block: Block;
  readonly #context: ScopeContext;
  #unread: readonly Directive[] | undefined;
  #isDamaged: boolean | undefined;
  #keys: ReadonlySet<string> | undefined;

  constructor(block: Block, around: NginxScope | ScopeContext, kind: ScopeKind = 'inner') {
    this.outer = around instanceof NginxScope ? around : undefined;
    this.#context = around instanceof NginxScope ? around.#context : around;
    this.#block = block;
    this.directive = kind === 'inner' ? block.owner : undefined;
    this.directives = children(block);
    this.kind = kind;
  }

  own(key: string): readonly Directive[] {
    if (!this.#context.keys.has(key)) return none;
    if (this.directives.length >= indexFrom) return (this.#index ??= indexOf(this.directives)).get(key) ?? none;
    let found: Directive[] | undefined;
    for (const directive of this.directives) if (directive.key === key) (found ??= []).push(directive);
    return found ?? none;
  }

  keys(): ReadonlySet<string> {
    return (this.#keys ??= new Set([...(this.outer?.keys() ?? []), ...this.directives.map(({ key }) => key)]));
  }

  effective(key: string): readonly Directive[] {
    if (!this.#context.keys.has(key)) return none;
    const inheritedBy = inheritanceSwitches[key];
    return inheritedBy ? this.#merged(key, inheritedBy) : (this.level(key)?.own(key) ?? none);
  }

  /** Since 1.29.3 a switch says whether a level replaces the outer list, adds to it, or goes without. */
  #merged(key: string, inheritedBy: string): readonly Directive[] {
    const own = this.own(key);
    if (!this.outer) return own;
    const mode = this.effective(inheritedBy).at(-1)?.args[0]?.value.toLowerCase();
    if (mode === 'off' || (own.length > 0 && mode !== 'merge')) return own;
    const inherited = this.outer.effective(key);
    return own.length > 0 ? [...own, ...inherited] : inherited;
  }

  /** The level whose directives of this key (or its group) hold here; undefined where the default does. */
  level(key: string): NginxScope | undefined {
    return this.#level(key, factsOf(key));
  }

  #level(key: string, facts: NginxDirective | undefined): NginxScope | undefined {
    if (this.#has(key, facts)) return this;
    if (!this.outer || facts?.inheritance === 'not-inherited') return undefined;
    return this.outer.#level(key, facts);
  }

  get open(): boolean {
    return this.#damaged || this.#unreadDirectives().length > 0;
  }

  certainty(key: string): Certainty {
    const facts = factsOf(key);
    const found = this.#has(key, facts);
    // A second one on this level would be refused, so nothing unread can replace it.
    if (found && facts?.inheritance === 'scalar' && facts.duplicate === 'error') return 'known';
    if (this.kind !== 'main' && this.#mayHoldUnread(key)) return 'unread';
    if ((found && !this.#addsTo(key)) || facts?.inheritance === 'not-inherited') return 'known';
    if (this.kind === 'http-fragment') return 'surroundings';
    return this.kind === 'fragment' ? 'unread' : (this.outer?.certainty(key) ?? 'known');
  }

  #has(key: string, facts: NginxDirective | undefined): boolean {
    if (this.#hasKey(key)) return true;
    return facts !== undefined && facts.group.length > 1 && facts.group.some((other) => this.#hasKey(other));
  }

  #addsTo(key: string): boolean {
    const inheritedBy = inheritanceSwitches[key];
    return inheritedBy !== undefined && this.effective(inheritedBy).at(-1)?.args[0]?.value.toLowerCase() === 'merge';
  }

  #hasKey(key: string): boolean {
    if (!this.#context.keys.has(key)) return false;
    if (this.directives.length >= indexFrom) return this.own(key).length > 0;
    for (const directive of this.directives) if (directive.key === key) return true;
    return false;
  }

  #mayHoldUnread(key: string): boolean {
    return this.#damaged || this.#unreadDirectives().some((directive) => mayAdd(directive, key));
  }

  get #damaged(): boolean {
    return (this.#isDamaged ??= this.#isMisread() || hasGap(this.#block));
  }

  #isMisread(): boolean {
    const spans = this.#context.damage.get(this.#block.file);
    const { start, end } = this.#block;
    return spans !== undefined && spans.some((span) => start <= span.start && span.start <= end);
  }

  #unreadDirectives(): readonly Directive[] {
    if (this.#unread) return this.#unread;
    const found = this.directives.filter((directive) => mayAdd(directive));
    return (this.#unread = found.length > 0 ? found : none);
  }
}

function indexOf(directives: readonly Directive[]): Map<string, Directive[]> {
  const index = new Map<string, Directive[]>();
  for (const directive of directives) {
    const list = index.get(directive.key);
    if (list) list.push(directive);
    else index.set(directive.key, [directive]);
  }
  return index;
}

/** The definition of the http modules, or the only one; looked up once a key. */
function factsOf(key: string): NginxDirective | undefined {
  let facts = cachedFacts.get(key);
  if (facts !== undefined) return facts ?? undefined;
  const definitions = nginxDirectives(key);
  facts = definitions.find(({ module }) => module.startsWith('ngx_http_')) ?? definitions[0] ?? null;
  cachedFacts.set(key, facts);
  return facts ?? undefined;
}

const cachedFacts = new Cache<string, NginxDirective | null>(5000);
