/** What the formats of traces say alike. */
import type { Outcome, TraceRequest } from '../model/trace.ts';

export type Tunnel = Extract<Outcome, { readonly kind: 'tunnel' }>;

/** `GET https://host:443/path`, `ssh host:443`; a byte string. */
export function requestText(request: TraceRequest): string {
  const { protocol, method, host, port } = request;
  return protocol === undefined ? `${method} ${urlOf(request)}` : `${protocol} ${host}:${port}`;
}

export function urlOf({ protocol, scheme, host, port, target }: TraceRequest): string {
  return `${protocol ?? scheme}://${host}:${port}${target}`;
}

export function tunnelText({ transport, backend, proxyProtocol }: Tunnel): string {
  const header = proxyProtocol === undefined ? '' : `, behind a PROXY header of version ${proxyProtocol}`;
  return `${transport} ${backend}: the connection as it came${header}`;
}
