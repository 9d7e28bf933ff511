/** What may differ between virtual hosts that a connection of HTTP/2 serves. */
import { unknown, type Route, type VirtualHost } from '../../model/model.ts';

/** What keeps the requests out that reach the default host: 421, or any other refusal of all paths. */
export function isRefusal({ match, handler }: Route): boolean {
  const isAll = match.kind === 'all' || (/^(?:prefix|exact)/.test(match.kind) && match.pattern === '/');
  if (!isAll) return false;
  return (
    handler.kind === 'deny' ||
    (handler.kind === 'return' && typeof handler.status === 'number' && handler.status >= 400)
  );
}

export interface Setting {
  readonly name: string;
  readonly of: (host: VirtualHost) => string;
}

function textOf(host: VirtualHost, key: string, byDefault: string): string {
  return (
    host.scope
      .effective(key)
      .at(-1)
      ?.args.map(({ value }) => value.toLowerCase())
      .join(' ') ?? byDefault
  );
}

/** nginx answers 421 only where the host that is asked for wants client certificates. */
export const nginxSettings: readonly Setting[] = [
  { name: 'verification of clients', of: (host) => textOf(host, 'ssl_verify_client', 'off') },
];

export const apacheSettings: readonly Setting[] = [
  { name: 'verification of clients', of: (host) => textOf(host, 'sslverifyclient', 'none') },
  {
    name: 'TLS versions',
    of: ({ tls: { protocols } }) => (protocols.value === unknown ? '' : protocols.value.join(' ')),
  },
  { name: 'cipher list', of: (host) => textOf(host, 'sslciphersuite', '') },
];
