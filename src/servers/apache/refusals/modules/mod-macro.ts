import type { Directive } from '../../../../syntax/tree.ts';
import { childrenNamed } from '../../../../syntax/walk.ts';
import { refusal, type Refusal } from '../refusal.ts';

/** Judges `Use name argument ...` by the `<Macro>` sections before it: `use_macro` of `mod_macro.c`. */
export class Macros {
  readonly #complete: boolean;
  /** Lower-cased name to the number of parameters. */
  readonly #parameters = new Map<string, number>();
  readonly #bodies = new Map<string, Directive>();
  /** Names, defined or not, that lead back to themselves by no way. */
  readonly #ending = new Set<string>();

  /** `complete`: no macro is defined outside of the config. */
  constructor(complete: boolean) {
    this.#complete = complete;
  }

  /** A macro that using `name` leads back to. */
  #repeated(name: string): string | undefined {
    const open: string[] = [name];
    const inUse = new Set<string>();
    while (open.length > 0) {
      const macro = open.at(-1)!;
      if (inUse.has(macro) || this.#ending.has(macro)) {
        open.pop();
        inUse.delete(macro);
        this.#ending.add(macro);
        continue;
      }
      inUse.add(macro);
      for (const used of this.#usedBy(macro)) {
        if (inUse.has(used)) return used;
        if (!this.#ending.has(used)) open.push(used);
      }
    }
    return undefined;
  }

  #usedBy(macro: string): string[] {
    const block = this.#bodies.get(macro)?.block;
    return block ? childrenNamed(block, 'use').map(({ args }) => args[0]?.value.toLowerCase() ?? '') : [];
  }

  judge(directive: Directive): Refusal | undefined {
    const { key, args } = directive;
    const [name, ...others] = args;
    if (!name || !/^(?:macro|use|undefmacro)$/.test(key)) return undefined;
    const macro = name.value.toLowerCase();
    const expected = this.#parameters.get(macro);
    if (key === 'macro') {
      this.#parameters.set(macro, others.length);
      this.#bodies.set(macro, directive);
      if (this.#ending.has(macro)) this.#ending.clear();
    }
    if (key === 'undefmacro') this.#parameters.delete(macro);
    if (key === 'macro') return undefined;
    if (expected === undefined) {
      return this.#complete
        ? refusal(directive, `no macro of the name "${name.value}" is defined before it`, name)
        : undefined;
    }
    if (key === 'undefmacro') return undefined;
    if (expected === others.length) {
      const repeated = this.#repeated(macro);
      return repeated === undefined ? undefined : refusal(directive, `the macro "${repeated}" uses itself`, name);
    }
    return refusal(directive, `the macro "${name.value}" has ${expected} parameters, not ${others.length}`);
  }
}
