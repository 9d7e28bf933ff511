/** Makes a {@link TraceRequest} from what a user types. */
import { toBytes } from '../text/bytes.ts';
import { otherProtocols, type OtherProtocol, type TraceRequest } from './trace.ts';
import { defaultPort, hostWithPort } from './scheme.ts';
import { wordTable } from '../text/word-table.ts';

export interface RequestOptions {
  /** `Name: value` each. */
  readonly headers: readonly string[];
  readonly from: string | undefined;
  readonly to?: string | undefined;
  readonly bodySize: number;
  /** Protocols that the TLS handshake offers. */
  readonly alpn?: readonly string[] | undefined;
  /** What a client of `tcp` sends first: text, with `\r`, `\n`, `\t`, `\\` and `\xHH`. */
  readonly send?: string | undefined;
}

const schemes = { http: 'http', https: 'https', ws: 'http', wss: 'https' } as const;

/** sslh stands on the port of https. */
const otherPort = 443;

/** A string says what is wrong. `ws` and `wss` URLs ask for a WebSocket, those of {@link otherProtocols} for something that is no HTTP. */
export function parseRequest(method: string, url: string, options: RequestOptions): TraceRequest | string {
  const firstBytes = options.send === undefined ? undefined : bytesOf(options.send);
  if (firstBytes === null) return `"${options.send}" holds an escape that is none of \\r, \\n, \\t, \\\\ and \\xHH`;
  const other = parseOther(url);
  if (firstBytes !== undefined && (typeof other !== 'object' || other.protocol !== 'tcp'))
    return 'what is to be sent first can be said for a tcp URL only';
  if (typeof other === 'string') return other;
  if (other) {
    const { alpn, from, to } = options;
    return { ...other, firstBytes, alpn, method: '', target: '', headers: [], from, to, bodySize: 0 };
  }
  const match = /^(https?|wss?):\/\/(\[[0-9A-Fa-f:.]+\]|[^/?#:@[\]\s]+)(?::(\d{1,5}))?(?=[/?#]|$)([^]*)$/i.exec(url);
  if (!match) return `"${url}" is no http, https, ws or wss URL, nor one of ${otherProtocols.join(', ')}`;
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
    alpn: options.alpn ?? (typed === 'wss' ? ['http/1.1'] : undefined),
  };
}

type Other = Pick<TraceRequest, 'scheme' | 'host' | 'port'> & { readonly protocol: OtherProtocol };

/** Undefined where it is no URL of another protocol. */
function parseOther(url: string): Other | string | undefined {
  const match = /^([a-z\d]+):\/\/(\[[0-9A-Fa-f:.]+\]|[^/?#:@[\]\s]+)(?::(\d{1,5}))?\/?$/i.exec(url);
  const protocol = otherProtocols.find((name) => name === match?.[1]!.toLowerCase());
  if (!match || !protocol) return undefined;
  const port = match[3] === undefined ? otherPort : Number(match[3]);
  if (port < 1 || port > 65_535) return `${port} is no port`;
  return { protocol, scheme: protocol === 'tls' ? 'https' : 'http', host: match[2]!, port };
}

/** Null for an unknown escape. */
function bytesOf(text: string): string | null {
  let isKnown = true;
  const bytes = toBytes(text).replace(/\\(x[\dA-Fa-f]{2}|[^])?/g, (_, escape: string = '') => {
    if (escape.length === 3) return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    isKnown &&= Object.hasOwn(escapes, escape);
    return escapes[escape] ?? '';
  });
  return isKnown ? bytes : null;
}

const escapes: Readonly<Record<string, string>> = wordTable({ r: '\r', n: '\n', t: '\t', '\\': '\\' });

function allHeaders(given: readonly string[], webSocket: boolean, host: string): [string, string][] | string {
  const headers: [string, string][] = [];
  for (const text of given) {
    const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\0]*?)[ \t]*$/.exec(text);
    if (!match) return `"${text}" is not a header; write "Name: value"`;
    headers.push([match[1]!, toBytes(match[2]!)]);
  }
  const has = (name: string): boolean => headers.some(([key]) => key.toLowerCase() === name);
  if (webSocket && !has('upgrade'))
    headers.unshift(['Upgrade', 'websocket'], ['Connection', 'Upgrade'], ['Sec-WebSocket-Version', '13']);
  if (!has('host')) headers.unshift(['Host', toBytes(host)]);
  return headers;
}
