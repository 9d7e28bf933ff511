/** `error_page`: what answers instead of an error. Follows `ngx_http_special_response_handler`. */
import { headerOf, type Directive } from '../../../syntax/tree.ts';
import { step, type State } from './state.ts';
import { evaluate } from './values.ts';
import { isOn } from '../meaning/settings.ts';

export type ErrorPage =
  | { readonly kind: 'uri'; readonly uri: string }
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'location'; readonly url: string; readonly status: number };

const redirectStatuses = new Set([301, 302, 303, 307, 308]);

/** Undefined: no error_page takes the status over. Statuses below 300 but 201 and 204 never get here. */
export function errorPage(state: State, status: number): ErrorPage | undefined {
  state.errorStatus = status;
  if (state.errorPageUsed || state.uriChangesLeft <= 0) return undefined;
  const pages = state.scope.effective('error_page');
  if (pages.length === 0) return undefined;
  const recursive = isOn(state.scope, 'recursive_error_pages');
  if (!recursive) state.errorPageUsed = true;
  const page = pages.find((directive) => codesOf(directive).includes(status));
  if (!page) return undefined;
  const target = evaluate(state, page.args.at(-1)!.value);
  const overwrite = overwriteOf(page);
  if (overwrite !== undefined) state.errorStatus = overwrite === 0 ? undefined : overwrite;
  step(state, `error_page ${status} leads to ${target}.`, headerOf(page));
  if (target.startsWith('/')) {
    if (state.method !== 'HEAD') state.method = 'GET';
    return { kind: 'uri', uri: target };
  }
  if (target.startsWith('@')) return { kind: 'named', name: target };
  const answer = overwrite !== undefined && redirectStatuses.has(overwrite) ? overwrite : 302;
  state.errorStatus = answer;
  return { kind: 'location', url: target, status: answer };
}

function codesOf(directive: Directive): number[] {
  return directive.args.map((word) => Number(word.value)).filter((code) => Number.isInteger(code) && code >= 300);
}

/** `=200` gives 200, `=` gives 0 (the status of the page itself). */
function overwriteOf(directive: Directive): number | undefined {
  const word = directive.args.find(({ value }) => value.startsWith('='));
  return word && Number(word.value.slice(1));
}
