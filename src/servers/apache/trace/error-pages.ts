/** Pages of errors, and what an error keeps of the request that failed. */
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
  for (const scope of levelsOf(request.scope).reverse()) {
    const item = scope.level
      .named('errordocument')
      .findLast(({ directive }) => textOf(request.setting, directive.args[0]) === String(status));
    if (!item) continue;
    const directive = taken(request.setting, item);
    const target = textOf(request.setting, directive.args[1]);
    const isUrl = schemeOf(target) !== undefined;
    if (!target.startsWith('/') && !isUrl) return undefined;
    if (isUrl && status === 401) return undefined;
    return { target, directive };
  }
  return undefined;
}
