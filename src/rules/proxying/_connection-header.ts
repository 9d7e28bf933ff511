/** What nginx tells a backend in Connection. */
import type { Edit } from '../finding.ts';
import type { Route, Scope } from '../../model/model.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { addProxyHeader, takesSettings } from '../../edits/proxy-header.ts';
import { insertBefore } from '../../edits/statements.ts';

export function fixOf(
  route: Route,
  proxyPass: Directive,
): { readonly fix?: { readonly title: string; readonly edits: Edit[] } } {
  if (!takesSettings(proxyPass)) return {};
  return { fix: { title: 'Keep the connections', edits: editsFor(route, proxyPass) } };
}

/** What the route lacks of the two lines. */
function editsFor(route: Route, proxyPass: Directive): Edit[] {
  const { scope } = route;
  const edits: (Edit | undefined)[] = [];
  const version = scope.effective('proxy_http_version').at(-1);
  const number = version?.args[0];
  if (!version || !number) edits.push(insertBefore(proxyPass, ['proxy_http_version 1.1']));
  else if (number.value === '1.0') edits.push({ place: placeIn(version, number), text: '1.1' });
  const close = connectionOf(scope);
  const value = close?.args[1];
  if (!close || !value) edits.push(addProxyHeader(route, 'proxy_set_header Connection ""'));
  else if (value.value === 'close') edits.push({ place: placeIn(close, value), text: '""' });
  return edits.filter((edit) => edit !== undefined);
}

export function setsConnection(scope: Scope): boolean {
  const value = connectionOf(scope)?.args[1]?.value;
  return value !== undefined && value !== 'close';
}

function connectionOf(scope: Scope): Directive | undefined {
  return scope.effective('proxy_set_header').findLast(({ args }) => args[0]?.value.toLowerCase() === 'connection');
}
