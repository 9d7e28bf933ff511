import { expandMacro } from '../../meaning/macro-body.ts';
import type { Config } from '../../../../syntax/config.ts';
import type { Block, Directive, Parse, Word } from '../../../../syntax/tree.ts';
import { refusal, type Refusal } from '../refusal.ts';

/** Bounds for hostile files: macros within macros multiply. */
const maxDepth = 20;
const maxExpansions = 2_000;

/** `MAX_STRING_LEN`, with the zero at the end. */
const longestLine = 8191;

/** Judges `<Macro>`, and `Use name argument ...` by the `<Macro>` sections before it: `macro_section` and `use_macro` of `mod_macro.c`. */
export class Macros {
  readonly #complete: boolean;
  readonly #parse: Parse | undefined;
  /** By lower-cased name. */
  readonly #macros = new Map<string, Directive>();
  /** Those that are being expanded, the outermost first, and where each is used. */
  readonly #open: { readonly macro: Directive; readonly use: Directive }[] = [];
  #expansions = 0;

  constructor({ complete, file }: Config) {
    this.#complete = complete;
    this.#parse = file.parse;
  }

  judge(directive: Directive): Refusal | undefined {
    const { key, args } = directive;
    if (key === 'macro') return this.#define(directive);
    const [name] = args;
    if (!name || (key !== 'use' && key !== 'undefmacro')) return undefined;
    if (name.value === '' && key === 'use') return refusal(directive, 'it names no macro', name);
    const macro = this.#macros.get(name.value.toLowerCase());
    if (key === 'undefmacro') this.#macros.delete(name.value.toLowerCase());
    if (!macro) {
      return this.#complete
        ? refusal(directive, `no macro of the name "${name.value}" is defined before it`, name)
        : undefined;
    }
    if (key === 'undefmacro') return undefined;
    if (this.#open.some((each) => each.macro === macro))
      return refusal(directive, `the macro "${name.value}" uses itself`, name);
    const expected = macro.args.length - 1;
    const others = args.slice(1);
    if (expected === others.length) {
      return isOverlong(macro, others) ? refusal(directive, `a line gets longer than ${longestLine} bytes`) : undefined;
    }
    return refusal(directive, `the macro "${name.value}" has ${expected} parameters, not ${others.length}`);
  }

  #define(directive: Directive): Refusal | undefined {
    const [name, ...parameters] = directive.args;
    if (!name?.value) return refusal(directive, 'a macro needs a name');
    this.#macros.set(name.value.toLowerCase(), directive);
    const names = parameters.map(({ value }) => value);
    const empty = parameters.find(({ value }) => value === '');
    if (empty) return refusal(directive, 'a parameter needs a name', empty);
    const second = parameters.find(({ value }, index) => names.indexOf(value) < index);
    return second && refusal(directive, `two parameters have the name "${second.value}"`, second);
  }

  /** Hands the body of the macro to `read`, with the arguments of a `Use` that was judged to be right. */
  expand(use: Directive, read: (body: Block) => void): void {
    const macro = this.#macros.get(use.args[0]?.value.toLowerCase() ?? '');
    if (!macro || this.#open.length >= maxDepth || ++this.#expansions > maxExpansions) return;
    const body = this.#parse && expandMacro(macro, use, this.#parse);
    if (!body) return;
    this.#open.push({ macro, use });
    read(body);
    this.#open.pop();
  }

  /** The outermost `Use` of the body that is being read. */
  get use(): Directive | undefined {
    return this.#open[0]?.use;
  }
}

/** Whether a line of the body does not fit any more when the arguments stand in it: `substitute`. */
function isOverlong({ block, args, parent }: Directive, values: readonly Word[]): boolean {
  const longest = Math.max(0, ...values.map(({ value }) => value.length));
  if (!block?.close || !block.open || (block.close.start - block.open.end) * longest <= longestLine) return false;
  return parent.file.text
    .slice(block.open.end, block.close.start)
    .split('\n')
    .some((line) => grownLength(line, args.slice(1), values) > longestLine);
}

function grownLength(line: string, names: readonly Word[], values: readonly Word[]): number {
  let length = line.trim().length;
  for (const [index, name] of names.entries()) {
    if (name.value === '') continue;
    const grows = values[index]!.value.length - name.value.length;
    length += (line.split(name.value).length - 1) * grows;
  }
  return length;
}
