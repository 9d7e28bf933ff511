/** Pages of errors, and what an error keeps of the request that failed. */
import { evaluateText } from './expr.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { isRedirection } from './requests.ts';
import { levelsOf, taken, textOf, type Request } from './state.ts';
import { schemeOf } from '../../../model/scheme.ts';

export function locationOf(request: Request, status: number): string | undefined {
  return isRedirection(status) ? request.location : undefined;
}

/** The request whose error the page was meant for. */
export function firstFailed(request: Request): Request {
  let at = request;
  while (at.previous && at.previous.status !== 200) at = at.previous;
  return at;
}

interface ErrorPage {
  readonly target: string;
  readonly directive: Directive;
}

/** The ErrorDocument of the innermost level that names the status, if it is a path or URL. */
export function errorDocument(request: Request, status: number): ErrorPage | undefined {
  const named = documentNamed(request, status);
  if (!named) return undefined;
  const isUrl = schemeOf(named.target) !== undefined;
  if (!isPage(named.target) || (isUrl && status === 401)) return undefined;
  return /%\{/.test(named.target) ? { ...named, target: evaluateText(request, named.target) } : named;
}

/** The text that the config gives for an error; undefined: none, or one that is made for each request. */
export function errorText(request: Request, status: number): string | undefined {
  const named = documentNamed(request, status);
  if (!named || isPage(named.target) || named.target.toLowerCase() === 'default') return undefined;
  // mod_core takes off the quote in front that marks it as a text.
  return /%\{/.test(named.target) ? undefined : named.target.replace(/^"/, '');
}

const isPage = (target: string): boolean => target.startsWith('/') || schemeOf(target) !== undefined;

function documentNamed(request: Request, status: number): ErrorPage | undefined {
  for (const scope of levelsOf(request.scope).reverse()) {
    const item = scope.level
      .named('errordocument')
      .findLast(({ directive }) => textOf(request.setting, directive.args[0]) === String(status));
    if (!item) continue;
    const directive = taken(request.setting, item);
    return { target: textOf(request.setting, directive.args[1]), directive };
  }
  return undefined;
}
