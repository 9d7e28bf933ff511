/** Which entry of sslh gets a connection. Follows `probe_buffer` and the main loops of sslh-fork and sslh-select. */
import type { Candidate } from '../../../model/candidate.ts';
import { portNumber } from '../../../facts/service-ports.ts';
import { bracketed, destinations, isIpv6, isSameAddress, without } from '../../../model/connection.ts';
import { parseNetwork } from '../../../model/network.ts';
import type { Chosen, Outcome, Trace, TraceRequest, TraceStep } from '../../../model/trace.ts';
import { giveUp, UnknownAnswer } from '../../../model/unknown.ts';
import { hasUnread } from '../../../model/unread-parts.ts';
import { isBefore, type Targets } from '../../../model/versions.ts';
import type { Config } from '../../../syntax/config.ts';
import { headerOf } from '../../../syntax/tree.ts';
import { effectiveVersion } from '../facts/index.ts';
import { isTrue, sslhConfig, stringIn, type Group, type SslhConfig } from '../meaning/entries.ts';
import { listenersOf, type SslhListener } from '../meaning/listen.ts';
import { byTransport, timeoutEntry } from '../meaning/matching.ts';
import { openingOf, overUdp, type Opening } from '../../../model/opening.ts';
import { probe } from './probes.ts';

interface Setting {
  readonly read: SslhConfig;
  readonly targets: Targets;
  readonly request: TraceRequest;
  readonly isUdp: boolean;
  readonly steps: TraceStep[];
}

export function traceSslh(config: Config, targets: Targets, request: TraceRequest): Trace {
  const read = sslhConfig({ config });
  const isUdp = request.protocol !== undefined && overUdp.has(request.protocol);
  const steps: TraceStep[] = [];
  let listener: SslhListener | undefined;
  try {
    listener = reachedListener(read, request, isUdp);
    if (!listener) return nobodyListens(config, read, request);
    const { entry, chosen } = chooseEntry({ read, targets, request, isUdp, steps }, openingOf(request));
    const outcome = entry ? tunnelTo(read, entry, isUdp) : ({ kind: 'closed' } as const);
    return without(request, outcome, { listener: nameOf(listener), location: chosen, steps });
  } catch (error) {
    if (!(error instanceof UnknownAnswer)) throw error;
    const name = listener && nameOf(listener);
    return without(request, { kind: 'unknown', reason: error.message }, { listener: name, steps });
  }
}

function nameOf({ host, port, isUdp, isUnix }: SslhListener): string {
  return isUnix ? `unix:${host}` : `${bracketed(host)}:${port}${isUdp ? ' udp' : ''}`;
}

/** The entries of all listeners are the same: one that surely takes the connection is enough. Throws `UnknownAnswer`. */
function reachedListener(read: SslhConfig, request: TraceRequest, isUdp: boolean): SslhListener | undefined {
  if (isTrue(read.main, 'inetd')) giveUp('Under inetd the address of a connection is not that of this file.');
  const tcp = listenersOf(read).filter((each) => !each.isUnix && each.isUdp === isUdp);
  const onPort = tcp.filter(({ port }) => port === request.port);
  const addresses = destinations(request);
  const found = onPort.find(({ host }) => !addresses || addresses.some((address) => accepts(host, address)));
  if (found) return found;
  if (tcp.some(({ port }) => port === undefined) || listenersOf(read).length < read.listen.length || read.incomplete)
    giveUp('The address of a listener is not known.');
  return undefined;
}

function accepts(host: string, address: string): boolean {
  if (host === '0.0.0.0') return !isIpv6(address);
  if (host === '::' || host === '[::]') return isIpv6(address);
  if (host === 'localhost') return address === '127.0.0.1' || isSameAddress(address, '::1');
  if (isSameAddress(host, address)) return true;
  return parseNetwork(host) ? false : giveUp(`Which addresses "${host}" has is asked when sslh starts.`);
}

function nobodyListens(config: Config, read: SslhConfig, request: TraceRequest): Trace {
  const text = `No entry of "listen" is for ${request.to ?? request.host} and port ${request.port}.`;
  if (hasUnread(config) || read.listen.length === 0) return without(request, { kind: 'unknown', reason: text });
  const unknowns = ['Options of the command line may name further addresses.'];
  return without(request, { kind: 'refused' }, { steps: [{ text, place: undefined }], unknowns });
}

interface Choice {
  /** Undefined: what came is thrown away. */
  readonly entry: Group | undefined;
  readonly chosen: Chosen | undefined;
}

