import { unknown, type Listener, type Unknown } from '../../../model/model.ts';
import type { Directive } from '../../../syntax/tree.ts';
import type { Environment } from '../meaning/environment.ts';
import { flagOf, readFlag, textsOf } from '../meaning/settings.ts';
import type { SocketAddress } from '../meaning/socket-address.ts';
import type { ApacheScope } from '../meaning/scope.ts';
import type { HostDraft } from './virtual-hosts.ts';

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
    // Hosts come one after the other, each with all its addresses.
    if (draft.hosts.at(-1) === host) return;
    draft.hosts.push(host);
    if (directive) draft.directives.push(directive);
  }

  /** Makes the listeners and hands each to its hosts. */
  build(environment: Environment): Listener[] {
    return [...this.#drafts.values()].map((draft) => {
      const listener: Listener = {
        address: draft.address,
        port: draft.port,
        tls: speaksTls(draft.hosts),
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

/**
 * The first virtual host of an address decides for all: mod_ssl asks that of the connection. Where it says nothing, `Listen` may, and the next one
 * is taken for a sign of it.
 */
function speaksTls(hosts: readonly HostDraft[]): boolean {
  for (const { scope } of hosts) {
    const engine = scope.setting('sslengine');
    const isEngineOn = flagOf(engine?.directive);
    if (isEngineOn) return true;
    if (isEngineOn === false && engine?.certain) return false;
  }
  return false;
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
