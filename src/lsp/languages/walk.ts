import type { Config } from '../../syntax/config.ts';
import type { Block, Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';

/** All directives of a config in the order of the text, includes expanded. No recursion: included files add up to any depth. */
export function* walkConfig({ file }: Config): Generator<Directive> {
  const stack: { readonly directives: readonly Directive[]; next: number }[] = [frame(file.root)];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const directive = top.directives[top.next++];
    if (!directive) stack.pop();
    else {
      yield directive;
      if (directive.block) stack.push(frame(directive.block));
    }
  }
}

function frame(block: Block) {
  return { directives: children(block), next: 0 };
}
