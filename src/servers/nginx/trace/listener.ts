/** Which listeners a connection may reach: the choice of the socket, and `ngx_http_init_connection`. */
import type { Config } from '../../../syntax/config.ts';
import { addressOf, portRangeOf } from '../meaning/listen.ts';
import { unknown, type Listener, type Model } from '../../../model/model.ts';
import { parseNetwork } from '../../../model/network.ts';
import { giveUp } from '../../../model/unknown.ts';
import { childrenNamed } from '../../../syntax/walk.ts';
import { destinations, isIpv6, isSameAddress } from '../../../model/connection.ts';
import type { TraceRequest } from '../../../model/trace.ts';

export interface Reached {
  /** Undefined: nobody listens there. */
  readonly listener: Listener | undefined;
  /** Undefined: only the listener is known, not the address. */
  readonly address: string | undefined;
}

/** One for each address that the connection may go to. Throws `UnknownAnswer`. */
export function reachedListeners(model: Model, request: TraceRequest): readonly Reached[] {
  const { to } = request;
  if (to?.startsWith('unix:'))
    return [{ listener: model.listeners.find(({ address }) => address === to), address: to }];
  const onPort = listenersOn(model, request.port);
  const addresses = destinations(request);
  if (addresses) return addresses.map((address) => ({ listener: listenerFor(onPort, address), address }));
  return onPort.length === 0
    ? [{ listener: undefined, address: undefined }]
    : onPort.map((listener) => ({ listener, address: undefined }));
}

const byPort = new WeakMap<Model, Map<number, readonly Listener[]>>();

/** TCP listeners of the port; where none is sure to be, those whose port is not known. */
function listenersOn(model: Model, port: number): readonly Listener[] {
  let known = byPort.get(model);
  if (!known) byPort.set(model, (known = new Map<number, readonly Listener[]>()));
  let listeners = known.get(port);
  if (!listeners) known.set(port, (listeners = findListeners(model, port)));
  return listeners;
}

function findListeners(model: Model, port: number): Listener[] {
  const tcp = model.listeners.filter(({ address, http3 }) => !http3 && !address.startsWith('unix:'));
  const sure = tcp.filter((listener) => listener.port === port || inRange(listener, port));
  return sure.length > 0 ? sure : tcp.filter((listener) => listener.port === unknown && !rangeOf(listener));
}

function inRange(listener: Listener, port: number): boolean {
  const range = rangeOf(listener);
  return range !== undefined && range[0] <= port && port <= range[1];
}

/** `listen 8000-8010`. */
function rangeOf({ directives, port }: Listener): readonly [number, number] | undefined {
  return port === unknown ? portRangeOf(directives[0]?.args[0]?.value ?? '') : undefined;
}

/** A listener of the very address hides the one of all addresses. */
function listenerFor(onPort: readonly Listener[], address: string): Listener | undefined {
  const exact = onPort.find((listener) => isSameAddress(listener.address, address) || isLocalhost(listener, address));
  if (exact) return exact;
  const named = onPort.find((listener) => listener.address !== '*' && !parseNetwork(listener.address));
  if (named && named.address !== 'localhost')
    giveUp(`Which address "${named.address}" means is asked when nginx starts.`);
  const any = isIpv6(address) ? '[::]' : '*';
  return (
    onPort.find((listener) => listener.address === any) ??
    (isIpv6(address) ? undefined : onPort.find((listener) => listener.address === '[::]' && takesIpv4(listener)))
  );
}

function isLocalhost(listener: Listener, address: string): boolean {
  return listener.address === 'localhost' && (address === '127.0.0.1' || isSameAddress(address, '::1'));
}

function takesIpv4({ directives }: Listener): boolean {
  return directives.some(({ args }) => args.some(({ value }) => value === 'ipv6only=off'));
}

/** Whether a server of `stream` takes connections on the port, or may. */
export function streamListensOn(config: Config, port: number): boolean {
  const servers = childrenNamed(config.file.root, 'stream').flatMap(({ block }) => childrenNamed(block, 'server'));
  const listens = servers.flatMap(({ block }) => childrenNamed(block, 'listen'));
  return listens.some(({ args }) => {
    const listened = addressOf(args[0]?.value ?? '').port;
    return (listened === port || listened === unknown) && !args.some(({ value }) => value === 'udp');
  });
}
