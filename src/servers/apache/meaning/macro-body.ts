/** Puts the arguments of a `Use` into the body of its `<Macro>`, as `substitute_macro_args` of `mod_macro.c` does: in the text, before it is read. */
import type { Block, Directive, Parse } from '../../../syntax/tree.ts';
import { SourceFile, type Span } from '../../../text/source.ts';
import { FilledText } from './filled-text.ts';

/** By the `Use`. */
const bodies = new WeakMap<Directive, { readonly macro: Directive; readonly body: Block | undefined }>();

/**
 * The body as it is read at the place of the `Use`: a tree of its own, whose words have the places of the macro and whose outermost
 * directives stand in the section around the `Use`. Undefined for a macro without body, with another number of parameters, or in a template.
 */
export function expandMacro(macro: Directive, use: Directive, parse: Parse): Block | undefined {
  const known = bodies.get(use);
  if (known?.macro === macro) return known.body;
  const body = expand(macro, use, parse);
  bodies.set(use, { macro, body });
  return body;
}

function expand({ block, args }: Directive, use: Directive, parse: Parse): Block | undefined {
  const parameters = args.slice(1).map(({ value }) => value);
  const values = use.args.slice(1).map(({ value }) => value);
  if (!block?.open || !block.close || block.file.template) return undefined;
  if (parameters.length !== values.length || parameters.includes('')) return undefined;
  const key = values.join('\0');
  let read = readings.get(block)?.get(key);
  if (!read) {
    const pairs = new Map(parameters.map((parameter, index) => [parameter, values[index]!]));
    const filled = new FilledText(block.file.text, { start: block.open.end, end: block.close.start }, pairs);
    read = { filled, root: parse(new SourceFile(block.file.path, filled.text)).root };
    const others = readings.get(block);
    if (others) others.set(key, read);
    else readings.set(block, new Map([[key, read]]));
  }
  return new Placement(block, read.filled).block(read.root, block, use.parent.owner);
}

interface Reading {
  readonly filled: FilledText;
  readonly root: Block;
}

/** Of each body, by the arguments: macros that use others with the same ones read them once. */
const readings = new WeakMap<Block, Map<string, Reading>>();

/** Gives what was read of the filled text the places that it has in the file of the macro. */
class Placement {
  readonly #macro: Block;
  readonly #filled: FilledText;
  /** The includes of the body by their places: what they bring in was read with it. */
  readonly #includes: ReadonlyMap<number, Directive>;

  constructor(macro: Block, filled: FilledText) {
    this.#macro = macro;
    this.#filled = filled;
    this.#includes = new Map();
    if (macro.hasIncluded) {
      const brought = macro.directives.filter(({ included }) => included);
      this.#includes = new Map(brought.map((directive) => [directive.start, directive]));
    }
  }

  /** The parsers bound the depth of blocks. */
  block(read: Block, span: Span, owner: Directive | undefined): Block {
    const { file, hasIncluded } = this.#macro;
    const directives: Directive[] = [];
    const block: Block = {
      ...read,
      kind: 'section',
      start: span.start,
      end: span.end,
      open: read.open && this.#placed(read.open),
      close: read.close && this.#placed(read.close),
      owner,
      file,
      directives,
      ...(hasIncluded && { hasIncluded }),
    };
    for (const directive of read.directives) directives.push(this.#directive(directive, block));
    return block;
  }

  #directive(read: Directive, parent: Block): Directive {
    const directive = {
      ...this.#placed(read),
      name: this.#placed(read.name),
      args: read.args.map((word) => this.#placed(word)),
      parent,
    };
    if (read.block) directive.block = this.block(read.block, this.#placed(read.block), directive);
    const { included, includeFailure } = this.#includes.get(directive.start) ?? {};
    if (included && directive.key.startsWith('include')) Object.assign(directive, { included, includeFailure });
    return directive;
  }

  #placed<Type extends Span>(span: Type): Type {
    return { ...span, start: this.#filled.startOf(span.start), end: this.#filled.endOf(span.end) };
  }
}

/** Whether a stretch of text in the body of a macro holds one of its parameters, so that it is another text at each `Use`. */
export function holdsParameter(macros: readonly Directive[], file: SourceFile, { start, end }: Span): boolean {
  const isWithin = (name: string): boolean => file.text.slice(start, end).includes(name);
  return macros.some(({ block, args }) => {
    if (!block || block.file !== file || block.start > start || block.end < end) return false;
    return args.slice(1).some(({ value }) => value !== '' && isWithin(value));
  });
}
