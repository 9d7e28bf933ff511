/** Tells what a config holds, for the question whether a rule has anything to look at in it. */
import { isNeeded, listsOf, type Need, type Needs } from '../rules/needs.ts';
import type { Config } from '../syntax/config.ts';
import type { Directive } from '../syntax/tree.ts';
import { directivesByKey } from '../syntax/walk.ts';

export class Contents {
  readonly #config: Config;
  readonly #byKey: ReadonlyMap<string, readonly Directive[]>;
  /** Rules share what they need. */
  readonly #known = new Map<Need, boolean>();

  constructor(config: Config) {
    this.#config = config;
    this.#byKey = directivesByKey(config.file.root);
  }

  meet(needs: Needs): boolean {
    return listsOf(needs).every((list) => list.some((need) => this.#holds(need)));
  }

  #holds(need: Need): boolean {
    let answer = this.#known.get(need);
    if (answer === undefined) this.#known.set(need, (answer = this.#look(need)));
    return answer;
  }

  #look(need: Need): boolean {
    if (typeof need === 'string')
      return need.endsWith('*') ? this.#hasBeginning(need.slice(0, -1)) : this.#byKey.has(need);
    if (need instanceof RegExp) return this.#config.files.some(({ source }) => need.test(source.text));
    return Object.keys(need).some((key) => this.#byKey.get(key)?.some((directive) => isNeeded(need, directive)));
  }

  #hasBeginning(beginning: string): boolean {
    for (const key of this.#byKey.keys()) if (key.startsWith(beginning)) return true;
    return false;
  }
}
