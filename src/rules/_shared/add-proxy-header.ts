import type { Edit } from '../../finding.ts';
import type { Route } from '../../ir/model.ts';
import { insertAfter } from './statement-edits.ts';

/**
 * Puts a line into the list of proxy_set_header that a route has. Beside proxy_pass only where there is none further out: a list of its
 * own would drop that.
 */
export function addProxyHeader({ backend, handler }: Route, line: string): Edit | undefined {
  if (handler.kind !== 'proxy' || handler.directive.key !== 'proxy_pass') return undefined;
  const last = backend?.setBy?.own('proxy_set_header').at(-1);
  return insertAfter(last ?? handler.directive, line);
}
