import type { Directive, Word } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';

/** The URL to which an nginx `return` or `rewrite` redirects; undefined where it does not redirect. */
export function redirectUrl({ key, args }: Directive): Word | undefined {
  const [first, second, flag] = args;
  if (key === 'return') {
    if (!second) return first && !/^\d{3}$/.test(first.value) ? first : undefined;
    return /^30[12378]$/.test(first!.value) ? second : undefined;
  }
  if (!second) return undefined;
  const redirects =
    /^(?:redirect|permanent)$/.test(flag?.value ?? '') || /^(?:https?:\/\/|\$\{?scheme\b)/.test(second.value);
  return redirects ? second : undefined;
}

/** `error_page 404 =301 https://example.com$uri`. */
export function errorRedirect({ args }: Directive): Word | undefined {
  const last = args.at(-1);
  return last && /^https?:\/\/|^\$\{?scheme\b/.test(last.value) ? last : undefined;
}

/** The arguments that an internal rewrite beside a proxy_pass makes: the path is encoded anew for the backend, they are not. */
export function argumentsForProxy({ args, parent }: Directive): string {
  const text = args[1]?.value ?? '';
  return text.includes('?') && childrenNamed(parent, 'proxy_pass').length > 0 ? text.slice(text.indexOf('?')) : '';
}

/** `more_set_headers -s 404 'X-A: $uri' 'X-B: c'`: what is no option and no argument of one. */
export function moreHeaderWords({ args }: Directive): Word[] {
  return args.filter(({ value }, index) => !value.startsWith('-') && !/^-[st]$/.test(args[index - 1]?.value ?? ''));
}
