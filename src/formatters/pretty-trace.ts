/** `proxylint trace` for the terminal. */
import type { Place } from '../text/source.ts';
import { toText } from '../text/bytes.ts';
import type { Chosen, Outcome, ProxyHeader, Trace, TracedHeader } from '../model/trace.ts';
import type { Hop } from '../topology/follow.ts';
import { headerHistories, type HeaderEvent, type HeaderHistory } from '../topology/header-history.ts';
import { disarmCommands, escapeControls } from './escape.ts';
import { locate, type FormatOptions } from './report.ts';
import { requestText, tunnelText, type Tunnel } from './trace-text.ts';
import { loadStyles, type Styles } from './styles.ts';

export async function formatTraces(hops: readonly Hop[], { color }: FormatOptions): Promise<string> {
  const paint = await loadStyles(color);
  return disarmCommands(`${hops.map((hop) => hopLines(hop, paint).join('\n')).join('\n\n')}\n`);
}

function hopLines(first: Hop, paint: Styles): string[] {
  const lines: string[] = [];
  for (let hop: Hop | undefined = first; hop; hop = hop.next) {
    if (hop !== first) lines.push('', paint.dim(`then ${escapeControls(hop.member.config.file.source.path)}`));
    lines.push(...traceLines(hop.trace, paint));
    if (hop.alike.length > 0) lines.push(row('or', show(placesOf(hop.alike)), undefined, paint));
    if (hop.stop !== undefined) lines.push(row('not followed', paint.yellow(show(hop.stop)), undefined, paint));
  }
  if (first.next)
    lines.push(
      '',
      paint.bold('headers on the way'),
      ...headerHistories(first).flatMap((each) => historyLines(each, paint)),
    );
  return lines;
}

function placesOf(alike: readonly Hop[]): string {
  const files = [...new Set(alike.map(({ member }) => member.config.file.source.path))].map(escapeControls);
  return `${alike.length === 1 ? 'the other server' : `the ${alike.length} other servers`} of the group (${files.join(', ')}), which ${alike.length === 1 ? 'does' : 'do'} the same`;
}

function historyLines({ name, sent, value, arrives, events }: HeaderHistory, paint: Styles): string[] {
  const now = arrives ? valueText(value, paint) : paint.red('does not arrive');
  const client = sent === undefined ? [] : [`the client sent ${show(sent)}`];
  return [
    row(show(name), now, undefined, paint),
    ...[...client, ...events.map((event) => eventText(event, paint))].map(
      (line) => `  ${' '.repeat(labelWidth)}  ${line}`,
    ),
  ];
}

function eventText({ member, does, value, origin }: HeaderEvent, paint: Styles): string {
  const where = typeof origin === 'string' ? escapeControls(member.config.file.source.path) : placeText(origin);
  const verb = does === 'overwrote' ? paint.yellow(does) : does === 'dropped' ? paint.red(does) : does;
  return `${where} ${verb} it${does === 'dropped' ? '' : `: ${valueText(value, paint)}`}`;
}

function valueText(value: string | undefined, paint: Styles): string {
  return value === undefined ? paint.yellow('(not known)') : show(value);
}

function traceLines(trace: Trace, paint: Styles): string[] {
  const { request } = trace;
  return [
    paint.bold(show(requestText(request))),
    row('listener', show(trace.listener ?? 'none'), undefined, paint),
    ...(request.proxyHeader ? [row('PROXY header', proxyHeaderText(request.proxyHeader), undefined, paint)] : []),
    ...chosenLines('server', trace.virtualHost, paint),
    ...trace.steps.map((step) => row('step', show(step.text), step.place, paint)),
    ...chosenLines(trace.virtualHost ? 'location' : 'entry', trace.location, paint),
    ...outcomeLines(trace.outcome, paint),
    ...headerLines('response headers added', trace.responseHeaders, paint),
    ...trace.unknowns.map((unknown) => row('not known', show(unknown), undefined, paint)),
  ];
}

