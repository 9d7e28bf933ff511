/** Makes a {@link TraceRequest} from what a user types. */
import { toBytes } from '../text/bytes.ts';
import type { TraceRequest } from './trace.ts';
import { defaultPort, hostWithPort } from './url.ts';

export interface RequestOptions {
  /** `Name: value` each. */
  readonly headers: readonly string[];
  readonly from: string | undefined;
  readonly to?: string | undefined;
  readonly bodySize: number;
}

const schemes = { http: 'http', https: 'https', ws: 'http', wss: 'https' } as const;

/** A string says what is wrong. `ws` and `wss` URLs ask for a WebSocket. */
export function parseRequest(method: string, url: string, options: RequestOptions): TraceRequest | string {
  const match = /^(https?|wss?):\/\/(\[[0-9A-Fa-f:.]+\]|[^/?#:@[\]\s]+)(?::(\d{1,5}))?(?=[/?#]|$)([^]*)$/i.exec(url);
  if (!match) return `"${url}" is no http, https, ws or wss URL`;
  const typed = match[1]!.toLowerCase() as keyof typeof schemes;
  const scheme = schemes[typed];
  const usual = defaultPort(scheme)!;
  const port = match[3] === undefined ? usual : Number(match[3]);
  if (port < 1 || port > 65_535) return `${port} is no port`;
  const target = toBytes(match[4]!.replace(/#.*$/s, ''));
  if (/[\x00-\x20\x7f]/.test(target))
    return `"${url}" holds a space or control character; write it as %20 and the like`;
  const host = match[2]!;
  const headers = allHeaders(options.headers, typed.startsWith('ws'), hostWithPort(scheme, host, port));
  if (typeof headers === 'string') return headers;
  return {
    method,
    scheme,
    host,
    port,
    target: target.startsWith('/') ? target : `/${target}`,
    headers,
    from: options.from,
    to: options.to,
    bodySize: options.bodySize,
  };
}

function allHeaders(given: readonly string[], webSocket: boolean, host: string): [string, string][] | string {
  const headers: [string, string][] = [];
  for (const text of given) {
    const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\0]*?)[ \t]*$/.exec(text);
    if (!match) return `"${text}" is no header; write "Name: value"`;
    headers.push([match[1]!, toBytes(match[2]!)]);
  }
  const has = (name: string): boolean => headers.some(([key]) => key.toLowerCase() === name);
  if (webSocket && !has('upgrade'))
    headers.unshift(['Upgrade', 'websocket'], ['Connection', 'Upgrade'], ['Sec-WebSocket-Version', '13']);
  if (!has('host')) headers.unshift(['Host', toBytes(host)]);
  return headers;
}
