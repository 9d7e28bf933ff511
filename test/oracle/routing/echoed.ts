/** What a backend of the tests received, as it answers. */
export interface Echoed {
  readonly method: string;
  readonly uri: string;
  readonly version: string;
  readonly headers: readonly (readonly [string, string])[];
  /** The name in the TLS handshake. */
  readonly serverName?: string;
  /** What was spoken instead of HTTP/1: `fastcgi`, `scgi`, `uwsgi`, `ajp`, `memcached`, `grpc`. */
  readonly protocol?: string;
}
