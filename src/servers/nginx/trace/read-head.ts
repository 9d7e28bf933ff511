/** The head of a request, as nginx reads it before it looks at locations. */
import { headerValue } from '../../../model/headers.ts';
import type { VirtualHost } from '../../../model/model.ts';
import { giveUp } from '../../../model/unknown.ts';
import { directivesByKey } from '../../../syntax/walk.ts';
import { selectHost, type HostChoice } from '../meaning/hosts.ts';
import { refusedOverTls, serverOfHandshake } from './handshake.ts';
import { keptHeaders, parseHost, refusedHeaders, refusedLine } from './request-head.ts';
import type { Setting } from './state.ts';
import { parseRequestTarget, type ParsedUri } from './uri.ts';
import { isOff } from '../meaning/settings.ts';

/** What is known of a request when its head was read. */
export interface Head {
  readonly choice: HostChoice;
  readonly setting: Setting;
  readonly uri: ParsedUri | undefined;
  /** Whose settings hold. */
  readonly host: VirtualHost;
  readonly refused: number | undefined;
}

/** The settings of the server that the handshake named, or else of the first one, hold until the Host header was read. */
export function readHead(setting: Setting): Head {
  const { request, version } = setting;
  const listener = setting.listener!;
  const handshake = serverOfHandshake(listener, request, version);
  const first = handshake?.host ?? listener.defaultHost;
  const mergeSlashes = !isOff(first.scope, 'merge_slashes');
  const uri = parseRequestTarget(request.target, mergeSlashes);
  const hostHeader = headerValue(request.headers, 'host');
  const tunnels = ['tunnel_pass', 'proxy_connect'].some((key) => directivesByKey(setting.config.file.root).has(key));
  if (request.method === 'CONNECT' && tunnels) giveUp('Where CONNECT leads is not traced.');
  const badLine = refusedLine(request, first.scope, version) ?? (uri ? undefined : 400);
  // Nor are the headers known where the request line is malformed.
  const malformed = { ...setting, request: { ...request, target: '', headers: [] } };
  if (badLine !== undefined) return { ...byMalformed(first), setting: malformed, uri, refused: badLine };
  const hostName = parseHost(hostHeader ?? '', version);
  if (hostName === undefined) {
    // What follows a Host header that is refused is not read.
    const upToHost = request.headers.slice(0, 1 + request.headers.findIndex(([name]) => name.toLowerCase() === 'host'));
    const headers = keptHeaders({ ...request, headers: upToHost }, first.scope, first.scope);
    return { ...byMalformed(first), setting: { ...setting, request: { ...request, headers } }, uri, refused: 400 };
  }
  const choice = selectHost(listener, hostName);
  const misdirected = handshake !== undefined && handshake.name !== hostName && verifies(choice.host);
  const host = misdirected ? first : choice.host;
  const known: Setting = {
    ...setting,
    hostName,
    request: { ...request, headers: keptHeaders(request, first.scope, host.scope) },
  };
  const refused = misdirected
    ? 421
    : (refusedHeaders(request, host.scope, version) ?? refusedOverTls(listener, request, host));
  return { choice: { ...choice, host }, setting: known, uri, host, refused };
}

function verifies({ scope }: VirtualHost): boolean {
  return scope.effective('ssl_verify_client').some((directive) => !isOff(directive));
}

function byMalformed(host: VirtualHost): Pick<Head, 'choice' | 'host'> {
  const reason = 'the request is malformed, so that its host is not asked for';
  return { choice: { host, name: undefined, reason, captures: undefined, candidates: [] }, host };
}
