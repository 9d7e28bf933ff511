import { apacheDirective } from '../facts/index.ts';
import type { ApacheContext, ApacheDirective } from '../facts/types.ts';
import type { Config } from '../../../syntax/config.ts';
import { once } from '../../../text/once.ts';
import { headerOf, type Block, type Directive } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import { isBefore, type Targets } from '../../../model/versions.ts';
import { loadsUnknownModule } from '../meaning/loaded-modules.ts';
import { ApacheSections, isConditional } from '../meaning/section-kinds.ts';
import { judgeArguments } from './arguments.ts';
import { Branches, type Around } from './around.ts';
import { judgeAvailability } from './availability.ts';
import { isForAnotherServer, isOfAnotherModule } from './conditions.ts';
import { judgeExpressions, type ExpressionReader } from './expressions.ts';
import { containersOfLevel, innerAround, judgeContext } from './contexts.ts';
import { judgeValues } from './handlers.ts';
import { judgeAuthorization } from './modules/authz-sections.ts';
import { DefinedOnce } from './modules/defined-once.ts';
import { judgeBranch } from './modules/core.ts';
import { Listeners } from './modules/listen.ts';
import { Macros } from './modules/mod-macro.ts';
import { ProxyNames } from './modules/proxy-names.ts';
import { judgeLogModules } from './modules/log-modules.ts';
import { judgeForm, Names } from './names.ts';
import { judgeObsolete } from './obsolete.ts';
import { Providers } from './providers.ts';
import type { Refusal } from './refusal.ts';
import { Words } from './words.ts';

const results = new WeakMap<Config, { readonly targets: Targets; readonly refusals: () => readonly Refusal[] }>();

/** All that httpd would refuse, and what is obsolete, in the order of the config. */
export function analyze(config: Config, targets: Targets): readonly Refusal[] {
  const known = results.get(config);
  if (known?.targets === targets) return known.refusals();
  const refusals = once(() => new Analysis(config, targets).run());
  results.set(config, { targets, refusals });
  return refusals();
}

class Analysis {
  readonly #config: Config;
  readonly #targets: Targets;
  readonly #sections: ApacheSections;
  readonly #refusals: Refusal[] = [];
  readonly #names = new Names();
  readonly #words: Words;
  readonly #listeners = new Listeners();
  readonly #definedOnce = new DefinedOnce();
  readonly #macros: Macros;
  readonly #proxyNames: ProxyNames;
  readonly #providers: Providers;
  readonly #expressions: ExpressionReader;

  readonly #loadsUnknown: () => boolean;

  constructor(config: Config, targets: Targets) {
    this.#loadsUnknown = once(() => loadsUnknownModule(config));
    this.#config = config;
    this.#targets = targets;
    this.#sections = new ApacheSections(config, targets);
    this.#words = new Words(this.#sections.environment);
    this.#macros = new Macros(config);
    this.#proxyNames = new ProxyNames(config.complete);
    const { modules } = this.#sections;
    this.#providers = new Providers(config, modules);
    this.#expressions = {
      read: config.file.readExpression,
      target: targets.apache,
      open: modules.certain && !modules.closed,
    };
  }

  run(): readonly Refusal[] {
    const containers = containersOfLevel(this.#config, (directive, around) => this.#isWrongIn(directive, around));
    this.#block(this.#config.file.root, {
      containers,
      authorization: undefined,
      branches: new Branches(),
      certain: true,
    });
    return this.#refusals;
  }

  #isWrongIn(directive: Directive, containers: readonly ApacheContext[]): boolean {
    const expanded = this.#words.expand(directive);
    const around = { containers, authorization: undefined, branches: new Branches(), certain: true };
    return expanded !== undefined && judgeValues(expanded, around) !== undefined;
  }

  #block(block: Block, around: Around): void {
    for (const directive of children(block)) this.#directive(directive, around);
  }

  #directive(directive: Directive, around: Around): void {
    const refused = this.#judge(directive, around);
    const found = refused ?? judgeObsolete(directive, this.#targets.apache, around.certain);
    if (found) this.#refusals.push(this.#seenFromUse(found));
    if (directive.key === 'use' && !refused) this.#macros.expand(directive, (body) => this.#block(body, around));
    if (!directive.block) return;
    const read = this.#sections.isRead(directive);
    if (read !== true && isConditional(directive)) around.branches.doubt();
    if (read === false && !this.#sections.isAssumedAway(directive)) return;
    this.#block(directive.block, innerAround(directive, around, read === true && around.certain));
  }

  /** In the body of a macro it depends on the arguments what is wrong. */
  #seenFromUse(found: Refusal): Refusal {
    const { use } = this.#macros;
    return use ? { ...found, related: [{ at: headerOf(use), message: 'the macro is used here' }] } : found;
  }

  #judge(directive: Directive, around: Around): Refusal | undefined {
    if (!this.#words.hasName(directive)) return undefined;
    const { certain } = around;
    const facts = apacheDirective(directive.key);
    if (!facts)
      return this.#loadsUnknown() || (!certain && isOfAnotherModule(directive, this.#sections))
        ? this.#names.slip(directive)
        : this.#names.unknown(directive);
    if (facts.status === 'Third-party') return undefined;
    const { apache: target } = this.#targets;
    return (
      (certain || !isForAnotherServer(directive)
        ? judgeAvailability(directive, facts, target, this.#sections.modules)
        : undefined) ??
      judgeForm(directive, facts) ??
      judgeContext(directive, facts, around) ??
      (certain ? judgeBranch(directive, around) : undefined) ??
      // The tables describe 2.4; what 2.2 made of the arguments is not known.
      (target && isBefore(target, '2.4') ? undefined : this.#judgeWords(directive, facts, around))
    );
  }

  #judgeWords(directive: Directive, facts: ApacheDirective, around: Around): Refusal | undefined {
    const expanded = this.#words.expand(directive);
    if (!expanded) return this.#words.isCountable(directive) ? judgeArguments(directive, facts) : undefined;
    return (
      judgeArguments(expanded, facts) ??
      this.#providers.judge(expanded) ??
      judgeLogModules(expanded, this.#sections.modules) ??
      judgeValues(expanded, around) ??
      (around.certain ? judgeExpressions(expanded, around, this.#expressions) : undefined) ??
      // Alternatives under conditions may define the same.
      (around.certain
        ? (this.#macros.judge(expanded) ??
          this.#listeners.judge(expanded) ??
          this.#definedOnce.judge(expanded) ??
          this.#proxyNames.judge(expanded) ??
          judgeAuthorization(directive, around, this.#sections))
        : undefined)
    );
  }
}
