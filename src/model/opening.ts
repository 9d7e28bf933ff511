/** What a client sends before it hears anything from the server: all that sslh and nginx's `ssl_preread` go by. */
import { parseNetwork } from './network.ts';
import type { OtherProtocol, TraceRequest } from './trace.ts';

export type Opening =
  /** The client waits for the server. */
  | { readonly kind: 'silence' }
  | Bytes
  /** A ClientHello, of which this much is known. */
  | { readonly kind: 'hello'; readonly serverName: string | undefined; readonly alpn: readonly string[] };

export interface Bytes {
  readonly kind: 'bytes';
  /** How it begins; a byte string. */
  readonly bytes: string;
  /** Whether that is all of it. */
  readonly isWhole: boolean;
  /** Length of the whole, at least. */
  readonly least: number;
  /** The probe that is made for it. */
  readonly probe: string | undefined;
}

/** What browsers offer over TLS. */
const browserAlpn = ['h2', 'http/1.1'];

/** No ClientHello of a client of today is shorter. */
export const shortestHello = 120;

export function openingOf(request: TraceRequest): Opening {
  const { protocol, firstBytes = '', host } = request;
  if (protocol === undefined)
    return request.scheme === 'https' ? helloTo(host, request.alpn ?? browserAlpn) : head(request);
  if (protocol === 'tls') return helloTo(host, request.alpn ?? []);
  if (protocol === 'tcp') return firstBytes === '' ? { kind: 'silence' } : whole(firstBytes);
  const { bytes, least } = beginnings[protocol];
  return { kind: 'bytes', bytes, isWhole: false, least: Math.max(least, bytes.length), probe: protocol };
}

/** Clients send no address as a name. */
function helloTo(host: string, alpn: readonly string[]): Opening {
  return { kind: 'hello', serverName: parseNetwork(host) ? undefined : host, alpn };
}

function head({ method, target, headers }: TraceRequest): Bytes {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return whole(`${method} ${target} HTTP/1.1\r\n${lines}\r\n`);
}

function whole(bytes: string): Bytes {
  return { kind: 'bytes', bytes, isWhole: true, least: bytes.length, probe: undefined };
}

interface Beginning {
  readonly bytes: string;
  /** Bytes of the shortest first packet. */
  readonly least: number;
}

/** The same for all clients of the protocol. Sources: RFC 4253, RFC 6120, RFC 1928, RFC 6587, MS-RDPBCGR, and the probes of sslh. */
const beginnings: Readonly<Record<Exclude<OtherProtocol, 'tcp' | 'tls'>, Beginning>> = {
  ssh: { bytes: 'SSH-2.0-', least: 11 },
  // P_CONTROL_HARD_RESET_CLIENT_V2; the length in front is that of the packet.
  openvpn: { bytes: '\0', least: 16 },
  tinc: { bytes: '0 ', least: 8 },
  xmpp: { bytes: '<', least: 50 },
  adb: { bytes: 'CNXN', least: 30 },
  socks5: { bytes: '\x05', least: 3 },
  syslog: { bytes: '<', least: 5 },
  msrdp: { bytes: '\x03\0\0', least: 19 },
  teamspeak: { bytes: 'TS3INIT1', least: 34 },
  wireguard: { bytes: '\x01\0\0\0', least: 148 },
};

/** Those that go over UDP. */
export const overUdp: ReadonlySet<string> = new Set(['teamspeak', 'wireguard']);