function proxyHeaderText({ version, client }: ProxyHeader): string {
  return `version ${version}, for ${client ?? 'a client that is not known'}`;
}

function chosenLines(label: string, chosen: Chosen | undefined, paint: Styles): string[] {
  if (!chosen) return [];
  return [
    row(label, show(`${chosen.text}: ${chosen.reason}`), chosen.place, paint),
    ...chosen.candidates.map((candidate) =>
      row('', paint.dim(`not ${show(`${candidate.text}: ${candidate.reason}`)}`), candidate.place, paint),
    ),
  ];
}

function outcomeLines(outcome: Outcome, paint: Styles): string[] {
  switch (outcome.kind) {
    case 'response': {
      const location = outcome.location === undefined ? '' : ` with Location ${outcome.location}`;
      const body = outcome.body ? `: ${outcome.body}` : '';
      return [row('answer', show(`status ${outcome.status}${location}${body}`), undefined, paint)];
    }
    case 'closed':
      return [row('answer', 'none: the connection is closed', undefined, paint)];
    case 'refused':
      return [row('answer', 'none: the connection is refused', undefined, paint)];
    case 'static':
      return [
        row(
          'answer',
          show(`the file ${outcome.file}${outcome.found === undefined ? ', if it exists' : ''}`),
          undefined,
          paint,
        ),
      ];
    case 'unknown':
      return [row('answer', paint.yellow(`cannot be told: ${show(outcome.reason)}`), undefined, paint)];
    case 'proxy':
      return proxyLines(outcome, paint);
    case 'tunnel':
      return [
        row('passed to', show(tunnelText(outcome)), undefined, paint),
        row('client address', tunnelClient(outcome), undefined, paint),
      ];
  }
}

function tunnelClient({ proxyProtocol, transparent }: Tunnel): string {
  if (proxyProtocol !== undefined) return 'told by the PROXY header';
  return transparent ? 'kept (transparent)' : 'lost: the backend sees that of this server';
}

function proxyLines(outcome: Extract<Outcome, { kind: 'proxy' }>, paint: Styles): string[] {
  const version = outcome.httpVersion === '' ? '' : ` HTTP/${outcome.httpVersion}`;
  const upgrade =
    outcome.upgrade === undefined
      ? []
      : [
          row(
            'websocket',
            outcome.upgrade
              ? paint.green('the upgrade reaches the backend')
              : paint.red('the upgrade does not reach the backend'),
            undefined,
            paint,
          ),
        ];
  return [
    row(
      'proxied to',
      show(`${outcome.protocol} ${outcome.backend}: ${outcome.method} ${outcome.uri}${version}`),
      undefined,
      paint,
    ),
    ...headerLines('headers at the backend', outcome.headers, paint),
    ...outcome.lost.map(({ name, place }) => row('lost header', paint.red(show(name)), place, paint)),
    ...upgrade,
  ];
}

function headerLines(label: string, headers: readonly TracedHeader[], paint: Styles): string[] {
  return headers.map((header, index) => {
    const origin = typeof header.origin === 'string' ? undefined : header.origin;
    const from = typeof header.origin === 'string' ? paint.dim(` (from the ${header.origin})`) : '';
    return row(
      index === 0 ? label : '',
      `${show(header.name)}: ${valueText(header.value, paint)}${from}`,
      origin,
      paint,
    );
  });
}

const labelWidth = 24;

/** `text` is escaped already. */
function row(label: string, text: string, place: Place | undefined, paint: Styles): string {
  const where = place ? paint.dim(`  ${placeText(place)}`) : '';
  return `  ${label.padEnd(labelWidth)}${text}${where}`;
}

function placeText(place: Place): string {
  const { file, start } = locate(place);
  return escapeControls(`${file}:${start.line}:${start.column}`);
}

function show(bytes: string): string {
  return escapeControls(toText(bytes));
}
