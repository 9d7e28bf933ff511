/**
 * Which TLS versions the servers enable by themselves. Source: the merge functions of ngx_http_ssl_module.c (nginx tags up to 1.31.4) and
 * modules/ssl of httpd (tags up to 2.4.71), read 2026-08.
 */
import { compareVersions, parseVersion, type Version } from '../model/versions.ts';

export interface TlsDefaultRange {
  /** First and last version; undefined: no such bound. */
  readonly since: string | undefined;
  readonly last: string | undefined;
  readonly protocols: readonly string[];
}

interface ServerDefaults {
  readonly name: string;
  /** The oldest version that a distribution with support still ships. */
  readonly oldestShipped: string;
  /** Oldest first. */
  readonly ranges: readonly TlsDefaultRange[];
}

/**
 * Since then nginx chooses the server by name before OpenSSL (1.1.1 and newer) chooses the version; before, the default server of the
 * address decides. Source: changes of nginx 1.29.2 (ClientHello callback); played with 1.22.1.
 */
export const nginxReadsNameFirst = '1.29.2';

/** Every version that is insecure today. */
export const weakTlsVersions: ReadonlySet<string> = new Set(['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1']);

export const tlsDefaults: Readonly<Record<'nginx' | 'apache', ServerDefaults>> = {
  nginx: {
    name: 'nginx',
    oldestShipped: '1.18.0',
    ranges: [
      { since: undefined, last: '1.9.0', protocols: ['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2'] },
      { since: '1.9.1', last: '1.23.3', protocols: ['TLSv1', 'TLSv1.1', 'TLSv1.2'] },
      { since: '1.23.4', last: '1.27.2', protocols: ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] },
      { since: '1.27.3', last: undefined, protocols: ['TLSv1.2', 'TLSv1.3'] },
    ],
  },
  apache: {
    name: 'Apache',
    oldestShipped: '2.4.37',
    ranges: [
      { since: undefined, last: '2.3.15', protocols: ['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2'] },
      { since: '2.3.16', last: '2.4.16', protocols: ['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2'] },
      { since: '2.4.17', last: '2.4.35', protocols: ['TLSv1', 'TLSv1.1', 'TLSv1.2'] },
      { since: '2.4.36', last: undefined, protocols: ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] },
    ],
  },
};

type Defaults = readonly { readonly versions: string; readonly protocols: readonly string[] }[];

/** By server, then by target, or the server's own table where there is none. */
const known = { nginx: new WeakMap<object, Defaults>(), apache: new WeakMap<object, Defaults>() };

/** The defaults that the target version has, or else those of all versions that distributions still ship; oldest first. */
export function tlsDefaultsOf(server: 'nginx' | 'apache', target: Version | undefined): Defaults {
  const key = target ?? tlsDefaults[server];
  let defaults = known[server].get(key);
  if (!defaults) known[server].set(key, (defaults = readDefaults(server, target)));
  return defaults;
}

function readDefaults(server: 'nginx' | 'apache', target: Version | undefined): Defaults {
  const { name, oldestShipped, ranges } = tlsDefaults[server];
  const oldest = target ?? parseVersion(oldestShipped)!;
  const fitting = ranges.filter(
    ({ since, last }) =>
      !isAfter(oldest, last) && !(target && since && compareVersions(target, parseVersion(since)!) < 0),
  );
  return fitting.map(({ since, last, protocols }) => ({ versions: describe(name, since, last), protocols }));
}

function isAfter(version: Version, last: string | undefined): boolean {
  return last !== undefined && compareVersions(version, parseVersion(last)!) > 0;
}

function describe(name: string, since: string | undefined, last: string | undefined): string {
  if (!since) return `${name} up to ${last ?? 'now'}`;
  return last ? `${name} ${since} to ${last}` : `${name} ${since} and later`;
}
