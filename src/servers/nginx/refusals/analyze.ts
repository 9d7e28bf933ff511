/**
 * The one pass over an nginx config from which the syntax rules report: each directive is judged in the order in which
 * nginx judges it (`ngx_conf_handler`): name, context, block, count, then what its setter checks.
 */
import type { Config } from '../../../syntax/config.ts';
import type { Block, Directive } from '../../../syntax/tree.ts';
import { once } from '../../../text/once.ts';
import { children } from '../../../syntax/walk.ts';
import { newestNginx } from '../facts/index.ts';
import { formatVersion, parseVersion, type Targets } from '../../../model/versions.ts';
import { contextInside, contextList, contextOfLevel, entries, familyOf, unchecked } from './contexts.ts';
import { countOf, expectedCount } from './counts.ts';
import { refuseQuotes } from './typographic.ts';
import { unquotedPattern } from './unquoted-pattern.ts';
import { entriesOf, takesCount, type Definition, type Entries, type Entry } from './definitions.ts';
import { checkEntries } from './entry-blocks.ts';
import { checkEnd } from './modules/index.ts';
import { checkDeprecated, refuseName } from './names.ts';
import { Refusals } from './refusals.ts';
import { checkRepeated } from './repeated.ts';
import { braceFix, endHere } from './replacements.ts';
import type { Run } from './run.ts';
import { findRunOn, type RunOn } from './run-on.ts';
import { checkUnknownVariables } from './unknown-variables.ts';
import { isPlaceholder } from '../meaning/placeholder.ts';
import { isTemplated } from '../../../text/template/placeholder.ts';

const analyses = new WeakMap<Config, Map<string, () => Refusals>>();

/** Analyzes the config once for a version, whichever rule asks first. */
export function analyze(config: Config, targets: Targets): Refusals {
  let known = analyses.get(config);
  if (!known) analyses.set(config, (known = new Map()));
  const version = targets.nginx ? formatVersion(targets.nginx) : '';
  let analysis = known.get(version);
  if (!analysis) known.set(version, (analysis = once(() => new Analysis(config, targets).run())));
  return analysis();
}

/** Analyzes a file by itself, its top directives standing in the given context. */
export function analyzeAlone(config: Config, context: number, targets: Targets): Refusals {
  return new Analysis(config, targets).run(context);
}

/** A bound for hostile files: the rest is reported without. */
const maxRunOns = 30;

class Analysis {
  readonly #run: Run;
  readonly #entries: Entries;
  /** Files whose braces do not match: contexts and repetitions in them are guesses. */
  readonly #isMisread: boolean;

  /** How many directives before this one ran into it, each into the next. */
  #runOnDepth = 0;
  /** Of the words that the parts in sight were split from. */
  #isRunOnRefused: boolean | undefined;

