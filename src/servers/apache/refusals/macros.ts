import type { Directive } from '../../../syntax/tree.ts';
import { refusal, type Fault } from './fault.ts';

/** Judges `Use name argument ...` by the `<Macro>` sections before it: `use_macro` of `mod_macro.c`. */
export class Macros {
  readonly #complete: boolean;
  /** Lower-cased name to the number of parameters. */
  readonly #parameters = new Map<string, number>();

  /** `complete`: no macro is defined outside of the config. */
  constructor(complete: boolean) {
    this.#complete = complete;
  }

  judge(directive: Directive): Fault | undefined {
    const { key, args } = directive;
    const [name, ...others] = args;
    if (!name || !/^(?:macro|use|undefmacro)$/.test(key)) return undefined;
    const macro = name.value.toLowerCase();
    const expected = this.#parameters.get(macro);
    if (key === 'macro') this.#parameters.set(macro, others.length);
    if (key === 'undefmacro') this.#parameters.delete(macro);
    if (key === 'macro') return undefined;
    if (expected === undefined) {
      return this.#complete
        ? refusal(directive, `no macro of the name "${name.value}" is defined before it`, name)
        : undefined;
    }
    if (key === 'undefmacro' || expected === others.length) return undefined;
    return refusal(directive, `the macro "${name.value}" has ${expected} parameters, not ${others.length}`);
  }
}
