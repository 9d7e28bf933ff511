import type { Directive, Word } from '../../ir/syntax.ts';

/** The URL to which an nginx `return` or `rewrite` redirects; undefined where it does not redirect. */
export function redirectUrl({ key, args }: Directive): Word | undefined {
  const [first, second, flag] = args;
  if (key === 'return') {
    if (!second) return first && !/^\d{3}$/.test(first.value) ? first : undefined;
    return /^30[12378]$/.test(first!.value) ? second : undefined;
  }
  if (!second) return undefined;
  const redirects =
    /^(?:redirect|permanent)$/.test(flag?.value ?? '') || /^(?:https?:\/\/|\$scheme)/.test(second.value);
  return redirects ? second : undefined;
}