  constructor(config: Config, targets: Targets) {
    this.#run = {
      config,
      version: targets.nginx ?? parseVersion(newestNginx)!,
      target: targets.nginx,
      refusals: new Refusals(),
      memories: new Map(),
    };
    this.#entries = entriesOf(targets.nginx);
    this.#isMisread = config.files.some(({ problems }) =>
      problems.some(
        ({ code }) => code === 'unclosed-block' || code === 'unexpected-close' || code === 'unclosed-quote',
      ),
    );
  }

  run(context = contextOfLevel(this.#run.config.level)): Refusals {
    const { config, refusals } = this.#run;
    if (context === entries) checkEntries(config.file.root, undefined, this.#run);
    else if (context !== unchecked) {
      this.#block(config.file.root, context, config.file.source.outer?.kind === 'document');
    }
    refusals.judged = undefined;
    checkEnd(this.#run);
    checkUnknownVariables(this.#run);
    return refusals;
  }

  /** @param isFragment a piece of a document may mix what stands in several contexts: each directive is taken as it is */
  #block(block: Block, context: number, isFragment: boolean): void {
    const directives = children(block);
    const inner: Directive[] = [];
    const contexts: number[] = [];
    let mask = context;
    for (const directive of directives) {
      const inside = this.#directive(directive, mask, isFragment, block);
      if (inside === unchecked) continue;
      if (!directive.block) {
        // Its block was not opened, so what follows is a part of it.
        mask |= inside;
        continue;
      }
      inner.push(directive);
      contexts.push(inside);
    }
    // Only now: what is noted of this block's directives holds until the next block begins.
    for (const [index, owner] of inner.entries()) {
      const inside = contexts[index]!;
      if (inside === entries) checkEntries(owner.block!, owner, this.#run);
      else this.#block(owner.block!, inside, false);
    }
  }

  /** @returns the context of its block; for a block that was never opened, the context of what follows */
  #directive(directive: Directive, mask: number, isFragment: boolean, block: Block): number {
    const { key, args } = directive;
    this.#run.refusals.judged = directive;
    const entry = this.#entries(key);
    let found: Definition | undefined;
    for (const definition of entry.definitions) {
      if (definition.mask & mask) {
        found = definition;
        break;
      }
    }
    if (!found) {
      if (!isFragment || entry.mask === 0) return this.#notHere(directive, entry, mask);
      found = entry.definitions.find((definition) => definition.mask & familyOf(mask)) ?? entry.definitions[0]!;
    }
    if (this.#isUnquoted(directive)) return unchecked;
    if (args.length > 0 && this.#runOnDepth < maxRunOns) {
      const runOn = findRunOn(directive, found, mask, this.#entries);
      if (runOn) return this.#runOn(directive, found, runOn, mask, isFragment, block);
    }
    const { facts } = found;
    const isBlock = directive.block !== undefined;
    if (facts.block !== isBlock) return this.#wrongBlock(directive, found, mask);
    // What a template puts in may be several words, or none.
    if (args.some(({ value }) => isTemplated(value)))
      return isBlock ? contextInside(key, facts.module, mask) : unchecked;
    if (takesCount(found, args.length)) found.check?.(directive, this.#run);
    else if (!refuseQuotes(this.#run, directive)) {
      const data = { name: key, expected: expectedCount(facts), found: countOf(args.length) };
      this.#run.refusals.report({ rule: 'directive-arguments', message: 'count', at: directive, data });
    }
    if (found.refusesSecond && !this.#isMisread) checkRepeated(this.#run, directive, found, block);
    if (facts.deprecated) checkDeprecated(this.#run, directive, facts.deprecated);
    return isBlock ? contextInside(key, facts.module, mask) : unchecked;
  }

  /** What follows is read by nginx as something that nobody meant. */
  #isUnquoted(directive: Directive): boolean {
    const pattern = unquotedPattern(directive);
    if (!pattern) return false;
    const { at, text, fix } = pattern;
    const data = { value: text };
    this.#run.refusals.report({ rule: 'invalid-value', message: 'unquoted', at, data, ...(fix && { fix }) });
    return true;
  }

  #wrongBlock(directive: Directive, { facts }: Definition, mask: number): number {
    const data = { name: directive.key };
    if (!directive.block) {
      const fix = braceFix(directive, this.#run.config);
      this.#run.refusals.report({ rule: 'missing-block', message: 'missing', at: directive, data, ...fix });
      const inside = contextInside(directive.key, facts.module, mask);
      return inside === entries ? unchecked : inside;
    }
    this.#run.refusals.report({ rule: 'unexpected-block', message: 'unexpected', at: directive, data });
    return unchecked;
  }

  /** A directive that no definition of the version allows here. */
  #notHere(directive: Directive, entry: Entry, mask: number): number {
    const { refusals } = this.#run;
    const { key } = directive;
    if (entry.isForeign || isPlaceholder(key)) return unchecked;
    if (entry.mask === 0) {
      refuseName(this.#run, directive, entry, mask);
      return unchecked;
    }
    if (this.#isMisread) return unchecked;
    const data = { name: key, context: contextList(mask), allowed: contextList(entry.mask) };
    refusals.report({ rule: 'directive-context', message: 'misplaced', at: directive, data });
    return unchecked;
  }

  /** A directive without `;` that runs into the next one: both parts are judged as what they were meant to be. */
  #runOn(
    directive: Directive,
    definition: Definition,
    runOn: RunOn,
    mask: number,
    isFragment: boolean,
    block: Block,
  ): number {
    // nginx judges the words as they stand: those of a directive that another one takes for arguments it never sees.
    const isRefused = this.#isRunOnRefused ?? (runOn.isRefused || this.#refuses(directive, definition));
    const { key: name, parent } = directive;
    const end = runOn.previousEnd;
    this.#run.refusals.report({
      rule: 'missing-semicolon',
      message: 'runsOn',
      at: { file: parent.file, start: end, end },
      data: { name, next: runOn.second.name.raw },
      severity: isRefused ? 'error' : 'warning',
      related: [{ at: runOn.noticed, message: runOn.complaint }],
      fix: endHere({ file: parent.file, start: end, end }, isRefused),
    });
    const outer = this.#isRunOnRefused;
    this.#isRunOnRefused = isRefused;
    this.#runOnDepth++;
    this.#directive(runOn.first, mask, isFragment, block);
    const inside = this.#directive(runOn.second, mask, isFragment, block);
    this.#runOnDepth--;
    this.#isRunOnRefused = outer;
    return inside;
  }

  /** Whether the setter refuses the words as they stand. */
  #refuses(directive: Directive, { check }: Definition): boolean {
    if (!check) return false;
    const refusals = new Refusals();
    refusals.judged = directive;
    check(directive, { ...this.#run, refusals, memories: new Map() });
    return refusals.isRefused;
  }
}
