/** TLS: whether the address speaks it, the name in the handshake, and what is asked of the client (modules/ssl). */
import type { Environment } from '../meaning/environment.ts';
import { ApacheScope } from '../meaning/scope.ts';
import { unknown, type VirtualHost } from '../../../model/model.ts';
import { parseNetwork } from '../../../model/network.ts';
import { giveUp } from '../../../model/unknown.ts';
import type { TraceRequest } from '../../../model/trace.ts';
import { parseHost, selectHost } from '../meaning/hosts.ts';
import type { HostSet } from './sockets.ts';
import { readFlag } from '../meaning/settings.ts';

interface Server {
  readonly environment: Environment;
  readonly modules: ReadonlySet<string> | undefined;
  readonly request: TraceRequest;
}

/** The first virtual host of the address decides; without SSLEngine the protocol of `Listen` does. */
export function speaksTls({ base, protocol }: HostSet, server: Server): boolean {
  const engine = settingOf(base, 'sslengine', server);
  if (engine === 'optional') giveUp('"SSLEngine optional" is not traced.');
  if (engine !== undefined) return readFlag([engine]) === true;
  // A part of a config does not say how the address is listened on.
  if (protocol === undefined) {
    if (base.directive === undefined) return server.request.scheme === 'https';
    return server.request.port === 443 ? giveUp('Whether the virtual host speaks TLS was not read.') : false;
  }
  return protocol === 'https' && server.modules?.has('ssl') === true;
}

function settingOf({ scope }: VirtualHost, key: string, { environment }: Server): string | undefined {
  const word = scope instanceof ApacheScope ? scope.setting(key)?.directive.args[0] : undefined;
  const text = word && environment.text(word);
  return text === unknown ? giveUp(`The value of "${word!.value}" is not known.`) : text?.toLowerCase();
}

/** The virtual host that the name in the handshake chooses; clients send no address as a name. */
function handshakeHost({ request }: Server, set: HostSet): { readonly host: VirtualHost; readonly isNamed: boolean } {
  const name = parseNetwork(request.host) ? undefined : parseHost(request.host)?.name;
  return { host: name === undefined ? set.base : selectHost(set, name).host, isNamed: name !== undefined };
}

/** Whether the connection ends in the handshake: it is none, or a certificate is required. */
export function failsHandshake(server: Server, set: HostSet): boolean {
  const { request } = server;
  // The library for TLS knows plain requests by these methods alone.
  if (request.scheme === 'http') return !['GET', 'POST', 'HEAD', 'PUT'].includes(request.method);
  return settingOf(handshakeHost(server, set).host, 'sslverifyclient', server) === 'require';
}

/**
 * The status of a request that TLS refuses: without TLS on a port for it, or for another host than the handshake named
 * (`ssl_hook_ReadReq`).
 */
export function refusedByTls(server: Server, set: HostSet, chosen: VirtualHost): number | undefined {
  if (server.request.scheme === 'http') return 400;
  const { host, isNamed } = handshakeHost(server, set);
  if (!isNamed) {
    const strict = [host, chosen].some(
      (each) => readFlag([settingOf(each, 'sslstrictsnivhostcheck', server) ?? '']) === true,
    );
    return strict && set.placed.length > 0 ? 403 : undefined;
  }
  return host === chosen ? undefined : giveUp('Whether the host fits the name in the TLS handshake is not traced.');
}
