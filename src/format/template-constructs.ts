import type { SourceFile } from '../text/source.ts';
import { tagsOf } from '../text/template/tags.ts';

/** Tells whether an offset stands between the tags of a condition, a loop or a definition of a template. */
export function templateConstructs({ text, path, outer, template }: SourceFile): (offset: number) => boolean {
  if (!template) return () => false;
  const changes: { readonly at: number; readonly depth: number }[] = [];
  let depth = 0;
  for (const { kind, start, end } of tagsOf(text, path, outer?.kind === 'document', outer?.filledIn)) {
    if (kind === 'open' || kind === 'definition') changes.push({ at: end, depth: ++depth });
    else if (kind === 'close') changes.push({ at: start, depth: (depth = Math.max(0, depth - 1)) });
  }
  let next = 0;
  let current = 0;
  // Asked in the order of the text.
  return (offset) => {
    while (next < changes.length && changes[next]!.at <= offset) current = changes[next++]!.depth;
    return current > 0;
  };
}
