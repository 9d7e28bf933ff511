/** The words of nginx that go into a header or the first line of a message. */
import { moreHeaderWords } from '../../servers/nginx/meaning/more-headers.ts';
import { redirectUrl } from '../../servers/nginx/meaning/redirect-url.ts';
import type { Directive, Word } from '../../syntax/tree.ts';
import { argumentsForProxy, errorRedirect } from './_sinks.ts';

/** Whose line it is. */
export type Message = 'response' | 'request';

/** `written`: what of the word goes there, if not all of it. */
type Check = (directive: Directive, word: Word | undefined, message: Message, written?: string) => void;

/** Hooks that call `check` for each such word. */
export function lineHooks(check: Check): Readonly<Record<string, (directive: Directive) => void>> {
  const header = (directive: Directive): void => check(directive, directive.args[1], 'response');
  const moreHeaders =
    (message: Message) =>
    (directive: Directive): void =>
      moreHeaderWords(directive).forEach((word) => check(directive, word, message));
  return {
    return: (directive) => check(directive, redirectUrl(directive), 'response'),
    rewrite: (directive) => {
      const url = redirectUrl(directive);
      if (url) check(directive, url, 'response');
      else check(directive, directive.args[1], 'request', argumentsForProxy(directive));
    },
    add_header: header,
    add_trailer: header,
    proxy_redirect: header,
    more_set_headers: moreHeaders('response'),
    more_set_input_headers: moreHeaders('request'),
    error_page: (directive) => check(directive, errorRedirect(directive), 'response'),
    proxy_set_header: (directive) => check(directive, directive.args[1], 'request'),
    proxy_pass: (directive) => check(directive, directive.args[0], 'request'),
  };
}
