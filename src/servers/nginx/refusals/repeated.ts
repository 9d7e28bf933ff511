/** Directives that may stand once in a block. */
import type { Block, Directive } from '../../../syntax/tree.ts';
import type { Definition } from './definitions.ts';
import { repetitionFix } from './replacements.ts';
import { remembered, type Run } from './run.ts';

/**
 * By definition, the block in which the directive was last seen, and where. A block is judged as a whole before those in it, so what
 * another block left here means nothing.
 */
const seen = remembered(() => new Map<Definition, { readonly block: Block; readonly first: Directive }>());

/** Reports a directive that stands in the block already. */
export function checkRepeated(run: Run, directive: Directive, definition: Definition, block: Block): void {
  const last = seen(run).get(definition);
  if (last?.block !== block) {
    seen(run).set(definition, { block, first: directive });
    return;
  }
  run.refusals.report({
    rule: 'duplicate-directive',
    message: 'repeated',
    at: directive,
    data: { name: directive.key },
    related: [{ at: last.first, message: `"${directive.key}" is first set here` }],
    ...repetitionFix(directive, last.first),
  });
}
