import type { Certainty, Scope } from '../../model.ts';
import type { Directive } from '../../syntax.ts';
import type { Item, Level } from './level.ts';

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
]);

/** What holds at a server, a virtual host, or a section merged over them. `outer` is what it was merged over. */
export class ApacheScope implements Scope {
  readonly directive: Directive | undefined;
  readonly outer: ApacheScope | undefined;
  readonly level: Level;
  /** False where it is not known whether the section applies at all (`<If>`, a regular expression). */
  readonly certain: boolean;
  readonly open: boolean;

  readonly #isWhole: boolean;

  /** `isWhole`: for the outermost scope, whether all that the server reads was seen. */
  constructor(
    level: Level,
    directive: Directive | undefined,
    outer: ApacheScope | undefined,
    certain = true,
    isWhole = false,
  ) {
    this.#isWhole = isWhole;
    this.level = level;
    this.directive = directive;
    this.outer = outer;
    this.certain = certain;
    this.open = level.open;
  }

  own(key: string): readonly Directive[] {
    return this.level.named(key).map((item) => item.directive);
  }

  effective(key: string): readonly Directive[] {
    return this.items(key).map((item) => item.directive);
  }

  certainty(_key: string): Certainty {
    if (this.open) return 'unread';
    return this.outer?.certainty(_key) ?? (this.#isWhole ? 'known' : 'surroundings');
  }

  /** As {@link effective}, with the certainty of each. */
  items(key: string): readonly Item[] {
    const own = this.certain
      ? this.level.named(key)
      : this.level.named(key).map(({ directive }) => ({ directive, certain: false }));
    if (accumulating.has(key))
      return own.length > 0 ? [...(this.outer?.items(key) ?? []), ...own] : (this.outer?.items(key) ?? []);
    if (own.length === 0) return this.outer?.items(key) ?? [];
    return replacing.has(key) ? own : own.slice(-1);
  }

  /** The one that counts of a directive that is set once; undefined where the default holds. */
  setting(key: string): (Item & { readonly inherited: boolean }) | undefined {
    const item = this.items(key).at(-1);
    return item && { ...item, inherited: this.level.named(key).length === 0 };
  }
}
