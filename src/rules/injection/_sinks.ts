import type { Directive, Word } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { isRedirectUrl } from '../../servers/nginx/meaning/redirect-url.ts';
import { bareVariables } from '../../servers/nginx/meaning/values.ts';

/** `error_page 404 =301 https://example.com$uri`. */
export function errorRedirect({ args }: Directive): Word | undefined {
  const last = args.at(-1);
  return last && isRedirectUrl(bareVariables(last.value)) ? last : undefined;
}

/** The arguments that an internal rewrite beside a proxy_pass makes: the path is encoded anew for the backend, they are not. */
export function argumentsForProxy({ args, parent }: Directive): string {
  const text = args[1]?.value ?? '';
  return text.includes('?') && childrenNamed(parent, 'proxy_pass').length > 0 ? text.slice(text.indexOf('?')) : '';
}
