import { tlsDefaultsOf } from '../../../facts/tls.ts';
import type { Version } from '../../../model/versions.ts';
import { unknown, type Fact, type Tls, type Unknown, type VirtualHost } from '../../../model/model.ts';
import {
  afterCommands,
  tlsVersions,
  wholeRange,
  type TlsCommand,
  type VersionWord,
} from '../../../model/tls-commands.ts';
import type { Directive } from '../../../syntax/tree.ts';
import type { NginxScope } from '../meaning/scope.ts';

/** Versions by their lower-cased spelling, which nginx compares. */
const versions = new Map<string, string>(tlsVersions.map((version) => [version.toLowerCase(), version]));

/** TLS settings of a level, read when they are asked for. */
export class NginxTls implements Tls {
  readonly #scope: NginxScope;
  readonly #target: Version | undefined;
  readonly virtualHost: VirtualHost | undefined;

  constructor(scope: NginxScope, target: Version | undefined, virtualHost: VirtualHost | undefined) {
    this.#scope = scope;
    this.#target = target;
    this.virtualHost = virtualHost;
  }

  get enabled(): boolean | Unknown {
    const listeners = this.virtualHost?.listeners ?? [];
    if (listeners.some(({ tls }) => tls)) return true;
    return listeners.length === 0 ? unknown : false;
  }

  get protocols(): Fact<readonly string[]> {
    const level = this.#scope.level('ssl_protocols');
    const origin = level?.own('ssl_protocols').at(-1);
    if (!level || !origin) return { value: this.#default(), origin: 'default', inherited: false };
    const words = this.#namedVersions();
    const readable = level.own('ssl_protocols').reduce((count, { args }) => count + args.length, 0) === words.length;
    const value = readable ? this.#offered(words.map(({ version }) => version))?.versions : undefined;
    return { value: value ?? unknown, origin, inherited: level !== this.#scope };
  }

  /** Words of several `ssl_protocols` on one level add up; an `ssl_conf_command` takes some away, or adds its own. */
  get protocolWords(): readonly VersionWord[] {
    const words = this.#namedVersions();
    const offered = words.length === 0 ? undefined : this.#offered(words.map(({ version }) => version));
    if (!offered) return words;
    return [...words.filter(({ version }) => offered.versions.includes(version)), ...offered.added];
  }

  get defaults(): Tls['defaults'] {
    if (this.#scope.level('ssl_protocols') || this.#scope.certainty('ssl_protocols') !== 'known') return [];
    return tlsDefaultsOf('nginx', this.#target).flatMap(({ versions, protocols }) => {
      const offered = this.#offered(protocols);
      return offered ? [{ versions, protocols: offered.versions }] : [];
    });
  }

  get ciphers(): Fact<string> {
    const level = this.#scope.level('ssl_ciphers');
    const origin = level?.own('ssl_ciphers').at(-1);
    if (level && origin) return { value: origin.args[0]?.value ?? unknown, origin, inherited: level !== this.#scope };
    const known = this.#scope.certainty('ssl_ciphers') === 'known';
    return { value: known ? 'HIGH:!aNULL:!MD5' : unknown, origin: 'default', inherited: false };
  }

  get certificates(): readonly Directive[] {
    return this.#scope.effective('ssl_certificate');
  }

  #namedVersions(): readonly VersionWord[] {
    return this.#scope.effective('ssl_protocols').flatMap((directive) =>
      directive.args.flatMap((word) => {
        const version = versions.get(word.value.toLowerCase());
        return version ? { version, word, directive } : [];
      }),
    );
  }

  /** nginx switches off what is not named; a command cannot bring it back but by `Protocol`. */
  #offered(named: readonly string[]): ReturnType<typeof afterCommands> {
    return afterCommands({ on: new Set(named), ...wholeRange }, this.#commands());
  }

  #commands(): readonly TlsCommand[] {
    return this.#scope.effective('ssl_conf_command').flatMap((directive) => {
      const [name, word] = directive.args;
      return name && word ? { name: name.value, value: word.value, word, directive } : [];
    });
  }

  #default(): readonly string[] | Unknown {
    const { defaults } = this;
    return defaults.length === 1 ? defaults[0]!.protocols : unknown;
  }
}
