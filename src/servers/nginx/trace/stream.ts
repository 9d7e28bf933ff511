/** Where a server of `stream` hands a connection on to. */
import { bracketed, without } from '../../../model/connection.ts';
import { destinations, isIpv6, isSameAddress } from '../../../model/connection.ts';
import type { Outcome, Trace, TraceRequest, TraceStep } from '../../../model/trace.ts';
import type { Config } from '../../../syntax/config.ts';
import { headerOf } from '../../../syntax/tree.ts';
import { childrenNamed } from '../../../syntax/walk.ts';
import { streamRelays, type StreamListen, type StreamRelay } from '../meaning/stream-relays.ts';
import type { UpstreamPlace } from '../meaning/upstream-servers.ts';
import { streamTarget } from './stream-target.ts';

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
  const steps: TraceStep[] = [];
  const outcome: Outcome =
    others.length > 0
      ? { kind: 'unknown', reason: 'Several servers of "stream" listen there.' }
      : outcomeOf(relay, listen, request, steps);
  return without(request, outcome, {
    steps,
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

function outcomeOf(relay: StreamRelay, listen: StreamListen, request: TraceRequest, steps: TraceStep[]): Outcome {
  const { proxyHeader } = request;
  const unknown = (reason: string): Outcome => ({ kind: 'unknown', reason });
  const inForce = undecided.find(
    (key) => childrenNamed(relay.block, key).length > 0 || childrenNamed(relay.directive.parent, key).length > 0,
  );
  if (inForce !== undefined) return unknown(`What "${inForce}" does in "stream" is not traced.`);
  if (listen.tls || relay.tls) return unknown('TLS that begins or ends in "stream" is not traced.');
  if (listen.proxyProtocol && !proxyHeader) return { kind: 'closed' };
  if (!listen.proxyProtocol && proxyHeader) return unknown('A PROXY header goes through "stream" as it came.');
  const written = relay.pass?.args[0]?.value ?? '';
  if (!written.includes('$')) {
    if (relay.places.length === 0) return unknown(`Where "${written}" leads is not known.`);
    return tunnelTo(relay, written, relay.places);
  }
  const target = streamTarget(relay, request);
  if (target.kind === 'unknown') return target;
  steps.push({ text: target.text, place: headerOf(relay.pass!) });
  return target.kind === 'closed' ? { kind: 'closed' } : tunnelTo(relay, target.name, target.places);
}

function tunnelTo(relay: StreamRelay, name: string, places: readonly UpstreamPlace[]): Outcome {
  const [place] = places;
  const address = place!.port === undefined ? `unix:${place!.host}` : `${bracketed(place!.host)}:${place!.port}`;
  return {
    kind: 'tunnel',
    transport: 'tcp',
    backend: places.length > 1 ? name : address,
    proxyProtocol: relay.sendsHeader ? 1 : undefined,
    transparent: relay.transparent,
    peers: places.map((each) => ({ ...each, tls: false, serverName: undefined })),
  };
}
