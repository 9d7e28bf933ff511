/** Headers that reach the backend otherwise, or not at all, and those of the response. */
import type { TracedHeader, TraceRequest } from '../model/trace.ts';
import { isSecurityHeader } from '../rules/_shared/security-headers.ts';
import { toText } from '../text/bytes.ts';
import type { Difference, Proxied } from './difference.ts';
import type { Kind } from './kinds.ts';

interface Sent {
  readonly name: string;
  /** Undefined: it cannot be known. */
  readonly value: string | undefined;
  /** Whether it is what the client sent. */
  readonly isOfClient: boolean;
}

/** By lower-cased name; several of one name as they are joined. */
function byName(headers: readonly TracedHeader[]): Map<string, Sent> {
  const all = new Map<string, Sent>();
  for (const { name, value, origin } of headers) {
    const key = name.toLowerCase();
    const known = all.get(key);
    const isOfClient = origin === 'client';
    const joined = known ? join(known.value, value) : value;
    all.set(key, { name, value: joined, isOfClient: (known?.isOfClient ?? true) && isOfClient });
  }
  return all;
}

const join = (first: string | undefined, second: string | undefined): string | undefined =>
  first === undefined || second === undefined ? undefined : `${first}, ${second}`;

/** `request`: what the client sent, so that what it made up is known where it arrives. `hasMoved`: whether other servers are asked now. */
export function headerDifferences(
  old: Proxied,
  now: Proxied,
  request: TraceRequest,
  hasMoved: boolean,
): readonly Difference[] {
  const [before, after] = [byName(old.headers), byName(now.headers)];
  const differences: Difference[] = [];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [sent, sentNow] = [before.get(key), after.get(key)];
    if (isSame(sent, sentNow)) continue;
    if (key === 'host' && isImplied(sent, sentNow, old, now, hasMoved)) continue;
    const topic = `the header ${(sentNow ?? sent)!.name} at the backend`;
    const isForged = trusted.test(key) && holdsForged(request, sentNow) && !holdsForged(request, sent);
    differences.push({
      kind: isForged ? 'header-trust' : kindOf(key, sent, sentNow),
      topic,
      was: text(sent),
      is: text(sentNow),
    });
  }
  return differences;
}

/**
 * Where nothing sets it, `Host` follows the name of the target: what moved is told by that, and another name of a group is nothing new. An
 * address in the place of a group is.
 */
function isImplied(
  host: Sent | undefined,
  hostNow: Sent | undefined,
  old: Proxied,
  now: Proxied,
  hasMoved: boolean,
): boolean {
  if (!namesTarget(host, old) || !namesTarget(hostNow, now)) return false;
  return hasMoved || (isGroup(old) && isGroup(now));
}

function namesTarget(sent: Sent | undefined, { backend, peers }: Proxied): boolean {
  if (sent?.value === undefined) return false;
  const names = [backend, ...peers.flatMap(({ host, port, serverName }) => [host, `${host}:${port}`, serverName])];
  return names.includes(sent.value);
}

const isGroup = ({ backend, peers }: Proxied): boolean =>
  peers.every(({ host, port }) => host !== backend && `${host}:${port}` !== backend);

function isSame(before: Sent | undefined, after: Sent | undefined): boolean {
  if (!before || !after) return before === after;
  return before.value === after.value && (before.value !== undefined || before.isOfClient === after.isOfClient);
}

/** What backends take from whoever stands in front of them: who asks, by which name and protocol. */
const trusted =
  /^(?:host|forwarded|x-(?:forwarded-|real-|client-|original-|remote-|cluster-|ssl-|auth-|authenticated-).*|(?:true|cf)-.*ip|remote-user|authorization)$/;

/** Whether a header holds what the client says of itself. */
function holdsForged({ headers }: TraceRequest, sent: Sent | undefined): boolean {
  const { value } = sent ?? {};
  return value !== undefined && headers.some(([name, text]) => telling.test(name) && value.includes(text));
}

/** By these a client may say to be somebody else. */
const telling = /^(?:forwarded|x-(?:forwarded-|real-|remote-).*)$/i;

/** Browsers send them. */
const harmless = /^(?:accept(?:-.*)?|user-agent|cookie|origin|referer|cache-control|dnt|sec-.*|if-.*|range)$/;

const ofConnection: ReadonlySet<string> = new Set(['connection', 'upgrade', 'transfer-encoding', 'te', 'keep-alive']);

function kindOf(key: string, before: Sent | undefined, after: Sent | undefined): Kind {
  if (ofConnection.has(key)) return 'protocol';
  const isTrusted = trusted.test(key);
  if (isTrusted && after?.isOfClient && !before?.isOfClient) return 'header-trust';
  // What the config took away comes from whoever writes it.
  if (!before && after?.isOfClient && !harmless.test(key)) return 'header-trust';
  if (!after) return isTrusted && !before!.isOfClient ? 'header-trust' : 'header-lost';
  if (!before || (isTrusted && before.isOfClient)) return 'header-gained';
  return 'header-changed';
}

function text(sent: Sent | undefined): string {
  if (!sent) return 'not sent';
  const value = sent.value === undefined ? 'a value that is not known' : JSON.stringify(toText(sent.value));
  return sent.isOfClient ? `what the client sent (${value})` : value;
}

export function responseHeaderDifferences(
  old: readonly TracedHeader[],
  now: readonly TracedHeader[],
): readonly Difference[] {
  const [before, after] = [byName(old), byName(now)];
  const differences: Difference[] = [];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [sent, sentNow] = [before.get(key), after.get(key)];
    if (isSame(sent, sentNow)) continue;
    const kind = sent && !sentNow && isSecurityHeader(key) ? 'security-header-lost' : 'response-header';
    const topic = `the response header ${(sentNow ?? sent)!.name}`;
    differences.push({ kind, topic, was: text(sent), is: text(sentNow) });
  }
  return differences;
}
