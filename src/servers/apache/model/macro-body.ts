/** Puts the arguments of a `Use` into the body of its `<Macro>`, as `substitute_macro_args` of `mod_macro.c` does. */
import type { Block, Directive, Word } from '../../../syntax/tree.ts';

/**
 * The body as it is read at the place of the `Use`: a tree of its own, whose words have the places of the macro and whose outermost
 * directives stand in the section around the `Use`. Undefined for a macro without body, or with another number of parameters.
 */
export function expandMacro(macro: Directive, use: Directive): Block | undefined {
  const parameters = macro.args.slice(1).map(({ value }) => value);
  const values = use.args.slice(1).map(({ value }) => value);
  if (!macro.block || parameters.length !== values.length || parameters.includes('')) return undefined;
  const pairs = new Map(parameters.map((parameter, index) => [parameter, values[index]!]));
  return new Expansion(pairs).block(macro.block, use.parent.owner);
}

class Expansion {
  readonly #values: ReadonlyMap<string, string>;
  /** At each place the longest parameter counts. */
  readonly #pattern: RegExp | undefined;

  constructor(values: ReadonlyMap<string, string>) {
    this.#values = values;
    const names = [...values.keys()].toSorted((a, b) => b.length - a.length);
    this.#pattern = names.length === 0 ? undefined : new RegExp(names.map(escape).join('|'), 'g');
  }

  /** The parsers bound the depth of blocks. */
  block(original: Block, owner: Directive | undefined): Block {
    const directives: Directive[] = [];
    const block: Block = { ...original, owner, directives };
    for (const directive of original.directives) directives.push(this.#directive(directive, block));
    return block;
  }

  #directive(original: Directive, parent: Block): Directive {
    const name = this.#words(original.name)[0] ?? original.name;
    const args = original.args.flatMap((word) => this.#words(word));
    const copy = { ...original, name, key: name.value.toLowerCase(), args, parent };
    if (original.block) copy.block = this.block(original.block, copy);
    return copy;
  }

  /** A value with spaces makes several words of one without quotes. */
  #words(word: Word): Word[] {
    if (!this.#pattern) return [word];
    const value = word.value.replace(this.#pattern, (name) => this.#values.get(name) ?? name);
    if (value === word.value) return [word];
    const values = word.quote === '' ? value.split(/\s+/).filter((part) => part !== '') : [value];
    return values.map((part) => ({ ...word, value: part, raw: word.quote + part + word.quote }));
  }
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
