/** Listeners that are new, gone, or speak otherwise. */
import type { Listener } from '../../model/model.ts';
import { listenerKey, socketKey } from '../fingerprints.ts';
import type { Kind } from '../kinds.ts';
import type { Side } from '../side.ts';
import type { Fact } from './fact.ts';

export function listenerFacts(before: Side, after: Side): readonly Fact[] {
  const [old, now] = [before, after].map(
    ({ model }) => new Map(model.listeners.map((each) => [socketKey(each), each])),
  );
  const facts: Fact[] = [];
  for (const key of new Set([...old!.keys(), ...now!.keys()])) {
    const [was, is] = [old!.get(key), now!.get(key)];
    if (was && is && listenerKey(was) === listenerKey(is)) continue;
    const kind: Kind = !was
      ? 'listener-new'
      : !is
        ? 'listener-gone'
        : was.tls && !is.tls
          ? 'tls-weaker'
          : 'listener-changed';
    const directive = (is ?? was)!.directives[0];
    facts.push({
      kind,
      topic: '',
      was: spoken(was),
      is: spoken(is),
      subject: `the listener ${key}`,
      socket: key,
      host: undefined,
      directive,
    });
  }
  return facts;
}

function spoken(listener: Listener | undefined): string {
  if (!listener) return 'not there';
  const { tls, http2, http3, proxyProtocol } = listener;
  const parts = [
    tls ? 'TLS' : 'HTTP without TLS',
    http2 && 'HTTP/2',
    http3 && 'HTTP/3',
    proxyProtocol && 'the PROXY protocol',
  ];
  return `open for ${parts.filter((part) => part !== false).join(' and ')}`;
}
