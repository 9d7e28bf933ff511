import { unknown, type Route, type VirtualHost } from '../../ir/model.ts';
import type { Directive } from '../../ir/syntax.ts';
import { isUnder } from '../../ir/lower/apache/paths.ts';

export interface ApacheLoop {
  readonly directive: Directive;
  readonly from: string;
  readonly to: string;
}

/** `Redirect` of a path to a URL of the same virtual host under the same path, with no condition. */
export function apacheLoops(host: VirtualHost): ApacheLoop[] {
  return host.routes.flatMap((route) => loopOf(route, host) ?? []);
}

function loopOf({ directive, handler, match, parent, preemptedBy }: Route, host: VirtualHost): ApacheLoop | undefined {
  if (handler.kind !== 'redirect' || match.kind !== 'prefix' || parent || preemptedBy) return undefined;
  if (!/^redirect(?:permanent|temp)?$/.test(directive.key) || !handler.to) return undefined;
  const url = /^(https?):\/\/([^/:]+)(?::(\d+))?(\/.*)?$/i.exec(handler.to.value);
  if (!url || /[$%?#]/.test(handler.to.value)) return undefined;
  const isTls = url[1]!.toLowerCase() === 'https';
  const port = Number(url[3] ?? (isTls ? 443 : 80));
  // Something in front may end TLS and forward to another port; a port that is written out is this one.
  const speaksTls = url[3] === undefined ? host.overTls : host.tls.enabled;
  const isHere = speaksTls === isTls && host.listeners.some((listener) => listener.port === port);
  const name = host.names.find(({ kind, text }) => kind === 'exact' && text.toLowerCase() === url[2]!.toLowerCase());
  if (!isHere || !name || host.listeners.some((listener) => listener.port === unknown)) return undefined;
  const path = url[4] ?? '/';
  if (
    !isUnder(path, match.pattern) ||
    host.routes.some((other) => other.directive !== directive && mayTake(other, path))
  )
    return undefined;
  const from = `${url[1]!.toLowerCase()}://${name.text}${url[3] ? `:${port}` : ''}${match.pattern}`;
  return { directive, from, to: handler.to.value };
}

/** Another mapping that the target may meet instead. Files come after redirects. */
function mayTake({ handler, match }: Route, path: string): boolean {
  if (handler.kind === 'static' || handler.kind === 'unknown') return false;
  return match.kind !== 'prefix' || isUnder(path, match.pattern);
}
