/** The TLS handshake, and what is asked of TLS when the head of a request was read. */
import type { Listener, VirtualHost } from '../../../model/model.ts';
import { parseNetwork } from '../../../model/network.ts';
import { captureGroups } from '../../../regex/captures.ts';
import { selectHost } from '../meaning/hosts.ts';
import type { Version } from '../../../model/versions.ts';
import type { TraceRequest } from '../../../model/trace.ts';
import { parseHost } from './request-head.ts';
import { isOn } from '../meaning/settings.ts';

export interface HandshakeServer {
  readonly host: VirtualHost;
  /** The name sent in the handshake (SNI), lower case. */
  readonly name: string;
}

/** The server that the name in the handshake chose (`ngx_http_ssl_servername`); undefined: none, the default server's settings hold. */
export function serverOfHandshake(
  listener: Listener,
  request: TraceRequest,
  version: Version,
): HandshakeServer | undefined {
  // Clients send no address as a name.
  if (request.scheme !== 'https' || parseNetwork(request.host) || !asksForNames(listener)) return undefined;
  const name = parseHost(request.host, version);
  const choice = name === undefined ? undefined : selectHost(listener, name);
  return choice?.name ? { host: choice.host, name: name! } : undefined;
}

/** nginx makes tables of names for several servers, or where the last expression among those of the default server captures (`ngx_http_optimize_servers`). */
function asksForNames({ virtualHosts, defaultHost }: Listener): boolean {
  if (virtualHosts.length > 1) return true;
  const last = defaultHost.names.findLast(({ kind }) => kind === 'regex');
  return last !== undefined && captureGroups(last.text).length > 0;
}

export function rejectsHandshake(listener: Listener, request: TraceRequest, version: Version): boolean {
  const { scope } = serverOfHandshake(listener, request, version)?.host ?? listener.defaultHost;
  return isOn(scope, 'ssl_reject_handshake');
}

/** The status of a request without TLS on a port for it, or without the certificate that is asked for (`ngx_http_process_request`). */
export function refusedOverTls(listener: Listener, request: TraceRequest, { scope }: VirtualHost): number | undefined {
  if (!listener.tls) return undefined;
  if (request.scheme === 'http') return 497;
  return isOn(scope, 'ssl_verify_client') ? 496 : undefined;
}
