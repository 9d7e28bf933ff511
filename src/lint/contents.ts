/** Tells what a config holds, for the question whether a rule has anything to look at in it. */
import { isKeyOf, listsOf, type Need, type Needs } from '../rules/needs.ts';
import type { Config } from '../syntax/config.ts';
import type { Directive } from '../syntax/tree.ts';
import { directivesByKey } from '../syntax/walk.ts';

export class Contents {
  readonly #config: Config;
  readonly #byKey: ReadonlyMap<string, readonly Directive[]>;
  /** Rules share what they need. */
  readonly #known = new Map<Need, boolean>();
  /** The arguments of directives, by key. */
  readonly #values = new Map<string, Set<string>>();

  constructor(config: Config) {
    this.#config = config;
    this.#byKey = directivesByKey(config.file.root);
  }

  hasKey(key: string): boolean {
    return this.#byKey.has(key);
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
      return this.#byKey.has(need) || (need.includes('*') && this.#hasOneOf((key) => isKeyOf(need, key)));
    if (need instanceof RegExp) return this.#config.files.some(({ source }) => need.test(source.text));
    return Object.entries(need).some(([key, test]) => {
      const directives = this.#byKey.get(key);
      if (!directives) return false;
      if (typeof test === 'function') return directives.some((directive) => test(directive));
      for (const value of this.#valuesOf(key, directives)) if (test.test(value)) return true;
      return false;
    });
  }

  #hasOneOf(isWanted: (key: string) => boolean): boolean {
    for (const key of this.#byKey.keys()) if (isWanted(key)) return true;
    return false;
  }

  /** Thousands of hosts say the same: each argument is looked at once. */
  #valuesOf(key: string, directives: readonly Directive[]): ReadonlySet<string> {
    let values = this.#values.get(key);
    if (!values) {
      this.#values.set(key, (values = new Set()));
      for (const { args } of directives) for (const { value } of args) values.add(value);
    }
    return values;
  }
}
