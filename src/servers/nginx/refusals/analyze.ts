/**
 * The one pass over an nginx config from which the syntax rules report: each directive is judged in the order in which
 * nginx judges it (`ngx_conf_handler`): name, context, block, count, then what its setter checks.
 */
import type { Config } from '../../../syntax/config.ts';
import type { Block, Directive } from '../../../syntax/tree.ts';
import { once } from '../../../text/once.ts';
import { children } from '../../../syntax/walk.ts';
import { suggest } from '../../../text/suggest.ts';
import { newestNginx, nginxDirectiveNames } from '../facts/index.ts';
import { formatVersion, isBefore, parseVersion, type Targets } from '../../../model/versions.ts';
import { checkEntries } from './bodies.ts';
import { contextInside, contextList, contextOfLevel, entries, familyOf, unchecked } from './contexts.ts';
import { countOf, expectedCount } from './counts.ts';
import { entriesOf, takesCount, type Definition, type Entries, type Entry } from './entries.ts';
import { checkEnd } from './end.ts';
import { Refusals } from './refusals.ts';
import { braceFix, endHere, fixOf, repetitionFix } from './replacements.ts';
import type { Run } from './run.ts';
import { findRunOn, type RunOn } from './run-on.ts';
import { isPlaceholder } from '../meaning/placeholder.ts';
import { isTemplated } from '../../../text/template/placeholder.ts';

const analyses = new WeakMap<Config, () => Refusals>();

/** Analyzes the config once, whichever rule asks first. */
export function analyze(config: Config, targets: Targets): Refusals {
  let analysis = analyses.get(config);
  if (!analysis) {
    analysis = once(() => new Analysis(config, targets).run());
    analyses.set(config, analysis);
  }
  return analysis();
}

/** Analyzes a file by itself, its top directives standing in the given context. */
export function analyzeAlone(config: Config, context: number, targets: Targets): Refusals {
  return new Analysis(config, targets).run(context);
}

/** Bounds for hostile files: the rest is reported without. */
const maxSuggestions = 200;
const maxRunOns = 30;

/** Numbers blocks across analyses, so that what {@link Definition.seenIn} holds from an earlier one means nothing. */
let blockNumber = 0;

class Analysis {
  readonly #run: Run;
  readonly #entries: Entries;
  /** Files whose braces do not match: contexts and repetitions in them are guesses. */
  readonly #isMisread: boolean;

  /** How many directives before this one ran into it, each into the next. */
  #runOnDepth = 0;
  /** Of the words that the parts in sight were split from. */
  #isRunOnRefused: boolean | undefined;
  #suggestions = 0;

  constructor(config: Config, targets: Targets) {
    this.#run = {
      config,
      version: targets.nginx ?? parseVersion(newestNginx)!,
      target: targets.nginx,
      refusals: new Refusals(),
      defined: new Map(),
      usedZones: [],
      usedFormats: [],
      usedVariables: new Map(),
      secureListens: [],
      roots: new Map(),
      portless: [],
      serverNumber: numbering(),
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
    return refusals;
  }

