import type { Directive, Word } from '../../../syntax/tree.ts';

/** Whether `rewrite` and `return` send the client to the text, going by its first letters: `ngx_http_rewrite` and `ngx_http_rewrite_return`. */
export function isRedirectUrl(text: string): boolean {
  return text.startsWith('http://') || text.startsWith('https://') || text.startsWith('$scheme');
}

/** The URL to which an nginx `return` or `rewrite` redirects; undefined where it does not redirect. */
export function redirectUrl({ key, args }: Directive): Word | undefined {
  const [first, second, flag] = args;
  if (key === 'return') {
    if (!second) return first && !/^\d{3}$/.test(first.value) ? first : undefined;
    return /^30[12378]$/.test(first!.value) ? second : undefined;
  }
  if (!second) return undefined;
  const redirects = /^(?:redirect|permanent)$/.test(flag?.value ?? '') || isRedirectUrl(second.value);
  return redirects ? second : undefined;
}
