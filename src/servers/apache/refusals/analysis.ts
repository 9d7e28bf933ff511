import { apacheDirective, apacheDirectiveNames } from '../facts/index.ts';
import type { ApacheContext, ApacheDirective } from '../facts/types.ts';
import type { Config } from '../../../syntax/config.ts';
import { once } from '../../../text/once.ts';
import { unknown, type Unknown } from '../../../model/model.ts';
import { headerOf, placeIn, type Block, type Directive, type Word } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import { editDistance, Suggestions } from '../../../text/suggest.ts';
import { formatVersion, isBefore, type Targets } from '../../../model/versions.ts';
import { deletion } from '../../../edits/lines.ts';
import { ApacheSections, isConditional } from '../meaning/section-kinds.ts';
import { judgeArguments } from './arguments.ts';
import { Branches, judgeBranch } from './branches.ts';
import type { Around } from './around.ts';
import { isForAnotherServer, isOfAnotherModule } from './conditions.ts';
import { containersOfLevel, innerAround, judgeContext } from './contexts.ts';
import type { Fault } from './fault.ts';
import { Macros } from './macros.ts';
import { Providers } from './providers.ts';
import { Listeners } from './values/listeners.ts';
import { judgeValues } from './values/index.ts';

/** Obsolete, and each a matter of its own rule: legacy-access-control, obsolete-chain-file. */
const ownRules = /^(?:order|allow|deny|satisfy|sslcertificatechainfile)$/;

const results = new WeakMap<Config, { readonly targets: Targets; readonly faults: () => readonly Fault[] }>();

/** All that httpd would refuse, and what is obsolete, in the order of the config. */
export function analyse(config: Config, targets: Targets): readonly Fault[] {
  const known = results.get(config);
  if (known?.targets === targets) return known.faults();
  const faults = once(() => new Analysis(config, targets).run());
  results.set(config, { targets, faults });
  return faults();
}

class Analysis {
  readonly #config: Config;
  readonly #targets: Targets;
  readonly #sections: ApacheSections;
  readonly #faults: Fault[] = [];
  readonly #listeners = new Listeners();
  readonly #macros: Macros;
  readonly #providers: Providers;
  readonly #suggestions = new Suggestions();

  constructor(config: Config, targets: Targets) {
    this.#config = config;
    this.#targets = targets;
    this.#sections = new ApacheSections(config, targets);
    this.#macros = new Macros(config.complete);
    this.#providers = new Providers(config, this.#sections.modules);
  }

