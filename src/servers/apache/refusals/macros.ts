import { limits } from '../../../text/budget.ts';
import type { Block, Directive } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import { isConditional } from '../meaning/section-kinds.ts';
import { refusal, type Fault } from './fault.ts';

interface Macro {
  /** How many there are. */
  readonly parameters: number;
  readonly block: Block | undefined;
}

/** Judges `Use name argument ...` by the `<Macro>` sections before it: `use_macro` of `mod_macro.c`. */
export class Macros {
  readonly #complete: boolean;
  /** By lower-cased name. */
  readonly #macros = new Map<string, Macro>();
  /** Names, defined or not, that lead back to none; what one of them leads to is one of them. */
  readonly #ending = new Set<string>();
  #steps = 0;

  /** `complete`: no macro is defined outside of the config. */
  constructor(complete: boolean) {
    this.#complete = complete;
  }

  judge(directive: Directive): Fault | undefined {
    const { key, args } = directive;
    const [name, ...others] = args;
    if (!name || !/^(?:macro|use|undefmacro)$/.test(key)) return undefined;
    const id = name.value.toLowerCase();
    const macro = this.#macros.get(id);
    if (key === 'macro' && this.#ending.has(id)) this.#ending.clear();
    if (key === 'macro') this.#macros.set(id, { parameters: others.length, block: directive.block });
    if (key === 'undefmacro') this.#macros.delete(id);
    if (key === 'macro') return undefined;
    if (macro === undefined) {
      return this.#complete
        ? refusal(directive, `no macro of the name "${name.value}" is defined before it`, name)
        : undefined;
    }
    if (key === 'undefmacro') return undefined;
    if (macro.parameters !== others.length) {
      return refusal(directive, `the macro "${name.value}" has ${macro.parameters} parameters, not ${others.length}`);
    }
    const recursive = this.#recursiveFrom(id);
    return recursive === undefined ? undefined : refusal(directive, `the macro "${recursive}" uses itself`, name);
  }

  /** A macro that httpd would be in the middle of when it is to be used again. */
  #recursiveFrom(id: string): string | undefined {
    const open = new Set<string>();
    const stack: { readonly id: string; readonly uses: readonly string[]; next: number }[] = [];
    const enter = (name: string): void => {
      open.add(name);
      stack.push({ id: name, uses: usesOf(this.#macros.get(name)?.block), next: 0 });
    };
    if (!this.#ending.has(id)) enter(id);
    for (let top = stack.at(-1); top && this.#steps++ < limits.macroSteps; top = stack.at(-1)) {
      const used = top.uses[top.next++];
      if (used === undefined) {
        open.delete(top.id);
        this.#ending.add(top.id);
        stack.pop();
      } else if (open.has(used)) return used;
      else if (!this.#ending.has(used)) enter(used);
    }
    return undefined;
  }
}

const uses = new WeakMap<Block, readonly string[]>();

/** The macros that a body surely uses, by lower-cased name. */
function usesOf(block: Block | undefined): readonly string[] {
  if (!block) return [];
  let names = uses.get(block);
  if (!names) uses.set(block, (names = readUses(block)));
  return names;
}

function readUses(body: Block): string[] {
  const names = new Set<string>();
  const stack = [body];
  for (let block = stack.pop(); block; block = stack.pop()) {
    for (const { key, args, block: inner } of children(block)) {
      if (key === 'use' && args[0]) names.add(args[0].value.toLowerCase());
      if (inner && !isConditional({ key }) && key !== 'macro') stack.push(inner);
    }
  }
  return [...names];
}