function chooseEntry(setting: Setting, opening: Opening): Choice {
  const { read, targets, request, isUdp, steps } = setting;
  if (read.incomplete) giveUp('Not all entries of "protocols" are known.');
  const version = effectiveVersion(targets.sslh);
  const [tcp = [], udp = tcp] = byTransport(read, targets.sslh);
  const entries = isUdp ? udp : tcp;
  const last = entries.at(-1) ?? giveUp('There is no entry in "protocols".');
  const candidates: Candidate[] = [];
  if (opening.kind === 'silence') return afterTimeout(setting, candidates, 'the client waits for the server to begin');
  let isWaiting = false;
  let isSure = true;
  for (const entry of entries) {
    if (entry === last && stringIn(entry, 'name') === 'anyprot') break;
    const { result, reason } = probe(entry, opening);
    if (result === 'match')
      return { entry, chosen: { text: entryText(entry), place: placeOf(entry), reason, candidates } };
    candidates.push({ text: entryText(entry), place: placeOf(entry), reason });
    isWaiting ||= result === 'again';
    isSure &&= result !== 'unsure';
    // Older ones ask one probe again and again until it is sure.
    if (isWaiting && isBefore(version, '1.20')) break;
  }
  if (isWaiting && isUdp) {
    steps.push({ text: 'A packet of which no entry is sure is thrown away.', place: undefined });
    return { entry: undefined, chosen: undefined };
  }
  if (isWaiting)
    return afterTimeout(
      setting,
      candidates,
      `an entry waits for more, and a client of ${request.protocol ?? request.scheme} sends no more`,
    );
  if (!isSure) giveUp('Whether an entry waits for more depends on how much the client sends at first.');
  const reason =
    candidates.length === entries.length
      ? 'no entry matches, and the last one takes the rest'
      : 'it takes whatever is left';
  return {
    entry: last,
    chosen: {
      text: entryText(last),
      place: placeOf(last),
      reason,
      candidates: candidates.filter(({ place }) => place.start !== placeOf(last).start),
    },
  };
}

function afterTimeout({ read, targets, steps }: Setting, candidates: readonly Candidate[], why: string): Choice {
  const entry = timeoutEntry(read) ?? giveUp('There is no entry in "protocols".');
  const usual = isBefore(effectiveVersion(targets.sslh), '1.21') ? '2' : '5';
  const seconds = read.main.settings.get('timeout')?.args[0]?.value ?? usual;
  const named = stringIn(read.main, 'on-timeout') ?? 'ssh';
  const setting = read.main.settings.get('on-timeout');
  steps.push({ text: `After ${seconds} s sslh waits no longer: ${why}.`, place: setting && headerOf(setting) });
  const reason =
    stringIn(entry, 'name') === named
      ? `on-timeout ${setting ? 'names it' : 'is "ssh" where nothing is set'}`
      : `on-timeout is "${named}", of which there is no entry, so that the first one gets it`;
  return { entry, chosen: { text: entryText(entry), place: placeOf(entry), reason, candidates } };
}

function entryText(entry: Group): string {
  return `entry ${stringIn(entry, 'name') ?? '(name not known)'}`;
}

function placeOf({ directive, block }: Group): Candidate['place'] {
  const start = block.open?.start ?? directive?.start ?? 0;
  const name = block.directives.find(({ key }) => key === 'name');
  return name ? headerOf(name) : { file: block.file, start, end: block.open?.end ?? start };
}

function tunnelTo({ main }: SslhConfig, entry: Group, isUdp: boolean): Outcome {
  const host = stringIn(entry, 'host') ?? giveUp('The host of the entry is not known.');
  const port = stringIn(entry, 'port') ?? '';
  const isUnix = isTrue(entry, 'is_unix');
  const number = portNumber(port);
  const version = entry.settings.get('proxyprotocol')?.args[0]?.value;
  return {
    kind: 'tunnel',
    transport: isUdp ? 'udp' : 'tcp',
    backend: isUnix ? `unix:${host}` : `${bracketed(host)}:${port}`,
    proxyProtocol: version === '1' ? 1 : version === '2' ? 2 : undefined,
    transparent: isTrue(main, 'transparent') || isTrue(entry, 'transparent'),
    peers:
      isUnix || number !== undefined
        ? [{ host, port: isUnix ? undefined : number, tls: false, serverName: undefined }]
        : [],
  };
}
