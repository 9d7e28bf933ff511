import type { Edit } from '../text/edit.ts';
import type { Route } from '../model/model.ts';
import { enclosing, type Directive } from '../syntax/tree.ts';
import { insertAfter } from './statements.ts';

/**
 * Puts a line into the list of proxy_set_header that a route has. Beside proxy_pass only where there is none further out: a list of its
 * own would drop that.
 */
export function addProxyHeader({ backend, handler }: Route, line: string): Edit | undefined {
  if (handler.kind !== 'proxy' || handler.directive.key !== 'proxy_pass') return undefined;
  const last = backend?.setBy?.own('proxy_set_header').at(-1);
  if (last) return insertAfter(last, line);
  return takesSettings(handler.directive) ? insertAfter(handler.directive, line) : undefined;
}

/** `if` and `limit_except` take proxy_pass, but nothing that says how it speaks. */
export function takesSettings(proxyPass: Directive): boolean {
  const level = enclosing(proxyPass)?.key;
  return level !== 'if' && level !== 'limit_except';
}
