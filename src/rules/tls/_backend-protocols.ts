import { weakTlsVersions } from '../../facts/tls.ts';
import type { Directive, Word } from '../../syntax/tree.ts';

/** Which versions are spoken to backends. */
export const backendProtocolKeys = [
  'proxy_ssl_protocols',
  'grpc_ssl_protocols',
  'uwsgi_ssl_protocols',
  'sslproxyprotocol',
];

/** What "all" of httpd holds besides TLSv1.2 and newer ones. */
const olderOfAll = ['TLSv1', 'TLSv1.1'];

/** The first word that switches a weak version on, with all that such words leave on. */
export function weakBackendVersions({ key, args }: Directive): { word: Word; versions: string[] } | undefined {
  const isSigned = key === 'sslproxyprotocol';
  let enabled = new Map<string, Word>();
  for (const word of args) {
    const [, sign, name] = /^([+-]?)(.*)$/s.exec(word.value)!;
    // A version in a variable or a template may be any.
    if (!/^[\w.]+$/.test(name!)) return undefined;
    if (isSigned && sign === '') enabled = new Map();
    for (const version of versionsOf(name!, isSigned)) {
      if (sign === '-') enabled.delete(version);
      else enabled.set(version, word);
    }
  }
  const [first] = enabled.values();
  return first && { word: first, versions: [...enabled.keys()] };
}

function versionsOf(name: string, isSigned: boolean): string[] {
  if (isSigned && name.toLowerCase() === 'all') return olderOfAll;
  return [...weakTlsVersions].filter((version) => version.toLowerCase() === name.toLowerCase());
}
