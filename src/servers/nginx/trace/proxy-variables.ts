/** Where a `proxy_pass` leads: scheme, host and URI part. Follows `ngx_http_proxy_pass` and `ngx_http_proxy_eval`. */
import type { Directive } from '../../../syntax/tree.ts';
import { toBytes } from '../../../text/bytes.ts';
import { giveUp } from '../../../model/unknown.ts';
import { lastHandler, type State } from './state.ts';
import { evaluate, hasReferences } from './values.ts';

export interface ProxyTarget {
  readonly scheme: string;
  /** Host and port as written, the value of `$proxy_host`. */
  readonly hostHeader: string;
  readonly port: string;
  /** Path part; empty if there is none. */
  readonly uri: string;
  /** The value holds variables, so that a path part is sent as it is. */
  readonly dynamic: boolean;
}

/** The directive whose handler answers: a true `if` takes over that of its location, `limit_except` only one that hands the request on. */
export function contentHandler(state: State): Directive | undefined {
  let passesOnly = false;
  for (let scope = state.scope; ; scope = scope.outer) {
    const own = lastHandler(scope);
    if (own) return passesOnly && !own.key.endsWith('_pass') ? undefined : own;
    const key = scope.directive?.key;
    if ((key !== 'if' && key !== 'limit_except') || !scope.outer) return undefined;
    passesOnly ||= key === 'limit_except';
  }
}

/** Undefined: nginx answers 500, as the value is no URL. */
export function proxyTarget(state: State, pass: Directive): ProxyTarget | undefined {
  const written = pass.args[0]?.value ?? '';
  const dynamic = hasReferences(written);
  const url = dynamic ? evaluate(state, written) : toBytes(written);
  const match = /^(https?):\/\/(unix:[^:]*:?|\[[^\]]*\](?::\d+)?|[^/?#:]*(?::[^/?#]*)?)(.*)$/is.exec(url);
  if (!match) return undefined;
  const [, scheme, authority, rest] = match as unknown as [string, string, string, string];
  if (authority === '') return undefined;
  const hostHeader = authority.startsWith('unix:') ? 'localhost' : authority;
  const port = /:(\d+)$/.exec(authority)?.[1] ?? (scheme.toLowerCase() === 'https' ? '443' : '80');
  const uri = dynamic && rest.startsWith('?') ? `/${rest}` : rest;
  return { scheme: scheme.toLowerCase(), hostHeader: stripDefaultPort(hostHeader, scheme), port, uri, dynamic };
}

/** nginx leaves the scheme's own port out of `$proxy_host`. */
function stripDefaultPort(host: string, scheme: string): string {
  const own = scheme.toLowerCase() === 'https' ? ':443' : ':80';
  return host.endsWith(own) ? host.slice(0, -own.length) : host;
}

export function proxyVariable(state: State): ProxyTarget {
  const pass = contentHandler(state);
  return (
    (pass?.key === 'proxy_pass' ? proxyTarget(state, pass) : undefined) ??
    giveUp('"$proxy_host" is used where nothing is proxied.')
  );
}
