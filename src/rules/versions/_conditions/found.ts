import type { Config } from '../../../syntax/config.ts';
import type { Model } from '../../../model/model.ts';
import { enclosing, type Directive } from '../../../syntax/tree.ts';

/** What the conditions of advisories look at: the directives of the config by key, in the server's order. */
export class Found {
  readonly config: Config;
  readonly model: () => Model;
  readonly #byKey = new Map<string, Directive[]>();

  constructor(config: Config, model: () => Model) {
    this.config = config;
    this.model = model;
  }

  add(directive: Directive): void {
    const same = this.#byKey.get(directive.key);
    if (same) same.push(directive);
    else this.#byKey.set(directive.key, [directive]);
  }

  all(...keys: string[]): readonly Directive[] {
    return keys.flatMap((key) => this.#byKey.get(key) ?? []);
  }

  /** The first directive of a key that has a word like this. */
  withWord(key: string, word: RegExp): Directive | undefined {
    return this.#byKey.get(key)?.find(({ args }) => args.some(({ value }) => word.test(value)));
  }

  /** The first directive of a key that is set to this. */
  withValue(key: string, isSet: (directive: Directive) => boolean): Directive | undefined {
    return this.#byKey.get(key)?.find((directive) => isSet(directive));
  }

  first(...keys: string[]): Directive | undefined {
    for (const key of keys) {
      const found = this.#byKey.get(key)?.[0];
      if (found) return found;
    }
    return undefined;
  }
}

/** Tells where a configuration does what an advisory needs; undefined: nowhere. */
export type Condition = (found: Found) => Directive | undefined;

export interface Conditions {
  /** Keys of the directives that the conditions ask for. */
  readonly keys: readonly string[];
  readonly byName: Readonly<Record<string, Condition>>;
}

export function isWithin(directive: Directive, key: string): boolean {
  for (let outer = enclosing(directive); outer; outer = enclosing(outer)) if (outer.key === key) return true;
  return false;
}

export function word(directive: Directive, index: number): string {
  return directive.args[index]?.value ?? '';
}
