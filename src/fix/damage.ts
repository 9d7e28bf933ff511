/** Tells whether edits made a config worse. */
import type { LintResult } from '../lint/lint-source.ts';
import { isEditedOutside, type SourceFile } from '../text/source.ts';
import type { Canonical } from './apply.ts';

/** Of each file (by canonical path) and of each config (by that of its main file, behind a NUL). */
export type Damage = ReadonlyMap<string, Count>;

interface Count {
  /** What the parser does not accept. */
  problems: number;
  /** What the server does not accept. */
  refusals: number;
}

/** Counts what is wrong in the configs: `main` is the main file of the config that the result is about. */
export class DamageCounter {
  readonly damage = new Map<string, Count>();
  readonly #canonical: Canonical;

  constructor(canonical: Canonical) {
    this.#canonical = canonical;
  }

  add(
    main: SourceFile,
    { problems, refusals, failures }: Pick<LintResult, 'problems' | 'refusals' | 'failures'>,
  ): void {
    this.#countOf(main);
    this.#countOf(main, true);
    for (const { file } of problems) {
      this.#countOf(file).problems++;
      this.#countOf(main, true).problems++;
    }
    // What a rule that failed would have found is not known.
    if (failures.length > 0) this.#countOf(main, true).problems++;
    for (const { file } of refusals) {
      this.#countOf(file).refusals++;
      this.#countOf(main, true).refusals++;
    }
  }

  #countOf({ path, outer }: SourceFile, asConfig = false): Count {
    const edited = this.#canonical(isEditedOutside(outer) ? outer.path : path);
    const key = asConfig ? `\0${edited}` : edited;
    let count = this.damage.get(key);
    if (!count) this.damage.set(key, (count = { problems: 0, refusals: 0 }));
    return count;
  }
}

/**
 * What was whole must stay whole. What was broken may show more of what the server refuses once more of it can be read:
 * after the fix of a mistake of syntax (`mayUncover`), but an edited file must not have more that cannot be parsed.
 */
export function isWorse(before: Damage, after: Damage, edited: readonly string[], mayUncover: boolean): boolean {
  for (const [key, now] of after) {
    const was = before.get(key);
    if (!was || !(key.startsWith('\0') || edited.includes(key))) continue;
    const wasWhole = was.problems + was.refusals === 0;
    if (wasWhole && now.problems + now.refusals > 0) return true;
    if (!mayUncover && now.refusals > was.refusals) return true;
  }
  return edited.some((key) => (after.get(key)?.problems ?? 0) > (before.get(key)?.problems ?? 0));
}
