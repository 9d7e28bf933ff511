/** What differs between two answers to one request. */
import { isDenied, isDenial } from '../model/denied.ts';
import type { Outcome, Peer, Trace, TraceRequest } from '../model/trace.ts';
import { headerDifferences, responseHeaderDifferences } from './header-differences.ts';
import type { Difference, Proxied } from './difference.ts';

/** Empty: to a client and to the backend the answers are the same. */
export function differencesOf(before: Trace, after: Trace): readonly Difference[] {
  const [old, now] = [before.outcome, after.outcome];
  if (old.kind === 'unknown' || now.kind === 'unknown') return undecided(old, now);
  const main = outcomeDifferences(old, now, after.request);
  // Which headers go out with another answer is decided by that.
  const isOther = main.some(({ kind }) => kind !== 'target' && kind !== 'path' && kind !== 'protocol');
  if (isOther) return main;
  return [...main, ...responseHeaderDifferences(before.responseHeaders, after.responseHeaders)];
}

function undecided(old: Outcome, now: Outcome): readonly Difference[] {
  if (old.kind === now.kind) return [];
  // Who was kept out for sure may be let in.
  return [{ kind: isDenied(old) ? 'access-undecided' : 'undecided', topic: '', was: textOf(old), is: textOf(now) }];
}

function outcomeDifferences(old: Outcome, now: Outcome, request: TraceRequest): readonly Difference[] {
  const pair = { topic: '', was: textOf(old), is: textOf(now) };
  if (old.kind === 'refused' || now.kind === 'refused') {
    if (old.kind === now.kind) return [];
    return [{ ...pair, kind: old.kind === 'refused' ? 'listener-new' : 'listener-gone' }];
  }
  const [tooLarge, tooLargeNow] = [isTooLarge(old), isTooLarge(now)];
  if (tooLarge !== tooLargeNow) {
    const [refused, through] = ['refused as too large (413)', 'let through'];
    const topic = 'a body of this size';
    return [{ kind: 'body-limit', topic, was: tooLarge ? refused : through, is: tooLarge ? through : refused }];
  }
  const [denied, deniedNow] = [isDenied(old), isDenied(now)];
  if (denied !== deniedNow) return [{ ...pair, kind: denied ? 'access-opened' : 'access-closed' }];
  if (old.kind === 'proxy' && now.kind === 'proxy') return proxyDifferences(old, now, request);
  if (old.kind === 'response' && now.kind === 'response') return responseDifferences(old, now);
  if (old.kind === 'static' && now.kind === 'static')
    return old.file === now.file && old.status === now.status ? [] : [{ ...pair, kind: 'files' }];
  if (old.kind === 'tunnel' && now.kind === 'tunnel') return tunnelDifferences(old, now);
  return old.kind === now.kind ? [] : [{ ...pair, kind: 'handler' }];
}

function responseDifferences(
  old: Extract<Outcome, { kind: 'response' }>,
  now: Extract<Outcome, { kind: 'response' }>,
): readonly Difference[] {
  const pair = { topic: '', was: textOf(old), is: textOf(now) };
  if (old.location !== now.location) return [{ ...pair, kind: 'redirect' }];
  if (old.status !== now.status)
    return [{ kind: 'status', topic: 'the status', was: String(old.status), is: String(now.status) }];
  if (old.body === now.body) return [];
  return [{ kind: 'body', topic: 'the text of the answer', was: shortened(old.body), is: shortened(now.body) }];
}

const shortened = (body: string | undefined): string =>
  body === undefined ? 'not written' : JSON.stringify(body.length > 60 ? `${body.slice(0, 60)}...` : body);

type Tunnel = Extract<Outcome, { readonly kind: 'tunnel' }>;

