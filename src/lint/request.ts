import { parseNetwork } from '../model/network.ts';
import { parseRequest } from '../model/request.ts';
import type { TraceRequest } from '../model/trace.ts';
import { OptionError } from './options.ts';

export interface RequestToTrace {
  /** `http`, `https`, `ws` or `wss`; for sslh also `ssh`, `tcp` and the like. */
  readonly url: string;
  /** `GET` if left out. */
  readonly method?: string;
  /** `Name: value` each. */
  readonly headers?: readonly string[];
  /** IP address of the client; left out: what depends on it is unknown. */
  readonly from?: string;
  /** IP address that the connection goes to; left out: that of the URL, if it has one. */
  readonly to?: string;
  /** Bytes; 0 if left out. */
  readonly bodySize?: number;
  /** What the TLS handshake offers; left out: what browsers offer. */
  readonly alpn?: readonly string[];
  /** What the client of a `tcp` URL sends first, with `\\r`, `\\n` and `\\xHH`; left out: nothing. */
  readonly send?: string;
}

/** What {@link OpenFile.trace} asks. Throws {@link OptionError}. */
export function requestTo(asked: RequestToTrace): TraceRequest {
  const { url, method = 'GET', headers = [], from, to, bodySize = 0, alpn, send } = asked;
  if (!/^[A-Z][A-Z0-9_-]*$/.test(method)) throw new OptionError(`method: "${method}" is no HTTP method`);
  for (const [name, address] of Object.entries({ from, to })) {
    if (address !== undefined && (address.includes('/') || !parseNetwork(address)))
      throw new OptionError(`${name}: "${address}" is no IP address`);
  }
  if (!Number.isSafeInteger(bodySize) || bodySize < 0)
    throw new OptionError(`bodySize: ${bodySize} is no number of bytes`);
  const request = parseRequest(method, url, { headers, from, to, bodySize, alpn, send });
  if (typeof request === 'string') throw new OptionError(request);
  return request;
}
