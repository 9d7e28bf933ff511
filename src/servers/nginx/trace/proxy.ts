/** What the backend of a proxy_pass receives. Follows `ngx_http_proxy_create_request`. */
import { headerValues, tracedHeader } from '../../../model/headers.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { isBefore, type Version } from '../../../model/versions.ts';
import { toBytes } from '../../../text/bytes.ts';
import { parseNetwork } from '../../../model/network.ts';
import type { Peer, TracedHeader } from '../../../model/trace.ts';
import { giveUp } from '../../../model/unknown.ts';
import { proxyTarget, type ProxyTarget } from './proxy-variables.ts';
import type { State } from './state.ts';
import { escapeUri } from './uri.ts';
import { evaluate, refuseTemplated } from './values.ts';
import { passDirectives } from '../meaning/pass.ts';
import { isOn } from '../meaning/settings.ts';
import { withoutPort } from '../../../model/url.ts';
import { isTlsScheme } from '../../../model/scheme.ts';
import { serversInUse } from '../meaning/upstream-servers.ts';
import {
  modernDefaults,
  isCached,
  convertsHead,
  backendHeaders,
  lostHeaders,
  type ProxyOutcome,
} from './backend-headers.ts';

/** Before, a URI that became shorter than the location's name was read beyond its end. */
const shortUriFixed = '1.29.4';

/** Undefined: nginx answers 500. */
export function proxyOutcome(state: State, pass: Directive, version: Version): ProxyOutcome | undefined {
  refuseTemplated(pass.args[0]?.value ?? '');
  const target = proxyTarget(state, pass);
  if (!target) return undefined;
  const [method] = state.scope.effective('proxy_method');
  const httpVersion =
    state.scope.effective('proxy_http_version').at(-1)?.args[0]?.value ??
    (isBefore(version, modernDefaults) ? '1.0' : '1.1');
  const cached = isCached(state);
  const uri = upstreamUri(state, pass, target, version);
  if (uri === '') return undefined;
  const headers = backendHeaders(state, target, httpVersion, version, cached);
  return {
    kind: 'proxy',
    protocol: target.scheme,
    backend: target.hostHeader,
    method: method
      ? evaluate(state, method.args[0]?.value ?? '')
      : cached && convertsHead(state)
        ? 'GET'
        : state.method,
    uri,
    httpVersion,
    headers,
    lost: lostHeaders(state.route),
    upgrade: upgradePasses(state, headers, httpVersion),
    peers: peersOf(state, target),
  };
}

/** The servers of the group that is named, or the address itself. */
function peersOf(state: State, { scheme, host, socket, port, hostHeader }: ProxyTarget): Peer[] {
  const tls = isTlsScheme(scheme);
  const serverName = tls ? nameInHandshake(state, hostHeader) : undefined;
  if (socket !== undefined) return [{ host: socket, port: undefined, tls, serverName }];
  const upstream = state.setting.model.upstreams.find(({ name }) => name.toLowerCase() === host.toLowerCase());
  if (!upstream) return [{ host, port: Number(port), tls, serverName }];
  return serversInUse(upstream).map((place) => ({ ...place, tls, serverName }));
}

/** Sent where proxy_ssl_server_name says so; no address is a name. */
function nameInHandshake(state: State, hostHeader: string): string | undefined {
  if (!isOn(state.scope, 'proxy_ssl_server_name')) return undefined;
  const written = state.scope.effective('proxy_ssl_name').at(-1)?.args[0]?.value;
  const name = withoutPort(written === undefined ? hostHeader : evaluate(state, written));
  return name === '' || parseNetwork(name) ? undefined : name;
}

/** A variable path is sent as it is, no path sends the request's own target, a path replaces the location's prefix. */
function upstreamUri(state: State, pass: Directive, target: ProxyTarget, version: Version): string {
  if (target.dynamic && target.uri !== '') return target.uri;
  if (target.uri === '' && state.rawTargetValid) return state.setting.request.target;
  const prefix = state.locationValid && target.uri !== '' ? locationPrefix(state, pass) : 0;
  if (prefix > state.path.length && isBefore(version, shortUriFixed)) {
    giveUp(`A URI shorter than the location's name makes nginx before ${shortUriFixed} fail.`);
  }
  const rest = state.path.slice(Math.min(prefix, state.path.length));
  const escaped = state.quoted || state.internal ? escapeUri(rest) : rest;
  const path = (state.locationValid ? target.uri : '') + escaped;
  return state.args === '' ? path : `${path}?${state.args}`;
}

/** Length of the name of the location that the proxy_pass stands in (that of the location around an `if`). */
function locationPrefix(state: State, pass: Directive): number {
  for (let route = state.route; route; route = route.parent) {
    const stands = route.directive.block && (route.scope.own('proxy_pass').includes(pass) || route === state.route);
    if (stands && route.directive.key === 'location')
      return route.match.kind === 'regex' ? 0 : toBytes(route.match.pattern).length;
  }
  return 0;
}

function upgradePasses(state: State, headers: readonly TracedHeader[], httpVersion: string): boolean | undefined {
  const asked = headerValues(state.setting.request.headers, 'upgrade').some((value) => /websocket/i.test(value));
  if (!asked) return undefined;
  const sent = (name: string): string => tracedHeader(headers, name)?.value ?? '';
  return httpVersion === '1.1' && /websocket/i.test(sent('upgrade')) && /\bupgrade\b/i.test(sent('connection'));
}

/** The others: where to, and no more. */
export function otherOutcome(state: State, { key, args }: Directive): ProxyOutcome {
  return {
    kind: 'proxy',
    protocol: passDirectives.get(key)?.protocol ?? key.replace('_pass', ''),
    backend: evaluate(state, args[0]?.value ?? giveUp(`"${key}" has no argument.`)),
    method: state.method,
    uri: state.path,
    httpVersion: '',
    headers: [],
    lost: [],
    upgrade: undefined,
    peers: [],
  };
}