function tunnelDifferences(old: Tunnel, now: Tunnel): readonly Difference[] {
  const differences: Difference[] = [];
  const pair = { topic: '', was: textOf(old), is: textOf(now) };
  if (targetText(old) !== targetText(now)) differences.push({ ...pair, kind: 'target' });
  const told = ({ proxyProtocol, transparent }: Tunnel): string => {
    if (proxyProtocol !== undefined) return `told in a PROXY header of version ${proxyProtocol}`;
    return transparent ? 'kept' : 'lost';
  };
  if (told(old) !== told(now))
    differences.push({
      kind: 'header-trust',
      topic: 'the client address at the backend',
      was: told(old),
      is: told(now),
    });
  return differences;
}

function proxyDifferences(old: Proxied, now: Proxied, request: TraceRequest): readonly Difference[] {
  const differences: Difference[] = [];
  const pair = { topic: '', was: textOf(old), is: textOf(now) };
  const hasMoved = targetText(old) !== targetText(now);
  if (hasMoved) differences.push({ ...pair, kind: 'target' });
  if (old.uri !== now.uri || old.method !== now.method)
    differences.push({
      kind: 'path',
      topic: 'the request at the backend',
      was: `${old.method} ${old.uri}`,
      is: `${now.method} ${now.uri}`,
    });
  if (old.httpVersion !== now.httpVersion)
    differences.push({ kind: 'protocol', topic: 'HTTP to the backend', was: old.httpVersion, is: now.httpVersion });
  if (old.upgrade !== now.upgrade && (old.upgrade !== undefined || now.upgrade !== undefined))
    differences.push(upgradeDifference(old.upgrade === true));
  return [...differences, ...headerDifferences(old, now, request, hasMoved)];
}

function upgradeDifference(passed: boolean): Difference {
  const [yes, no] = ['passed to the backend', 'not passed'];
  const topic = 'a WebSocket handshake';
  return passed
    ? { kind: 'websocket-lost', topic, was: yes, is: no }
    : { kind: 'websocket-gained', topic, was: no, is: yes };
}

/** Who answers, whatever the name of the group. */
function targetText({ peers, backend, ...outcome }: Proxied | Tunnel): string {
  const servers = peers.length > 0 ? peers.map(peerText).sort() : [backend];
  const protocol = outcome.kind === 'proxy' ? outcome.protocol : outcome.transport;
  return [protocol, ...servers].join(' ');
}

export function peerText({ host, port, tls, serverName }: Peer): string {
  const address = port === undefined ? `unix:${host}` : `${host}:${port}`;
  return `${tls ? 'https://' : ''}${address}${serverName === undefined || serverName === host ? '' : ` as ${serverName}`}`;
}

const isTooLarge = (outcome: Outcome): boolean => outcome.kind === 'response' && outcome.status === 413;

/** As the end of "is ... now". */
export function textOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'response':
      if (isDenial(outcome.status)) return `denied (${outcome.status})`;
      if (outcome.location !== undefined) return `redirected to ${outcome.location} (${outcome.status})`;
      return `answered with ${outcome.status}`;
    case 'proxy':
      return `passed to ${groupText(outcome)}${outcome.protocol === 'http' ? '' : ` by ${outcome.protocol}`}`;
    case 'tunnel':
      return `handed on to ${outcome.backend}`;
    case 'static':
      return `${isDenial(outcome.status) ? 'denied' : 'answered'} with the file ${outcome.file}${outcome.status === 200 ? '' : ` (${outcome.status})`}`;
    case 'closed':
      return 'closed without an answer';
    case 'refused':
      return 'refused, as nobody listens';
    case 'unknown':
      return `what cannot be told (${outcome.reason.replace(/\.$/, '')})`;
  }
}

function groupText({ backend, peers }: Proxied): string {
  const servers = peers.map(peerText);
  if (servers.length === 0 || (servers.length === 1 && servers[0] === backend)) return backend;
  const shown = servers.slice(0, 3).join(', ');
  return `${backend} (${shown}${servers.length > 3 ? ` and ${servers.length - 3} more` : ''})`;
}
