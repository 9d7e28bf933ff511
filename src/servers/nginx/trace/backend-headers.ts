/** The headers with which nginx sends a request on. */
import type { Route } from '../../../model/model.ts';
import { headerOf, placeIn, type Directive } from '../../../syntax/tree.ts';
import { isBefore, type Version } from '../../../model/versions.ts';
import { toBytes } from '../../../text/bytes.ts';
import type { TracedHeader, Outcome } from '../../../model/trace.ts';
import { UnknownAnswer } from '../../../model/unknown.ts';
import type { ProxyTarget } from './proxy-variables.ts';
import type { State } from './state.ts';
import { evaluate } from './values.ts';
import { isOff, settingOf } from '../meaning/settings.ts';

/** HTTP/1.1, keepalive and no "Connection: close" are the default since then. */
export const modernDefaults = '1.29.7';

/** What nginx removes from, or replaces in, the client's headers unless proxy_set_header says otherwise. */
function defaultHeaders(target: ProxyTarget, version: Version): Map<string, string> {
  const defaults = new Map([
    ['Host', target.hostHeader],
    ['Connection', isBefore(version, modernDefaults) ? 'close' : ''],
    ['Keep-Alive', ''],
    ['TE', ''],
    ['Expect', ''],
    ['Upgrade', ''],
  ]);
  if (!isBefore(version, modernDefaults)) defaults.set('Proxy-Connection', '');
  return defaults;
}

/** Conditions and ranges stay behind where the whole answer is to be kept in a cache (`ngx_http_proxy_cache_headers`). */
const conditionalHeaders = [
  'If-Modified-Since',
  'If-Unmodified-Since',
  'If-None-Match',
  'If-Match',
  'Range',
  'If-Range',
].map((name): [string, string] => [name, '']);

/** Whether a cache may answer, which is written down. */
export function isCached(state: State): boolean {
  const cache = settingOf(state.scope, 'proxy_cache');
  if (!cache || isOff(cache)) return false;
  const more =
    state.scope
      .effective('proxy_cache_methods')
      .at(-1)
      ?.args.map(({ value }) => value.toUpperCase()) ?? [];
  const cached = ['GET', 'HEAD', ...more].includes(state.method);
  if (cached) state.unknowns.push('A cached answer may be served without asking the backend.');
  return cached;
}

export function convertsHead(state: State): boolean {
  return state.method === 'HEAD' && !isOff(state.scope, 'proxy_cache_convert_head');
}

/** Headers about the body, which nginx computes anew. */
const bodyHeaders = new Set(['content-length', 'transfer-encoding']);

export function backendHeaders(
  state: State,
  target: ProxyTarget,
  httpVersion: string,
  version: Version,
  cached: boolean,
): TracedHeader[] {
  const set = state.scope.effective('proxy_set_header');
  const headers: TracedHeader[] = [];
  const replaced = new Set<string>();
  for (const directive of set) {
    const name = toBytes(directive.args[0]?.value ?? '');
    replaced.add(name.toLowerCase());
    const value = valueOf(state, directive);
    if (value !== '') headers.push({ name, value, origin: placeIn(directive, headerOf(directive)) });
    // An empty Host keeps the default one where HTTP/1.1 demands it.
    else if (name.toLowerCase() === 'host' && httpVersion === '1.1' && !isBefore(version, '1.31.4')) {
      headers.push({ name: 'Host', value: target.hostHeader, origin: 'server' });
    }
  }
  for (const [name, value] of [...defaultHeaders(target, version), ...(cached ? conditionalHeaders : [])]) {
    if (replaced.has(name.toLowerCase())) continue;
    replaced.add(name.toLowerCase());
    if (value !== '') headers.push({ name, value, origin: 'server' });
  }
  const pass = !isOff(state.scope, 'proxy_pass_request_headers');
  for (const [name, value] of pass ? state.setting.request.headers : []) {
    const lower = name.toLowerCase();
    if (replaced.has(lower) || (bodyHeaders.has(lower) && !replaced.has(lower))) continue;
    headers.push({ name, value, origin: 'client' });
  }
  return headers;
}

function valueOf(state: State, directive: Directive): string | undefined {
  try {
    return evaluate(state, directive.args[1]?.value ?? '');
  } catch (error) {
    if (!(error instanceof UnknownAnswer)) throw error;
    state.unknowns.push(`Value of the header "${directive.args[0]?.value}": ${error.message}`);
    return undefined;
  }
}

export function lostHeaders(route: Route | undefined): ProxyOutcome['lost'] {
  return (route?.backend?.lost ?? []).flatMap((lost) =>
    lost.origin === 'default' ? [] : [{ name: lost.name, place: headerOf(lost.origin) }],
  );
}

export type ProxyOutcome = Extract<Outcome, { readonly kind: 'proxy' }>;
