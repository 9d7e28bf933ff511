/** What `trace` is asked and what it answers, the same for all servers. */
import type { Candidate } from './candidate.ts';
import type { Place } from '../text/source.ts';

/** What a client may speak beside HTTP: `tcp` sends what {@link TraceRequest.firstBytes} says, or waits for the server. */
export const otherProtocols = [
  'tcp',
  'tls',
  'ssh',
  'openvpn',
  'tinc',
  'xmpp',
  'adb',
  'socks5',
  'syslog',
  'msrdp',
  'teamspeak',
  'wireguard',
] as const;
export type OtherProtocol = (typeof otherProtocols)[number];

/** Byte strings (see `bytes.ts`) throughout. */
export interface TraceRequest {
  /** What is spoken instead of HTTP; left out: HTTP, over TLS where the scheme says so. */
  readonly protocol?: OtherProtocol | undefined;
  /** What a client of `tcp` sends before it hears anything; left out: nothing. */
  readonly firstBytes?: string | undefined;
  /** The protocols that the TLS handshake offers (ALPN); left out: those of browsers. */
  readonly alpn?: readonly string[] | undefined;
  /** The PROXY header in front of all else; left out: none is sent. */
  readonly proxyHeader?: ProxyHeader | undefined;
  /** `1.0` or `1.1`; left out: 1.1. */
  readonly httpVersion?: string | undefined;
  readonly method: string;
  readonly scheme: 'http' | 'https';
  /** Host of the URL, without port; an IPv6 address in brackets. */
  readonly host: string;
  readonly port: number;
  /** Path and query as they go on the request line. */
  readonly target: string;
  /** In the order sent. A `Host` header here replaces the one made from the URL. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Address that the connection goes to, or `unix:/path`; undefined: that of the URL, if it has one. */
  readonly to?: string | undefined;
  /** Client address; undefined: not given, so that what depends on it is unknown. */
  readonly from: string | undefined;
  /** Bytes. */
  readonly bodySize: number;
}

export interface ProxyHeader {
  readonly version: 1 | 2;
  /** Address of the client; undefined: not known. */
  readonly client: string | undefined;
}

/** Where a server connects to. */
export interface Peer {
  /** Name or address; the path of a socket where {@link port} is undefined. */
  readonly host: string;
  readonly port: number | undefined;
  readonly tls: boolean;
  /** The name in the TLS handshake; undefined: none, or no TLS. */
  readonly serverName: string | undefined;
}

/** What is known of the files that the server would look for; undefined: not known. */
export type FileKind = 'file' | 'directory' | 'missing' | undefined;
export interface FileLookup {
  (path: string): FileKind;
  /** The text of a file; undefined: not known. */
  readonly read?: (path: string) => string | undefined;
  /** Whether there are files of this name with extensions behind it; undefined: not known. */
  readonly hasVariants?: (path: string) => boolean | undefined;
}

export interface TraceStep {
  /** One sentence. */
  readonly text: string;
  readonly place: Place | undefined;
  /** What happens to the request in this step: `condition`: one holds; `give-up`: it was rewritten too often; `refuse`: httpd's `Order`. */
  readonly does?: 'condition' | 'redirect' | 'rewrite' | 'give-up' | 'refuse';
}

export interface Chosen {
  readonly text: string;
  readonly place: Place | undefined;
  readonly reason: string;
  readonly candidates: readonly Candidate[];
}

/** A header with where it comes from: a directive, the client's request, or the server by itself. */
export interface TracedHeader {
  readonly name: string;
  /** Undefined: it is sent, but its value cannot be known from the config and the request. */
  readonly value: string | undefined;
  readonly origin: Place | 'client' | 'server';
}

export type Outcome =
  | {
      readonly kind: 'response';
      readonly status: number;
      /** Value of the Location header. */
      readonly location: string | undefined;
      readonly body: string | undefined;
    }
  | {
      readonly kind: 'proxy';
      readonly protocol: string;
      /** Scheme, host and port as the server connects to; the group's name for an upstream. */
      readonly backend: string;
      /** Method and request target as sent; undefined for protocols without a request line. */
      readonly method: string;
      readonly uri: string;
      readonly httpVersion: string;
      readonly headers: readonly TracedHeader[];
      /** Headers set on an outer level that this route drops. */
      readonly lost: readonly { readonly name: string; readonly place: Place }[];
      /** Whether a WebSocket handshake in this request reaches the backend as one; undefined: it is none. */
      readonly upgrade: boolean | undefined;
      /** One of these is asked; empty: not known. */
      readonly peers: readonly Peer[];
    }
  /** The connection goes on as it came; nothing in it is changed. */
  | {
      readonly kind: 'tunnel';
      readonly transport: 'tcp' | 'udp';
      /** `host:port`, or `unix:/path`. */
      readonly backend: string;
      /** The version of the PROXY protocol in which the client is told in front; undefined: not at all. */
      readonly proxyProtocol: 1 | 2 | undefined;
      /** Whether the backend sees the address of the client as that of the connection. */
      readonly transparent: boolean;
      /** One of these is connected to; empty: not known. */
      readonly peers: readonly Peer[];
    }
  /** `status`: 200, unless the file answers for an error. */
  | { readonly kind: 'static'; readonly file: string; readonly found: FileKind; readonly status: number }
  /** The connection is closed without an answer. */
  | { readonly kind: 'closed' }
  /** Nobody listens there. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface Trace {
  readonly request: TraceRequest;
  readonly listener: string | undefined;
  readonly virtualHost: Chosen | undefined;
  readonly location: Chosen | undefined;
  readonly steps: readonly TraceStep[];
  readonly outcome: Outcome;
  /** Headers added to the response; for a proxied one those added to a 200. */
  readonly responseHeaders: readonly TracedHeader[];
  /** What the answer leaves open, a sentence each. */
  readonly unknowns: readonly string[];
}