  /** @param isFragment a piece of a document may mix what stands in several contexts: each directive is taken as it is */
  #block(block: Block, context: number, isFragment: boolean): void {
    const number = ++blockNumber;
    const directives = children(block);
    const inner: Directive[] = [];
    const contexts: number[] = [];
    let mask = context;
    for (const directive of directives) {
      const inside = this.#directive(directive, mask, isFragment, number);
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
  #directive(directive: Directive, mask: number, isFragment: boolean, number: number): number {
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
    if (args.length > 0 && this.#runOnDepth < maxRunOns) {
      const runOn = findRunOn(directive, found, mask, this.#entries);
      if (runOn) return this.#runOn(directive, found, runOn, mask, isFragment, number);
    }
    const { facts } = found;
    const isBlock = directive.block !== undefined;
    if (facts.block !== isBlock) return this.#wrongBlock(directive, found, mask);
    // What a template puts in may be several words, or none.
    if (args.some(({ value }) => isTemplated(value)))
      return isBlock ? contextInside(key, facts.module, mask) : unchecked;
    if (takesCount(found, args.length)) found.check?.(directive, this.#run, mask);
    else {
      const data = { name: key, expected: expectedCount(facts), found: countOf(args.length) };
      this.#run.refusals.add('directive-arguments', { message: 'count', at: directive, data });
    }
    if (found.refusesSecond) this.#once(directive, found, number);
    if (facts.deprecated) this.#deprecated(directive, facts.deprecated);
    return isBlock ? contextInside(key, facts.module, mask) : unchecked;
  }

  #once(directive: Directive, definition: Definition, number: number): void {
    if (definition.seenIn !== number) {
      definition.seenIn = number;
      definition.first = directive;
    } else if (!this.#isMisread) {
      const related = [{ at: definition.first!, message: `"${directive.key}" is first set here` }];
      this.#run.refusals.add('duplicate-directive', {
        message: 'repeated',
        at: directive,
        data: { name: directive.key },
        related,
        ...repetitionFix(directive, definition.first!),
      });
    }
  }

  #wrongBlock(directive: Directive, { facts }: Definition, mask: number): number {
    const data = { name: directive.key };
    if (!directive.block) {
      const fix = braceFix(directive, this.#run.config);
      this.#run.refusals.add('missing-block', { message: 'missing', at: directive, data, ...fix });
      const inside = contextInside(directive.key, facts.module, mask);
      return inside === entries ? unchecked : inside;
    }
    this.#run.refusals.add('unexpected-block', { message: 'unexpected', at: directive, data });
    return unchecked;
  }

  /** A directive that no definition of the version allows here. */
  #notHere(directive: Directive, entry: Entry, mask: number): number {
    const { refusals } = this.#run;
    const { key } = directive;
    if (entry.isForeign || isPlaceholder(key)) return unchecked;
    if (entry.mask === 0) {
      this.#notInVersion(directive, entry, mask);
      return unchecked;
    }
    if (this.#isMisread) return unchecked;
    const data = { name: key, context: contextList(mask), allowed: contextList(entry.mask) };
    refusals.add('directive-context', { message: 'misplaced', at: directive, data });
    return unchecked;
  }

  #notInVersion(directive: Directive, { gone, coming }: Entry, mask: number): void {
    const { refusals, version } = this.#run;
    const { key: name, parent } = directive;
    const at = { file: parent.file, start: directive.name.start, end: directive.name.end };
    if (coming) {
      const data = { name, version: coming.since!, target: formatVersion(version) };
      refusals.add('needs-newer-version', { message: 'directive', at: directive, data });
    } else if (gone) {
      const replacement = gone.deprecated?.replacement;
      const data = { name, version: gone.until! };
      if (replacement)
        refusals.add('removed-directive', {
          message: 'replaced',
          at: directive,
          data: { ...data, replacement },
          ...fixOf(directive, this.#run.target !== undefined),
        });
      else refusals.add('removed-directive', { message: 'removed', at: directive, data });
    } else {
      const suggestion = this.#suggestion(name, mask);
      if (suggestion) {
        const fix = { title: `Write "${suggestion}"`, edits: [{ place: at, text: suggestion }] };
        refusals.add('unknown-directive', { message: 'misspelled', at, data: { name, suggestion }, fix });
      } else refusals.add('unknown-directive', { message: 'unknown', at, data: { name } });
    }
  }

  #suggestion(name: string, mask: number): string | undefined {
    if (this.#suggestions++ >= maxSuggestions) return undefined;
    return suggest(name, this.#namesIn(mask)) ?? suggest(name, this.#namesIn(~0));
  }

  *#namesIn(mask: number): Iterable<string> {
    for (const name of nginxDirectiveNames()) {
      const entry = this.#entries(name);
      if (entry.mask & mask) yield name;
    }
  }

  #deprecated(directive: Directive, { since, replacement }: { since: string; replacement: string | undefined }): void {
    const { refusals, version } = this.#run;
    if (isBefore(version, since)) return;
    const data = { name: directive.key, version: since };
    if (replacement)
      refusals.add('deprecated-directive', {
        message: 'replaced',
        at: directive,
        data: { ...data, replacement },
        ...fixOf(directive, false),
      });
    else refusals.add('deprecated-directive', { message: 'deprecated', at: directive, data });
  }

  /** A directive without `;` that runs into the next one: both parts are judged as what they were meant to be. */
  #runOn(
    directive: Directive,
    definition: Definition,
    runOn: RunOn,
    mask: number,
    isFragment: boolean,
    number: number,
  ): number {
    // nginx judges the words as they stand: those of a directive that another one takes for arguments it never sees.
    const isRefused = this.#isRunOnRefused ?? (runOn.isRefused || this.#refuses(directive, definition, mask));
    const { key: name, parent } = directive;
    const end = runOn.previousEnd;
    this.#run.refusals.add('missing-semicolon', {
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
    this.#directive(runOn.first, mask, isFragment, number);
    const inside = this.#directive(runOn.second, mask, isFragment, number);
    this.#runOnDepth--;
    this.#isRunOnRefused = outer;
    return inside;
  }

  /** Whether the setter refuses the words as they stand. */
  #refuses(directive: Directive, { check }: Definition, mask: number): boolean {
    if (!check) return false;
    const refusals = new Refusals();
    refusals.judged = directive;
    check(
      directive,
      {
        ...this.#run,
        refusals,
        defined: new Map(),
        usedZones: [],
        usedFormats: [],
        usedVariables: new Map(),
        secureListens: [],
        portless: [],
      },
      mask,
    );
    return refusals.isRefused;
  }
}

function numbering(): (directive: Directive) => number {
  const numbers = new Map<Directive, number>();
  return (directive) => {
    if (!numbers.has(directive)) numbers.set(directive, numbers.size);
    return numbers.get(directive)!;
  };
}
