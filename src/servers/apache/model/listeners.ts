import { unknown, type Listener, type Unknown } from '../../../model/model.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';
import type { Environment } from '../meaning/environment.ts';
import { isOn, readFlag, textsOf } from '../meaning/settings.ts';
import type { ApacheScope } from '../meaning/scope.ts';
import type { HostDraft } from './virtual-hosts.ts';

/** An address and port; an unknown port is also that of an address without one, which stands for all ports. */
export interface SocketAddress {
  readonly address: string;
  readonly port: number | Unknown;
  readonly word: Word;
}

/** Reads `*`, `*:80`, `_default_:443`, `10.0.0.1:80`, `[::1]:80`, `name:80`, and for Listen a bare port. */
export function readAddress(word: Word, environment: Environment): SocketAddress | undefined {
  const text = environment.text(word);
  if (text === unknown) return undefined;
  if (/^\d+$/.test(text)) return { address: '*', port: Number(text), word };
  const match = /^(\[[^\]]*\]|[^:]*)(?::(\d+|\*))?$/.exec(text);
  if (!match) return undefined;
  const address = match[1] === '_default_' ? '*' : match[1]!.toLowerCase();
  return { address, port: match[2] === undefined || match[2] === '*' ? unknown : Number(match[2]), word };
}

/** The addresses of a `<VirtualHost>`; those that cannot be read are left out. */
export function hostAddresses(directive: Directive, environment: Environment): SocketAddress[] {
  return directive.args.map((word) => readAddress(word, environment)).filter((address) => address !== undefined);
}

interface Draft {
  readonly address: string;
  readonly port: number | Unknown;
  readonly hosts: HostDraft[];
  readonly directives: Directive[];
}

/** Collects the sockets of the virtual hosts in the order in which they are first named. */
export class ListenerTable {
  readonly #drafts = new Map<string, Draft>();

  add(address: SocketAddress, host: HostDraft, directive: Directive | undefined): void {
    const key = `${address.address} ${String(address.port)}`;
    let draft = this.#drafts.get(key);
    if (!draft)
      this.#drafts.set(key, (draft = { address: address.address, port: address.port, hosts: [], directives: [] }));
    if (draft.hosts.includes(host)) return;
    draft.hosts.push(host);
    if (directive) draft.directives.push(directive);
  }

  /** Makes the listeners and hands each to its hosts. */
  build(environment: Environment): Listener[] {
    return [...this.#drafts.values()].map((draft) => {
      const listener: Listener = {
        address: draft.address,
        port: draft.port,
        tls: draft.hosts.some(({ scope }) => isOn(scope, 'sslengine')),
        http2: draft.hosts.some(({ scope }) => speaksHttp2(scope, environment)),
        http3: false,
        proxyProtocol: draft.hosts.some(({ scope }) => isSwitchedOn(scope, 'remoteipproxyprotocol', environment)),
        virtualHosts: draft.hosts,
        defaultHost: draft.hosts[0]!,
        explicitDefault: undefined,
        directives: draft.directives,
      };
      for (const host of draft.hosts) host.listeners.push(listener);
      return listener;
    });
  }
}

function speaksHttp2(scope: ApacheScope, environment: Environment): boolean {
  const words = scope.setting('protocols')?.directive.args ?? [];
  const texts = textsOf(words, environment);
  return texts !== unknown && texts.some((text) => /^h2c?$/i.test(text));
}

function isSwitchedOn(scope: ApacheScope, key: string, environment: Environment): boolean {
  const texts = textsOf(scope.setting(key)?.directive.args ?? [], environment);
  return texts !== unknown && readFlag(texts) === true;
}
