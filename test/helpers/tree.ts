/** Short text forms of trees and problems, for tests. */
import { SourceFile } from '../../src/text/source.ts';
import type { Block, ConfigFile, Parse } from '../../src/syntax/tree.ts';

export function parseText(parse: Parse, text: string): ConfigFile {
  return parse(new SourceFile('test.conf', text));
}

/** `name(arg,arg)[inner inner]`; a block without closing delimiter has no closing bracket. */
export function outline(block: Block): string {
  return block.directives
    .map(({ key, args, block: inner }) => {
      const words = args.length > 0 ? `(${args.map((arg) => arg.value).join(',')})` : '';
      return `${key}${words}${inner ? `[${outline(inner)}${inner.close ? ']' : ''}` : ''}`;
    })
    .join(' ');
}

/** `code@"text"` of each problem, with `?` where the server tolerates it. */
export function problemsOf({ problems, source }: ConfigFile): string[] {
  return problems.map(
    ({ code, start, end, tolerated }) =>
      `${code}${tolerated ? '?' : ''}@${JSON.stringify(source.text.slice(start, end))}`,
  );
}
