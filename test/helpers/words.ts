import type { Block, ConfigFile } from '../../src/syntax/tree.ts';

/** A line for each directive, delimiter and comment of a file in the order of the text: its level, and its words as they are written and read. */
export function wordsOf({ root, comments, strays }: ConfigFile): string[] {
  const found: { readonly start: number; readonly line: string }[] = [];
  const visit = (block: Block, level: number): void => {
    for (const { start, name, args, terminator, block: inner } of block.directives) {
      const words = [name, ...args].map(({ raw, value, quote }) => [raw, value, quote]);
      found.push({ start, line: `${level} ${JSON.stringify(words)} ${terminator} ${inner?.kind ?? ''}` });
      if (!inner) continue;
      if (inner.body) found.push({ start: inner.body.start, line: inner.body.raw.replace(/\n[ \t]*$/, '\n') });
      visit(inner, level + 1);
      if (inner.close) found.push({ start: inner.close.start, line: `${level} end` });
    }
  };
  visit(root, 0);
  for (const { start, raw } of [...comments, ...strays]) found.push({ start, line: raw.trimEnd() });
  return found.sort((a, b) => a.start - b.start).map(({ line }) => line);
}
