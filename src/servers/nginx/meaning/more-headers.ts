import type { Directive, Word } from '../../../syntax/tree.ts';

/** `more_set_headers -s 404 'X-A: $uri' 'X-B: c'`: what is no option and no argument of one. */
export function moreHeaderWords({ args }: Directive): Word[] {
  return args.filter(({ value }, index) => !value.startsWith('-') && !/^-[st]$/.test(args[index - 1]?.value ?? ''));
}
