/** Where a server of `stream` hands a connection on to. */
import { bracketed, without } from '../../../model/connection.ts';
import { destinations, isIpv6, isSameAddress } from '../../../model/connection.ts';
import type { Outcome, Trace, TraceRequest } from '../../../model/trace.ts';
import type { Config } from '../../../syntax/config.ts';
import { headerOf } from '../../../syntax/tree.ts';
import { childrenNamed } from '../../../syntax/walk.ts';
import { streamRelays, type StreamListen, type StreamRelay } from '../meaning/stream-relays.ts';

/** Undefined where no server of `stream` listens there. */
export function traceStream(config: Config, request: TraceRequest): Trace | undefined {
  const met = streamRelays(config).flatMap((relay) => {
    const listen = relay.listens.find((each) => takes(each, request));
    return listen ? { relay, listen } : [];
  });
  const [first, ...others] = met;
  if (!first) return undefined;
  const { relay, listen } = first;
  const { pass } = relay;
  const outcome: Outcome =
    others.length > 0
      ? { kind: 'unknown', reason: 'Several servers of "stream" listen there.' }
      : outcomeOf(relay, listen, request);
  return without(request, outcome, {
    listener: listen.address.startsWith('unix:') ? listen.address : `${listen.address}:${request.port}`,
    location: {
      text: 'server of stream',
      place: headerOf(pass ?? relay.directive),
      reason: 'it listens there',
      candidates: [],
    },
  });
}

function takes({ address, port, isUdp }: StreamListen, request: TraceRequest): boolean {
  if (isUdp) return false;
  if (request.to?.startsWith('unix:')) return request.to === address;
  if (port !== request.port) return false;
  const addresses = destinations(request);
  if (!addresses || address === '*') return addresses?.some((each) => !isIpv6(each)) ?? true;
  if (address === '[::]') return addresses.some(isIpv6);
  return addresses.some((each) => isSameAddress(address, each) || (address === 'localhost' && each === '127.0.0.1'));
}

/** What may end a connection, or changes what is in it. */
const undecided = ['deny', 'allow', 'return', 'js_access', 'js_preread', 'js_filter', 'pass'];

function outcomeOf(relay: StreamRelay, listen: StreamListen, { proxyHeader }: TraceRequest): Outcome {
  const unknown = (reason: string): Outcome => ({ kind: 'unknown', reason });
  const inForce = undecided.find(
    (key) => childrenNamed(relay.block, key).length > 0 || childrenNamed(relay.directive.parent, key).length > 0,
  );
  if (inForce !== undefined) return unknown(`What "${inForce}" does in "stream" is not traced.`);
  if (listen.tls || relay.tls) return unknown('TLS that begins or ends in "stream" is not traced.');
  if (listen.proxyProtocol && !proxyHeader) return { kind: 'closed' };
  if (!listen.proxyProtocol && proxyHeader) return unknown('A PROXY header goes through "stream" as it came.');
  if (relay.places.length === 0) return unknown(`Where "${relay.pass?.args[0]?.value ?? ''}" leads is not known.`);
  const [place] = relay.places;
  return {
    kind: 'tunnel',
    transport: 'tcp',
    backend:
      relay.places.length > 1
        ? relay.pass!.args[0]!.value
        : place!.port === undefined
          ? `unix:${place!.host}`
          : `${bracketed(place!.host)}:${place!.port}`,
    proxyProtocol: relay.sendsHeader ? 1 : undefined,
    transparent: relay.transparent,
    peers: relay.places.map((each) => ({ ...each, tls: false, serverName: undefined })),
  };
}
