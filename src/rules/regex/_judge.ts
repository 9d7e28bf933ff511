/** How patterns of PCRE grow in time, each judged once. */
import { Cache } from '../../text/cache.ts';
import { translatePcre } from '../../regex/pcre.ts';
import { complexityOf, type CheckSync, type Complexity } from './_complexity.ts';

/** Virtual hosts and files repeat each other's patterns. */
const judged = new Cache<string, Complexity>(2000);

/** For all patterns of a config, counted for known ones too; what is not judged by then stays unknown. */
const maximalSteps = 50_000;

/** Judges the patterns of one config, within a number of steps. */
export class Judge {
  readonly #checkSync: CheckSync;
  #steps = 0;

  constructor(checkSync: CheckSync) {
    this.#checkSync = checkSync;
  }

  /** True from the pattern on whose judgement went beyond the steps; the answer for it does not count. */
  get isExhausted(): boolean {
    return this.#steps > maximalSteps;
  }

  /** Undefined for what has no counterpart in JavaScript. */
  of(pattern: string, caseInsensitive: boolean): Complexity | undefined {
    const translation = translatePcre(pattern);
    if (!translation) return undefined;
    // The library reads no lookahead; what "$" allows behind it changes nothing here.
    const source = translation.source.replaceAll('(?=\\n?$)', '$');
    const flags = caseInsensitive || translation.flags.includes('i') ? 'i' : '';
    const key = `${flags}/${source}`;
    let judgement = judged.get(key);
    if (!judgement) judged.set(key, (judgement = complexityOf(this.#checkSync, source, flags)));
    this.#steps += judgement.steps;
    return judgement;
  }
}
