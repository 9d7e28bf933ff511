import { unknown, type Listener, type Unknown } from '../../../model/model.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';
import type { NginxHost } from './hosts.ts';
import { defaultListen, isDefaultWord, ListenReader, type ListenSpec, type Socket } from '../meaning/listen.ts';
import { isOn } from '../meaning/settings.ts';

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
  /** How many of the servers were asked for `http2`: each once, however often the listener is. */
  #asked = 0;

  constructor({ address, port, quic }: Socket) {
    this.address = address;
    this.port = port;
    this.http3 = quic;
  }

  add(host: NginxHost, { socket, directive }: ListenSpec): void {
    if (this.virtualHosts.at(-1) !== host) {
      this.virtualHosts.push(host);
      host.listeners.push(this);
    }
    if (directive) this.directives.push(directive);
    this.tls ||= socket.tls || host.sslOn;
    this.proxyProtocol ||= socket.proxyProtocol;
    this.#http2 ||= socket.http2;
    if (!socket.isDefault || this.explicitDefault) return;
    this.explicitDefault = directive?.args.find(isDefaultWord);
    this.#explicitHost = host;
  }

  get http2(): boolean {
    while (!this.#http2 && this.#asked < this.virtualHosts.length)
      this.#http2 = isOn(this.virtualHosts[this.#asked++]!.scope, 'http2');
    return this.#http2;
  }

  get defaultHost(): NginxHost {
    return this.#explicitHost ?? this.virtualHosts[0]!;
  }
}

/** Groups the servers by the sockets on which they listen, and tells each server its sockets. */
export function listenersOf(hosts: readonly NginxHost[]): Listener[] {
  const reader = new ListenReader();
  const bySocket = new Map<Socket, NginxListener>();
  const byKey = new Map<string, NginxListener>();
  for (const host of hosts) {
    for (const spec of listensOf(host, reader)) {
      let listener = bySocket.get(spec.socket);
      if (!listener) {
        const key = keyOf(spec);
        listener = byKey.get(key) ?? new NginxListener(spec.socket);
        byKey.set(key, listener);
        bySocket.set(spec.socket, listener);
      }
      listener.add(host, spec);
    }
  }
  return [...byKey.values()];
}

/** Where a server listens: without `listen` on nginx's own socket, unless an include may hold one. */
function listensOf(host: NginxHost, reader: ListenReader): readonly ListenSpec[] {
  const specs = host.scope.own('listen').map((directive) => reader.read(directive));
  if (specs.length > 0) return specs;
  return host.directive && !host.scope.open ? [defaultListen] : [];
}

function keyOf({ socket, directive }: ListenSpec): string {
  const port = socket.port === unknown ? `?${directive?.args[0]?.value}` : socket.port;
  return `${socket.address} ${port} ${socket.quic}`;
}
