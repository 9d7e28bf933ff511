import type { Directive } from '../../../syntax/tree.ts';

/** The arguments of a directive from an index on, as they are written, on one line; '' where there are none. */
export function restOfLine({ args, parent }: Directive, from: number): string {
  let text = '';
  for (let index = from; index < args.length; index++) {
    const { start, raw } = args[index]!;
    const before = index > from ? args[index - 1] : undefined;
    // Words out of one argument of a macro have the same place.
    if (before) text += before.end < start ? parent.file.text.slice(before.end, start) : ' ';
    text += raw;
  }
  return text.replaceAll(/\\\r?\n/g, '');
}
