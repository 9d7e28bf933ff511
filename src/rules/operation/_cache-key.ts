/** What the key of a cache of nginx leaves out. */
import type { Route, Scope } from '../../model/model.ts';
import { bytesOf } from '../../servers/nginx/meaning/settings.ts';
import type { Directive } from '../../syntax/tree.ts';

const builtin = /\$\{?(\w+)/g;

export function faultOf(key: string, module: string, route: Route): 'path' | 'host' | 'method' | undefined {
  const names = new Set([...key.matchAll(builtin)].map(([, name]) => name!));
  // Any other variable may hold the missing part.
  if ([...names].some((name) => !parts.has(name))) return undefined;
  if (!['request_uri', 'uri', 'document_uri', 'request', 'request_filename'].some((name) => names.has(name)))
    return 'path';
  if (!['host', 'http_host', 'server_name', 'proxy_host'].some((name) => names.has(name)) && dependsOnHost(route))
    return 'host';
  return module === 'fastcgi' && !names.has('request_method') && !names.has('request') && cachesHead(route.scope)
    ? 'method'
    : undefined;
}

const parts: ReadonlySet<string> = new Set(
  (
    'scheme host http_host server_name proxy_host request_uri uri document_uri request request_filename args is_args query_string ' +
    'request_method https server_port'
  ).split(' '),
);

/** The server takes several names and the backend is told which one was asked for. */
function dependsOnHost({ virtualHost, backend }: Route): boolean {
  const isMany = virtualHost.names.length > 1 || virtualHost.names.some(({ kind }) => kind !== 'exact');
  const sent = backend?.headers.get('host')?.value;
  return isMany && typeof sent === 'string' && /^\$(?:http_)?host$/.test(sent);
}

/** A script that is called for the head of a page sends no body. */
function cachesHead(scope: Scope): boolean {
  return (
    scope.effective('limit_except').length === 0 &&
    scope.effective('fastcgi_param').some(({ args }) => /\$\{?request_method\b/.test(args[1]?.value ?? ''))
  );
}

/** Whether the backend is asked for a part at a time, and the key of the cache does not tell them apart. */
export function leavesOutSlice({ backend }: Route, slice: Directive, key: string): boolean {
  const range = backend?.headers.get('range')?.value;
  const isAsked = typeof range === 'string' && /\$\{?slice_range\b/.test(range);
  if (!isAsked || bytesOf(slice) === 0) return false;
  // Any variable that is not of nginx itself may hold it.
  return [...key.matchAll(builtin)].every(([, name]) => parts.has(name!));
}