  run(): readonly Fault[] {
    const containers = containersOfLevel(this.#config, (directive, around) => this.#isWrongIn(directive, around));
    this.#block(this.#config.file.root, {
      containers,
      authorization: undefined,
      branches: new Branches(),
      certain: true,
    });
    return this.#faults;
  }

  #isWrongIn(directive: Directive, containers: readonly ApacheContext[]): boolean {
    const expanded = this.#expand(directive);
    const around = { containers, authorization: undefined, branches: new Branches(), certain: true };
    return expanded !== undefined && judgeValues(expanded, around) !== undefined;
  }

  #block(block: Block, around: Around): void {
    for (const directive of children(block)) this.#directive(directive, around);
  }

  #directive(directive: Directive, around: Around): void {
    const fault = this.#judge(directive, around);
    if (fault) this.#faults.push(this.#seenFromUse(fault));
    else this.#checkObsolete(directive, around);
    if (directive.key === 'use' && !fault) this.#macros.expand(directive, (body) => this.#block(body, around));
    if (!directive.block) return;
    const read = this.#sections.isRead(directive);
    if (read !== true && isConditional(directive)) around.branches.doubt();
    if (read === false && !this.#sections.isAssumedAway(directive)) return;
    this.#block(directive.block, innerAround(directive, around, read === true && around.certain));
  }

  /** In the body of a macro it depends on the arguments what is wrong. */
  #seenFromUse(fault: Fault): Fault {
    const { use } = this.#macros;
    return use ? { ...fault, related: [{ at: headerOf(use), message: 'the macro is used here' }] } : fault;
  }

  #judge(directive: Directive, around: Around): Fault | undefined {
    if (!this.#isReadable(directive)) return undefined;
    const { certain } = around;
    const facts = apacheDirective(directive.key);
    if (!facts)
      return certain || !isOfAnotherModule(directive, this.#sections)
        ? this.#unknownName(directive)
        : this.#slip(directive);
    if (facts.status === 'Third-party') return undefined;
    const fault =
      (certain || !isForAnotherServer(directive) ? this.#availability(directive, facts) : undefined) ??
      judgeForm(directive, facts) ??
      judgeContext(directive, facts, around) ??
      (certain ? judgeBranch(directive, around) : undefined);
    if (fault) return fault;
    // The tables describe 2.4; what 2.2 made of the arguments is not known.
    if (this.#targets.apache && isBefore(this.#targets.apache, '2.4')) return undefined;
    const expanded = this.#expand(directive);
    if (!expanded) return this.#isCountable(directive) ? judgeArguments(directive, facts) : undefined;
    return (
      judgeArguments(expanded, facts) ??
      this.#providers.judge(expanded) ??
      judgeValues(expanded, around) ??
      // Alternatives under conditions may define the same.
      (certain ? (this.#macros.judge(expanded) ?? this.#listeners.judge(expanded)) : undefined)
    );
  }

  /** What is accepted, but of no use any more. */
  #checkObsolete(directive: Directive, { certain }: Around): void {
    const old = apacheDirective(directive.key)?.deprecated;
    const { apache: target } = this.#targets;
    if (!old || (target && isBefore(target, old.since)) || ownRules.test(directive.key)) return;
    // `DefaultType none` is what the manual advises for configs that serve both 2.2 and 2.4.
    if (directive.key === 'defaulttype' && /^none$/i.test(directive.args[0]?.value ?? '')) return;
    const { since: version, replacement } = old;
    const fix = modernised(directive, old);
    this.#faults.push({
      rule: 'deprecated-directive',
      message: replacement ? 'httpdReplaced' : 'httpdDeprecated',
      at: headerOf(directive),
      data: { name: directive.name.value, version, ...(replacement && { replacement }) },
      ...(!certain && { confidence: 'medium' as const }),
      ...(fix && { fix }),
    });
  }

  /** False for text that is no name: what a template puts there is not known. */
  #isReadable({ name }: Directive): boolean {
    return this.#sections.environment.text(name) !== unknown;
  }

  /** False if a word may become any number of words: a variable that stands alone, a macro parameter, a placeholder. */
  #isCountable({ args }: Directive): boolean {
    return args.every((word) => {
      const text = this.#textOf(word);
      if (text === word.value) return true;
      return text === unknown ? /[^\s}]\$\{\w+\}|\$\{\w+\}[^\s$]/.test(word.value) : /^\S+$/.test(text);
    });
  }

  /** The directive with the words that the server sees; undefined if some of them are not known. */
  #expand(directive: Directive): Directive | undefined {
    const args: Word[] = [];
    let isChanged = false;
    for (const word of directive.args) {
      const text = this.#textOf(word);
      if (text === word.value || mayBeAnything(directive, args.length)) {
        args.push(word);
        continue;
      }
      // Quotes from a variable would group words anew.
      if (text === unknown || /(?:^|\s)["']|\\/.test(text)) return undefined;
      isChanged = true;
      const values = word.quote === '' ? text.split(/\s+/).filter((value) => value !== '') : [text];
      for (const value of values) args.push({ ...word, value });
    }
    return isChanged ? { ...directive, args } : directive;
  }

  #textOf(word: Word): string | Unknown {
    return this.#sections.environment.text(word);
  }

  #unknownName(directive: Directive): Fault {
    const name = directive.name.value;
    const suggestion = this.#suggestions.for(name, apacheDirectiveNames);
    return {
      rule: 'unknown-directive',
      message: suggestion ? 'misspelled' : 'unknown',
      at: placeIn(directive, directive.name),
      data: suggestion ? { name, suggestion } : { name },
    };
  }

  /** An unknown name that may be one of a module nobody knows here, unless it is nearly that of a directive of httpd. */
  #slip(directive: Directive): Fault | undefined {
    const name = directive.name.value;
    const meant = this.#suggestions.for(name, apacheDirectiveNames);
    const isNear =
      meant !== undefined && name.length > 5 && editDistance(name.toLowerCase(), meant.toLowerCase(), 2) < 3;
    return isNear ? this.#unknownName(directive) : undefined;
  }

  #availability(directive: Directive, facts: ApacheDirective): Fault | undefined {
    const { apache: target } = this.#targets;
    const at = headerOf(directive);
    const { name, since, until, replacement } = facts;
    if (until && !(target && isBefore(target, until))) {
      const data = { name, version: until, ...(replacement !== undefined && { replacement }) };
      return { rule: 'removed-directive', message: replacement ? 'httpdReplaced' : 'httpdRemoved', at, data };
    }
    if (target && since && isBefore(target, since)) {
      const data = { name, version: since, target: formatVersion(target) };
      return { rule: 'needs-newer-version', message: 'httpd', at, data };
    }
    if (
      this.#sections.modules.certain &&
      facts.modules.every((module) => this.#sections.modules.has(module) === false)
    ) {
      const data = { name, modules: facts.modules.join(' or ') };
      return { rule: 'unknown-directive', message: 'unloaded', at: placeIn(directive, directive.name), data };
    }
    return undefined;
  }
}

/** The fix of an obsolete directive, where the server goes on as before: the new name, or nothing at all. */
function modernised(
  directive: Directive,
  { replacement, renamed }: NonNullable<ApacheDirective['deprecated']>,
): Fault['fix'] {
  if (renamed) {
    const edits = [{ place: placeIn(directive, directive.name), text: replacement }];
    return { title: `Write "${replacement}"`, edits };
  }
  return replacement === '' ? { title: 'Remove the directive', edits: [deletion(directive)] } : undefined;
}

/** Log files, whose names mostly begin with `${APACHE_LOG_DIR}`; nothing else depends on them. */
function mayBeAnything({ key, args }: Directive, index: number): boolean {
  return index === 0 && key === 'customlog' && /\S\/\S/.test(args[0]!.value);
}

function judgeForm(directive: Directive, facts: ApacheDirective): Fault | undefined {
  const isSection = directive.parent.file.text[directive.start] === '<';
  if (facts.form === 'either' || isSection === (facts.form === 'section')) return undefined;
  return {
    rule: 'unknown-directive',
    message: isSection ? 'plain' : 'section',
    at: placeIn(directive, directive.name),
    data: { name: facts.name },
  };
}
