import { tlsDefaultsOf } from '../../../facts/tls.ts';
import type { Version } from '../../../model/versions.ts';
import { unknown, type Fact, type Tls, type Unknown, type VirtualHost } from '../../../model/model.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';
import type { NginxScope } from '../meaning/scope.ts';

/** Versions by their lower-cased spelling, which nginx compares. */
const versions = new Map(
  ['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'].map((version) => [version.toLowerCase(), version]),
);
const order = [...versions.values()];

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
    const words = this.protocolWords;
    const readable = level.own('ssl_protocols').reduce((count, { args }) => count + args.length, 0) === words.length;
    const enabled = new Set(words.map(({ version }) => version));
    const value = readable ? order.filter((version) => enabled.has(version)) : unknown;
    return { value, origin, inherited: level !== this.#scope };
  }

  /** Words of several `ssl_protocols` on one level add up. */
  get protocolWords(): readonly { version: string; word: Word; directive: Directive }[] {
    return this.#scope.effective('ssl_protocols').flatMap((directive) =>
      directive.args.flatMap((word) => {
        const version = versions.get(word.value.toLowerCase());
        return version ? { version, word, directive } : [];
      }),
    );
  }

  get defaults(): Tls['defaults'] {
    if (this.#scope.level('ssl_protocols') || this.#scope.certainty('ssl_protocols') !== 'known') return [];
    return tlsDefaultsOf('nginx', this.#target);
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

  #default(): readonly string[] | Unknown {
    const { defaults } = this;
    return defaults.length === 1 ? defaults[0]!.protocols : unknown;
  }
}
