/** Tells what a config file takes away from a run, so that nobody takes its silence for that of the rules. */
import type { Finding } from '../rules/finding.ts';
import type { ActiveRule } from '../lint/plan.ts';

/** What a config file changes, for at least one of the linted files. */
export interface ConfigEffect {
  /** The config file that was found or named; what it extends counts as its own. */
  readonly path: string;
  /** Rules that would run without it. */
  readonly off: readonly string[];
  /** Rules that it gives a lower severity. */
  readonly lowered: readonly string[];
  /** Rules for which it sets an option to other than would hold without it. */
  readonly options: readonly string[];
  /** How many files it leaves out. */
  readonly ignored: number;
}

export function takesAway({ off, lowered, options, ignored }: ConfigEffect): boolean {
  return off.length + lowered.length + options.length + ignored > 0;
}

/** Gathers the effect of one config file over the files of a run. */
export class EffectCollector {
  readonly #path: string;
  readonly #off = new Set<string>();
  readonly #lowered = new Set<string>();
  readonly #options = new Set<string>();
  readonly #ignored = new Set<string>();

  constructor(path: string) {
    this.#path = path;
  }

  addIgnored(path: string): void {
    this.#ignored.add(path);
  }

  /** `without`: the rules that would run if there were no config file; `active`: those that run. */
  add(without: readonly ActiveRule[], active: readonly ActiveRule[]): void {
    const running = new Map(active.map((each) => [each.rule, each]));
    for (const before of without) {
      const { id } = before.rule;
      const now = running.get(before.rule);
      if (!now) this.#off.add(id);
      else {
        if (rankOf(now) < rankOf(before)) this.#lowered.add(id);
        if (hasOtherOptions(before, now)) this.#options.add(id);
      }
    }
  }

  get effect(): ConfigEffect {
    return {
      path: this.#path,
      off: [...this.#off].sort(),
      lowered: [...this.#lowered].sort(),
      options: [...this.#options].sort(),
      ignored: this.#ignored.size,
    };
  }
}

const ranks: Readonly<Record<Finding['severity'], number>> = { info: 0, warning: 1, error: 2 };

function rankOf({ rule, severity }: ActiveRule): number {
  return ranks[severity ?? rule.meta.severity];
}

function hasOtherOptions({ rule, options: before = {} }: ActiveRule, { options: now = {} }: ActiveRule): boolean {
  const schemas = (rule.meta.options ?? {}) as Readonly<Record<string, { readonly default?: unknown }>>;
  return Object.entries(now).some(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name] ?? schemas[name]?.default),
  );
}
