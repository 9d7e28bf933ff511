/** Where a `proxy_pass` of `stream` with a variable leads for one connection. Follows `ngx_stream_proxy_eval`. */
import { parseNetwork } from '../../../model/network.ts';
import type { TraceRequest } from '../../../model/trace.ts';
import { giveUp, UnknownAnswer } from '../../../model/unknown.ts';
import { childrenNamed } from '../../../syntax/walk.ts';
import { settingOf } from '../meaning/settings.ts';
import { placesNamed, type StreamRelay } from '../meaning/stream-relays.ts';
import type { UpstreamPlace } from '../meaning/upstream-servers.ts';
import { connectionOf, preread, type Hello } from './stream-connection.ts';
import { evaluate } from './values.ts';

/** `text`: a sentence that says why. */
type KnownTarget =
  | { readonly kind: 'found'; readonly name: string; readonly places: readonly UpstreamPlace[]; readonly text: string }
  | { readonly kind: 'closed'; readonly text: string };

export function streamTarget(
  relay: StreamRelay,
  request: TraceRequest,
): KnownTarget | { readonly kind: 'unknown'; readonly reason: string } {
  try {
    const hellos = preread(relay, request);
    if (hellos === 'timeout')
      return {
        kind: 'closed',
        text: 'The client sends too little for "ssl_preread": "preread_timeout" ends the connection.',
      };
    const targets = hellos.map((hello) => targetFor(relay, request, hello));
    const [first] = targets;
    return targets.every(({ text }) => text === first!.text)
      ? first!
      : giveUp('Which version of TLS the client offers decides.');
  } catch (error) {
    if (!(error instanceof UnknownAnswer)) throw error;
    return { kind: 'unknown', reason: error.message };
  }
}

function targetFor(relay: StreamRelay, request: TraceRequest, hello: Hello): KnownTarget {
  const written = relay.pass!.args[0]!.value;
  const name = evaluate(connectionOf(relay, request, hello), written);
  const places = placesNamed(name, relay.groups);
  const text = `"${written}" is "${name}"`;
  const closed = (why: string): KnownTarget => ({
    kind: 'closed',
    text: `${text}: ${why}, so that nginx closes the connection.`,
  });
  if (places.length > 0)
    return isFound(name, places[0]!, relay)
      ? { kind: 'found', name, places, text: `${text}.` }
      : closed('there is no "resolver" to look the name up');
  if (name === '') return closed('that is no address');
  const isGroup = relay.groups.has(name.toLowerCase());
  return !isGroup && /^[\w.-]+$/.test(name)
    ? closed('that is no group of servers, and has no port')
    : giveUp(`Where "${name}" leads is not known.`);
}

/** Groups, addresses, sockets, and what another proxy_pass names without a variable need no resolver. */
function isFound(name: string, { host, port }: UpstreamPlace, { block, directive, groups }: StreamRelay): boolean {
  const lower = name.toLowerCase();
  if (groups.has(lower) || port === undefined || parseNetwork(host)) return true;
  if (settingOf(block, 'resolver') || settingOf(directive.parent, 'resolver')) return true;
  return childrenNamed(directive.parent, 'server').some((server) =>
    childrenNamed(server.block, 'proxy_pass').some(({ args }) => args[0]?.value.toLowerCase() === lower),
  );
}
