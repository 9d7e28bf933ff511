import { tlsDefaultsOf } from '../../../facts/tls.ts';
import { isBefore } from '../../../model/versions.ts';
import { unknown, type Fact, type Tls, type Unknown, type VirtualHost } from '../../../model/model.ts';
import {
  afterCommands,
  tlsVersions,
  versionsIn,
  wholeRange,
  type TlsCommand,
  type VersionRange,
  type VersionWord,
} from '../../../model/tls-commands.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';
import type { Environment } from '../meaning/environment.ts';
import { factOf, flagOf } from '../meaning/settings.ts';
import type { ApacheScope } from '../meaning/scope.ts';

const versions = tlsVersions.slice(1);

/** The TLS settings in force on a server or virtual host. */
export function readTls(scope: ApacheScope, environment: Environment, virtualHost: VirtualHost | undefined): Tls {
  const isWhole = scope.certainty('sslprotocol') === 'known' && !scope.setting('sslprotocol');
  const commands = commandsOf(scope, environment);
  const defaults = isWhole
    ? tlsDefaultsOf('apache', environment.version).flatMap((each) => {
        const offered = commands && afterCommands(rangeOf(each.protocols), commands);
        return offered ? [{ versions: each.versions, protocols: offered.versions }] : [];
      })
    : [];
  const { protocols, words } = readProtocols(
    scope,
    environment,
    commands,
    defaults.length === 1 ? defaults[0]!.protocols : unknown,
  );
  return {
    enabled: virtualHost ? isEnabled(scope, virtualHost) : unknown,
    protocols,
    protocolWords: words,
    defaults,
    ciphers: readCiphers(scope, environment),
    certificates: scope.effective('sslcertificatefile'),
    virtualHost,
  };
}

/** `SSLEngine optional` speaks both. Without SSLEngine, a certificate switches TLS on where `Listen` says https. */
function isEnabled(scope: ApacheScope, virtualHost: VirtualHost): boolean | Unknown {
  const engine = scope.setting('sslengine');
  const mayBeHttps =
    virtualHost.listeners.length === 0 || virtualHost.listeners.some(({ port }) => port === 443 || port === unknown);
  if (!engine) {
    if (scope.certainty('sslengine') === 'unread') return unknown;
    return mayBeHttps && scope.effective('sslcertificatefile').length > 0 ? unknown : false;
  }
  if (!engine.certain) return unknown;
  return flagOf(engine.directive) ?? unknown;
}

function readProtocols(
  scope: ApacheScope,
  environment: Environment,
  commands: readonly TlsCommand[] | undefined,
  fallback: readonly string[] | Unknown,
): { readonly protocols: Fact<readonly string[]>; readonly words: readonly VersionWord[] } {
  const setting = scope.setting('sslprotocol');
  if (!setting) return { protocols: { value: fallback, origin: 'default', inherited: false }, words: [] };
  const { directive, certain, inherited } = setting;
  const enabled = certain ? enabledBy(directive, environment) : unknown;
  if (enabled === unknown) return { protocols: { value: unknown, origin: directive, inherited }, words: [] };
  const named = versions.filter((version) => enabled.has(version));
  const range = rangeOf(named);
  const offered = commands && afterCommands(range, commands);
  const words = named.map((version) => ({ version, word: enabled.get(version)!, directive }));
  if (!offered) return { protocols: { value: unknown, origin: directive, inherited }, words };
  const narrowed = new Set(versionsIn(range).filter((version) => !offered.versions.includes(version)));
  return {
    protocols: { value: offered.versions, origin: directive, inherited },
    words: [...words.filter(({ version }) => !narrowed.has(version)), ...offered.added],
  };
}

/**
 * httpd gives OpenSSL (1.1.0 and newer) the highest version and, going down from there, the last before the first gap: versions below a
 * gap are not offered, though they are named (`ssl_init_ctx_protocol`).
 */
function rangeOf(named: readonly string[]): VersionRange {
  const isNamed = new Set(named);
  const max = tlsVersions.findLastIndex((version) => isNamed.has(version));
  let min = max;
  while (min > 0 && isNamed.has(tlsVersions[min - 1]!)) min--;
  return { on: new Set([...tlsVersions.slice(2), ...named]), min: Math.max(min, wholeRange.min), max };
}

/** Those of the main server come first. Undefined if a word cannot be read. */
function commandsOf(scope: ApacheScope, environment: Environment): readonly TlsCommand[] | undefined {
  const commands: TlsCommand[] = [];
  for (const directive of scope.effective('sslopensslconfcmd')) {
    const [nameWord, word] = directive.args;
    if (!nameWord || !word) continue;
    const name = environment.text(nameWord);
    const value = environment.text(word);
    if (name === unknown || value === unknown) return undefined;
    commands.push({ name, value, word, directive });
  }
  return commands;
}

/**
 * The versions that an SSLProtocol switches on, each with the word that did it. A word without sign forgets what stood
 * before it; `all` is what the TLS library has. Unknown if a word cannot be read.
 */
function enabledBy(directive: Directive, environment: Environment): Map<string, Word> | Unknown {
  let enabled = new Map<string, Word>();
  for (const word of directive.args) {
    const text = environment.text(word);
    if (text === unknown) return unknown;
    const sign = /^[+-]/.exec(text)?.[0];
    const named = namedVersions(sign ? text.slice(1) : text, environment);
    if (!named) return unknown;
    if (!sign) enabled = new Map();
    for (const version of named) {
      if (sign === '-') enabled.delete(version);
      else enabled.set(version, word);
    }
  }
  return enabled;
}

/** The libraries that httpd 2.4.36 was made for are built without SSLv3 unless asked to. */
function namedVersions(name: string, { version: target }: Environment): readonly string[] | undefined {
  const lower = name.toLowerCase();
  if (lower === 'all') return target && isBefore(target, '2.4.36') ? versions.slice(0, -1) : versions.slice(1);
  if (lower === 'sslv2') return [];
  const version = versions.find((version) => version.toLowerCase() === lower);
  return version && [version];
}

/** The suites up to TLS 1.2; those of TLS 1.3 have a first word of their own. */
function readCiphers(scope: ApacheScope, environment: Environment): Fact<string> {
  return factOf(scope, environment, 'sslciphersuite', 'DEFAULT', (texts) => {
    if (texts.length === 1) return texts[0];
    return texts[0]?.toUpperCase() === 'SSL' ? texts[1] : undefined;
  });
}
