/** A request that a virtual host answers, from its address, name and path. */
import { unknown, type Listener, type ServerName, type VirtualHost } from '../model/model.ts';
import { parseNetwork, withoutBrackets } from '../model/network.ts';
import type { TraceRequest } from '../model/trace.ts';
import { toBytes } from '../text/bytes.ts';

/** The part of a request that most are told apart by. `path`: a byte string. */
export interface RequestLine {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly method?: string;
  readonly to?: string | undefined;
}

export function requestFor({ scheme, host, port, path, method = 'GET', to }: RequestLine): TraceRequest {
  const isUsual = port === (scheme === 'https' ? 443 : 80);
  return {
    method,
    scheme,
    host,
    port,
    target: path,
    headers: [['Host', toBytes(isUsual ? host : `${host}:${port}`)]],
    to,
    from: undefined,
    bodySize: 0,
  };
}

/** The same for requests that are the same. */
export function requestKey(request: TraceRequest): string {
  const { method, scheme, host, port, target, headers, to, from, bodySize, alpn, proxyHeader, protocol, firstBytes } =
    request;
  const rare = [alpn, proxyHeader, protocol, firstBytes];
  return JSON.stringify([method, scheme, host, port, target, headers, to, from, bodySize, rare]);
}

/**
 * A request that this virtual host answers on a listener of its own; undefined where there is none that can be named: a socket in the file system,
 * a port that is not known, names that are patterns only. In a piece of a config the address that is missing is taken to be port 80.
 */
export function requestTo(
  host: VirtualHost,
  listener: Listener | undefined,
  path: string,
  method = 'GET',
): TraceRequest | undefined {
  if (!listener) return host.listeners.length > 0 ? undefined : requestFor({ ...unseen, path, method });
  const { port, tls, http3 } = listener;
  const to = addressOf(listener);
  const name = nameFor(host, listener);
  if (port === unknown || http3 || to === undefined || name === undefined) return undefined;
  return requestFor({ scheme: tls ? 'https' : 'http', host: name, port, path, method, to });
}

const unseen = { scheme: 'http', host: 'host', port: 80 } as const;

/** What a client sends to go over to another protocol, beside the headers of any request. */
export function upgradeHeaders(protocol = 'websocket'): readonly (readonly [string, string])[] {
  const upgrade = [
    ['Upgrade', protocol],
    ['Connection', 'Upgrade'],
  ] as const;
  return protocol === 'websocket' ? [...upgrade, ['Sec-WebSocket-Version', '13']] : upgrade;
}

/** A client that no config names. */
export const anyClient = '198.51.100.77';

/** One that no config names stands for all addresses (RFC 5737, RFC 3849). */
export function addressOf({ address }: Listener): string | undefined {
  if (address === '*' || address === '0.0.0.0') return '203.0.113.77';
  if (address === '[::]') return '2001:db8::77';
  const bare = withoutBrackets(address);
  return parseNetwork(bare) ? bare : undefined;
}

/** A name by which clients ask for the virtual host; any other one for the one that answers unknown names. */
function nameFor({ names }: VirtualHost, { defaultHost, virtualHosts }: Listener): string | undefined {
  for (const name of names) {
    const sample = sampleName(name);
    if (sample !== undefined) return sample;
  }
  return names === defaultHost.names || virtualHosts.length === 1 ? 'host' : undefined;
}

export function sampleName({ kind, text }: ServerName): string | undefined {
  const name = text.toLowerCase();
  const sample = kind === 'leading-wildcard' ? name.replace(/^\*?\./, 'x.') : name.replace(/\.\*$/, '.example');
  return kind !== 'regex' && kind !== 'unknown' && /^[a-z0-9][a-z0-9.-]*$/.test(sample) ? sample : undefined;
}

/** The request as a command that a reader can run. */
export function curlOf({ method, scheme, host, port, target }: TraceRequest): string {
  const isUsual = port === (scheme === 'https' ? 443 : 80);
  const options = method === 'GET' ? '-i' : method === 'HEAD' ? '-I' : `-i -X ${method}`;
  return `curl ${options} '${scheme}://${host}${isUsual ? '' : `:${port}`}${target}'`;
}
