/** Where a `proxy_pass` leads: scheme, host and URI part. Follows `ngx_http_proxy_pass` and `ngx_http_proxy_eval`. */
import type { Directive } from '../../../syntax/tree.ts';
import { toBytes } from '../../../text/bytes.ts';
import { giveUp } from '../../../model/unknown.ts';
import { lastHandler, type State } from './state.ts';
import { evaluate, hasReferences } from './values.ts';
import { effectivePort, readUrl } from '../../../model/url.ts';
import { defaultPort, isHttpUrl } from '../../../model/scheme.ts';

export interface ProxyTarget {
  readonly scheme: string;
  /** Host and port as written, the value of `$proxy_host`. */
  readonly hostHeader: string;
  /** Without port. */
  readonly host: string;
  /** The path of a Unix socket in the place of a host. */
  readonly socket: string | undefined;
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
  if (!isHttpUrl(url)) return undefined;
  const parts = readUrl(url);
  const { authority, socket, pathAndQuery } = parts;
  if (authority.text === '') return undefined;
  const scheme = parts.scheme!.text.toLowerCase();
  const port = String(effectivePort(parts) ?? defaultPort(scheme));
  const uri = dynamic && pathAndQuery.text.startsWith('?') ? `/${pathAndQuery.text}` : pathAndQuery.text;
  const hostHeader = socket ? 'localhost' : stripDefaultPort(authority.text, scheme);
  return { scheme, hostHeader, host: parts.host.text, socket: socket?.text, port, uri, dynamic };
}

/** nginx leaves the scheme's own port out of `$proxy_host`. */
function stripDefaultPort(host: string, scheme: string): string {
  const own = `:${defaultPort(scheme)}`;
  return host.endsWith(own) ? host.slice(0, -own.length) : host;
}

export function proxyVariable(state: State): ProxyTarget {
  const pass = contentHandler(state);
  return (
    (pass?.key === 'proxy_pass' ? proxyTarget(state, pass) : undefined) ??
    giveUp('"$proxy_host" is used where nothing is proxied.')
  );
}
