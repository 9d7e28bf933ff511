import type { Directive } from '../../../ir/syntax.ts';
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

  judge({ key, args, ...rest }: Directive): Fault | undefined {
    const [name, ...others] = args;
    if (!name) return undefined;
    const macro = name.value.toLowerCase();
    if (key === 'macro') this.#parameters.set(macro, others.length);
    if (key === 'undefmacro') this.#parameters.delete(macro);
    if (key !== 'use') return undefined;
    const directive = { key, args, ...rest };
    const expected = this.#parameters.get(macro);
    if (expected === undefined) {
      return this.#complete
        ? refusal(directive, `no macro of the name "${name.value}" is defined before it`, name)
        : undefined;
    }
    if (expected === others.length) return undefined;
    return refusal(directive, `the macro "${name.value}" has ${expected} parameters, not ${others.length}`);
  }
}
