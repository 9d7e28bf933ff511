/** Upgrades that are passed on to a backend, and the paths below them that are closed. */
import type { Route } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { backendKey, type ProxyRoute } from '../_shared/backends.ts';

export function upgradeHeader({ backend }: ProxyRoute): Directive | undefined {
  const upgrade = backend.headers.get('upgrade');
  return upgrade?.value === '$http_upgrade' && upgrade.origin !== 'default' ? upgrade.origin : undefined;
}

export function upgradeParameter({ directive }: ProxyRoute): Directive | undefined {
  return directive.args.some(({ value }) => /^upgrade=(?:any|\*|h2c)$/i.test(value)) ? directive : undefined;
}

/** Turned away, or only some addresses or users let in. */
export function isRestricted({ handler, scope, directive }: Route): boolean {
  if (directive.key !== 'location') return false;
  if (handler.kind === 'deny') return true;
  return (
    scope.own('deny').some(({ args }) => args[0]?.value === 'all') ||
    scope.own('require').some(({ args }) => args[1]?.value === 'denied')
  );
}

/** Whether the path of the one lies below that of the other, and leads to the same backend or nowhere. */
export function isWithin(inner: Route, outer: ProxyRoute): boolean {
  const isPrefix = outer.match.kind.startsWith('prefix') && /^(?:prefix|exact)/.test(inner.match.kind);
  if (!isPrefix || !inner.match.pattern.startsWith(outer.match.pattern)) return false;
  return (
    inner.handler.kind === 'deny' ||
    (inner.handler.kind === 'proxy' && backendKey(inner.handler.target) === backendKey(outer.handler.target))
  );
}
