/** What hands connections on without reading the requests in them: entries of sslh, servers of nginx's `stream`. */
import type { Place } from '../text/source.ts';

export interface RelaySocket {
  /** `*`, an address or a name; `unix:/path`. */
  readonly address: string;
  /** Undefined: not known, or a socket in the file system. */
  readonly port: number | undefined;
  readonly isUdp: boolean;
  /** Whether the relay itself ends the TLS of clients. */
  readonly tls: boolean;
  /** Whether a PROXY header is expected, or may come. */
  readonly proxyProtocol: boolean;
  readonly place: Place;
}

/** Where connections are handed on to. */
export interface RelayTarget {
  /** Name or address; the path of a socket where {@link port} is undefined. */
  readonly host: string;
  readonly port: number | undefined;
}

export interface Relay {
  /** As a reader would call it: `tls a.example`. */
  readonly name: string;
  readonly sockets: readonly RelaySocket[];
  /** One of these; empty: not known, or none. */
  readonly targets: readonly RelayTarget[];
  /** Where the target is written. */
  readonly place: Place;
  readonly isUdp: boolean;
  /** What surely comes through: `tls` and `http` where a probe or the preread of a handshake says so. */
  readonly carries: 'tls' | 'http' | undefined;
  /** Whether a PROXY header goes in front. */
  readonly sendsHeader: boolean;
  /** Whether the target sees the address of the client. */
  readonly transparent: boolean;
}
