/**
 * What OpenSSL's configuration commands (nginx `ssl_conf_command`, httpd `SSLOpenSSLConfCmd`) make of the TLS versions that a server has
 * switched on. Source: SSL_CONF_cmd(3) of OpenSSL 3.0, played with nginx 1.22.1 and httpd 2.4.71.
 */
import type { Directive, Word } from '../syntax/tree.ts';

/** In the servers' spelling, oldest first. */
export const tlsVersions = ['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

/** A version that is offered, and the word that sees to it. */
export interface VersionWord {
  readonly version: string;
  readonly word: Word;
  readonly directive: Directive;
}

export interface TlsCommand {
  readonly name: string;
  readonly value: string;
  readonly word: Word;
  readonly directive: Directive;
}

/** What a server hands to OpenSSL: versions that are not switched off, and bounds, which are indexes of {@link tlsVersions}. */
export interface VersionRange {
  readonly on: ReadonlySet<string>;
  readonly min: number;
  readonly max: number;
}

export const wholeRange = { min: 0, max: tlsVersions.length - 1 } as const;

export function versionsIn({ on, min, max }: VersionRange): readonly string[] {
  return tlsVersions.filter((version, index) => on.has(version) && index >= min && index <= max);
}

/** The versions after all commands, and the words of those that only a command offers. Undefined where a value cannot be read. */
export function afterCommands(
  range: VersionRange,
  commands: readonly TlsCommand[],
): { readonly versions: readonly string[]; readonly added: readonly VersionWord[] } | undefined {
  const added = new Map<string, VersionWord>();
  let current = range;
  let versions = versionsIn(range);
  const given = new Set(versions);
  for (const { name, value, word, directive } of commands) {
    const next = afterCommand(current, name.toLowerCase(), value);
    if (!next) return undefined;
    current = next;
    versions = versionsIn(current);
    for (const version of versions)
      if (!given.has(version) && !added.has(version)) added.set(version, { version, word, directive });
  }
  return { versions, added: versions.flatMap((version) => added.get(version) ?? []) };
}

function afterCommand(range: VersionRange, name: string, value: string): VersionRange | undefined {
  if (name === 'protocol') {
    const on = afterList(range.on, value);
    return on && { ...range, on };
  }
  if (name !== 'minprotocol' && name !== 'maxprotocol') return range;
  const isMin = name === 'minprotocol';
  if (value === 'None') return isMin ? { ...range, min: wholeRange.min } : { ...range, max: wholeRange.max };
  const bound = tlsVersions.findIndex((version) => version === value);
  if (bound < 0) return undefined;
  return isMin ? { ...range, min: bound } : { ...range, max: bound };
}

/** `Protocol` changes what it names and leaves the rest as it was; OpenSSL compares its names in any case. */
function afterList(before: ReadonlySet<string>, list: string): ReadonlySet<string> | undefined {
  const on = new Set(before);
  for (const item of list.split(',')) {
    const text = item.trim().toLowerCase();
    const name = text.replace(/^[+-]/, '');
    const named =
      name === 'all' ? tlsVersions.slice(2) : tlsVersions.filter((version) => version.toLowerCase() === name);
    if (named.length === 0) return undefined;
    for (const version of named) {
      if (text.startsWith('-')) on.delete(version);
      else on.add(version);
    }
  }
  return on;
}
