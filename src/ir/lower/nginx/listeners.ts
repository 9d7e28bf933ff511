import { unknown, type Listener, type Unknown } from '../../model.ts';
import type { Directive, Word } from '../../syntax.ts';
import type { NginxHost } from './hosts.ts';
import type { ListenSpec } from './listen.ts';

/** One socket; its protocol options are those of all servers on it together. */
class NginxListener implements Listener {
  readonly address: string;
  readonly port: number | Unknown;
  readonly http3: boolean;
  readonly virtualHosts: NginxHost[] = [];
  readonly directives: Directive[] = [];
  tls = false;
  proxyProtocol = false;
  explicitDefault: Word | undefined;
  #explicitHost: NginxHost | undefined;
  #http2 = false;

  constructor({ address, port, quic }: ListenSpec) {
    this.address = address;
    this.port = port;
    this.http3 = quic;
  }

  add(host: NginxHost, spec: ListenSpec): void {
    if (this.virtualHosts.at(-1) !== host) this.virtualHosts.push(host);
    if (spec.directive) this.directives.push(spec.directive);
    this.tls ||= spec.tls || host.sslOn;
    this.proxyProtocol ||= spec.proxyProtocol;
    this.#http2 ||= spec.http2;
    if (!spec.defaultServer || this.explicitDefault) return;
    this.explicitDefault = spec.defaultServer;
    this.#explicitHost = host;
  }

  get http2(): boolean {
    return (
      this.#http2 || this.virtualHosts.some((host) => host.scope.effective('http2').at(-1)?.args[0]?.value === 'on')
    );
  }

  get defaultHost(): NginxHost {
    return this.#explicitHost ?? this.virtualHosts[0]!;
  }
}

/** Groups the servers by the sockets on which they listen, and tells each server its sockets. */
export function listenersOf(hosts: readonly NginxHost[]): Listener[] {
  const listeners = new Map<string, NginxListener>();
  for (const host of hosts) {
    for (const spec of host.listens()) {
      const port = spec.port === unknown ? `?${spec.directive?.args[0]?.value}` : spec.port;
      const key = `${spec.address} ${port} ${spec.quic}`;
      let listener = listeners.get(key);
      if (!listener) listeners.set(key, (listener = new NginxListener(spec)));
      listener.add(host, spec);
      if (!host.listeners.includes(listener)) host.listeners.push(listener);
    }
  }
  return [...listeners.values()];
}
