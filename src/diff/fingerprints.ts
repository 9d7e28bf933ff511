/** What a virtual host is made of, as a text: those that are the same in two configs answer alike, and are not asked. */
import { unknown, type Listener, type Model, type VirtualHost } from '../model/model.ts';
import type { Config } from '../syntax/config.ts';
import type { Block, Directive } from '../syntax/tree.ts';
import { children } from '../syntax/walk.ts';
import { hash } from '../text/hash.ts';

/** Directives that mean something to whoever names what they define. */
const named: ReadonlySet<string> = new Set(['map', 'geo', 'split_clients', 'upstream']);

/** They change no answer of a virtual host. */
const idle: ReadonlySet<string> = new Set([
  'events',
  'stream',
  'mail',
  'log_format',
  'access_log',
  'error_log',
  'customlog',
  'errorlog',
  'logformat',
  'loglevel',
  'include',
  'includeoptional',
]);

export interface Fingerprints {
  readonly hosts: ReadonlyMap<VirtualHost, string>;
  /** What stands around all of them. */
  readonly surroundings: string;
}

export function fingerprintsOf({ config, model }: { readonly config: Config; readonly model: Model }): Fingerprints {
  const around = new Surroundings(config, model);
  const surroundings = around.withNamed(around.text);
  const places = placesOf(model);
  const hosts = new Map(
    model.virtualHosts.map((host) => {
      const own = host.directive ? textOf(host.directive) : around.text;
      return [host, [around.withNamed(own), surroundings, places.get(host) ?? ''].join('\n')] as const;
    }),
  );
  return { hosts, surroundings };
}

/** Everything outside of the virtual hosts. */
class Surroundings {
  readonly text: string;
  /** By name in lower case. */
  readonly #named = new Map<string, string>();
  readonly #upstreams: string[] = [];
  #upstreamsDigest: string | undefined;

  constructor(config: Config, model: Model) {
    const hosts = new Set(model.virtualHosts.map(({ directive }) => directive));
    const holders = new Set<Block>();
    for (const directive of hosts)
      for (let block = directive?.parent; block && !holders.has(block); block = block.owner?.parent) holders.add(block);
    const lines: string[] = [];
    const read = (block: Block): void => {
      for (const directive of children(block)) {
        if (hosts.has(directive) || idle.has(directive.key)) continue;
        if (named.has(directive.key)) this.#define(directive);
        else if (directive.block && holders.has(directive.block)) {
          lines.push(wordsOf(directive));
          read(directive.block);
        } else lines.push(textOf(directive));
      }
    };
    read(config.file.root);
    this.text = lines.join('\n');
  }

  #define(directive: Directive): void {
    const text = textOf(directive);
    for (const { value } of directive.args) {
      const name = value.replace(/^\$/, '').toLowerCase();
      this.#named.set(name, `${this.#named.get(name) ?? ''}\n${text}`);
    }
    if (directive.key === 'upstream') this.#upstreams.push(text);
  }

  /** The text with that of all which it names, and so on. */
  withNamed(text: string): string {
    if (this.#named.size === 0) return text;
    // A name with a variable in it may be that of any group.
    const anyGroup = /_pass\0[^\n\0]*\$/.test(text) ? [this.#digest()] : [];
    const seen = new Set<string>();
    const parts = [text];
    for (let part = parts[0], at = 0; part !== undefined; part = parts[++at])
      for (const [word] of part.matchAll(/[^\s\0/:;{}$"'()~|^]+/g)) {
        const name = word.toLowerCase();
        const definition = seen.has(name) ? undefined : this.#named.get(name);
        if (definition === undefined) continue;
        seen.add(name);
        parts.push(definition);
      }
    return [...parts, ...anyGroup].join('\n');
  }

  #digest(): string {
    return (this.#upstreamsDigest ??= hash(this.#upstreams.join('\n')));
  }
}

function wordsOf({ key, args }: Directive): string {
  return [key, ...args.map(({ value }) => value)].join('\0');
}

/** The directive with all in it, without comments and layout. */
export function textOf(directive: Directive): string {
  const { block } = directive;
  if (!block) return wordsOf(directive);
  const body = block.body
    ? [block.body.value]
    : children(block)
        .filter(({ key }) => !idle.has(key))
        .map(textOf);
  return `${wordsOf(directive)}{\n${body.join('\n')}\n}`;
}

/** Where each virtual host stands among those of its listeners, as far as that decides. */
function placesOf({ listeners }: Model): Map<VirtualHost, string> {
  const places = new Map<VirtualHost, string>();
  for (const listener of listeners) {
    const seen = new Set<string>();
    let patterns = 0;
    for (const host of listener.virtualHosts) {
      const ranks = host.names.map(({ text, kind }) => {
        if (kind === 'regex' || kind === 'wildcard' || kind === 'unknown') return patterns++;
        const name = text.toLowerCase();
        if (seen.has(name)) return 'later';
        seen.add(name);
        return 'first';
      });
      const place = [listenerKey(listener), listener.defaultHost === host, ...ranks].join(' ');
      places.set(host, `${places.get(host) ?? ''}\n${place}`);
    }
  }
  return places;
}

/** Address and what is spoken there. */
export function listenerKey(listener: Listener): string {
  const { tls, http2, http3, proxyProtocol } = listener;
  return [socketKey(listener), tls, http2, http3, proxyProtocol].join(' ');
}

/** Two sockets of one key cannot be open at once. */
export function socketKey({ address, port, http3 }: Listener): string {
  const at = address.startsWith('unix:') ? address : `${address}:${port === unknown ? '?' : port}`;
  return http3 ? `${at} udp` : at;
}
