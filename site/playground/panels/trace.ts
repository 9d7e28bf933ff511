/** The way of a request through the servers. */
import { element } from '../dom.ts';
import type { ChosenView, HeaderView, HopView, OutcomeView, TraceDocument } from '../protocol.ts';

type GoToLine = (line: number) => void;
type Tone = 'good' | 'bad' | 'unsure' | undefined;

interface Row {
  readonly label: string;
  readonly text: string;
  readonly line?: number | undefined;
  readonly tone?: Tone;
  /** What else was looked at. */
  readonly others?: readonly Row[];
}

export function showTrace(panel: HTMLElement, { traces }: TraceDocument, goToLine: GoToLine): void {
  const empty = element(
    'p',
    { class: 'empty' },
    'There is no configuration here through which a request could be followed.',
  );
  panel.replaceChildren(...(traces.length === 0 ? [empty] : traces.flatMap((hop) => hopsOf(hop, goToLine))));
}

function hopsOf(first: HopView, goToLine: GoToLine): HTMLElement[] {
  const parts: HTMLElement[] = [];
  for (let hop: HopView | null = first; hop; hop = hop.next) {
    const { method, url } = hop.request;
    parts.push(
      element('h2', { class: 'request' }, element('code', {}, `${method} ${url}`)),
      element('ol', { class: 'steps' }, ...rowsOf(hop).map((row) => itemOf(row, goToLine))),
    );
  }
  return parts;
}

function rowsOf(hop: HopView): Row[] {
  const { listener, virtualHost, steps, location, outcome, responseHeaders, unknowns, stop } = hop;
  return [
    { label: 'Listener', text: listener ?? 'none', tone: listener === null ? 'bad' : undefined },
    ...chosen(hop.dialect === 'sslh' ? 'Entry' : 'Server', virtualHost),
    ...steps.map(({ text, line }) => ({ label: 'Step', text, line })),
    ...chosen(virtualHost ? 'Location' : 'Entry', location),
    ...outcomeRows(outcome),
    ...headerRows('Response header', responseHeaders),
    ...unknowns.map((text): Row => ({ label: 'Not known', text, tone: 'unsure' })),
    ...(stop === null ? [] : [{ label: 'Not followed', text: stop, tone: 'unsure' } as const]),
  ];
}

function chosen(label: string, view: ChosenView | null): Row[] {
  if (!view) return [];
  const others = view.candidates.map(({ text, reason, line }) => ({ label: 'not', text: `${text}: ${reason}`, line }));
  return [{ label, text: `${view.text}: ${view.reason}`, line: view.line, others }];
}

function outcomeRows(outcome: OutcomeView): Row[] {
  switch (outcome.kind) {
    case 'response': {
      const location = outcome.location === null ? '' : ` with Location ${outcome.location}`;
      return [
        {
          label: 'Answer',
          text: `status ${outcome.status}${location}${outcome.body ? `: ${outcome.body}` : ''}`,
          tone: outcome.status < 400 ? 'good' : 'bad',
        },
      ];
    }
    case 'closed':
    case 'refused':
      return [{ label: 'Answer', text: `none: the connection is ${outcome.kind}`, tone: 'bad' }];
    case 'static':
      return [{ label: 'Answer', text: `the file ${outcome.file}`, tone: 'good' }];
    case 'unknown':
      return [{ label: 'Answer', text: `cannot be told: ${outcome.reason}`, tone: 'unsure' }];
    case 'tunnel':
      return [{ label: 'Passed to', text: `${outcome.transport} ${outcome.backend}`, tone: 'good' }];
    case 'proxy':
      return proxyRows(outcome);
  }
}

function proxyRows(outcome: Extract<OutcomeView, { kind: 'proxy' }>): Row[] {
  const { protocol, backend, method, uri, httpVersion, headers, lost, upgrade } = outcome;
  const version = httpVersion === '' ? '' : ` HTTP/${httpVersion}`;
  return [
    { label: 'Proxied to', text: `${protocol} ${backend}: ${method} ${uri}${version}`, tone: 'good' },
    ...headerRows('Header there', headers),
    ...lost.map(({ name, line }): Row => ({ label: 'Lost header', text: name, line, tone: 'bad' })),
    ...(upgrade === null
      ? []
      : [
          {
            label: 'WebSocket',
            text: `the upgrade ${upgrade ? 'reaches' : 'does not reach'} the backend`,
            tone: upgrade ? 'good' : 'bad',
          } as const,
        ]),
  ];
}

function headerRows(label: string, headers: readonly HeaderView[]): Row[] {
  return headers.map(({ name, value, origin, line }) => ({
    label,
    text: `${name}: ${value ?? '(not known)'}${origin === 'config' ? '' : ` (from the ${origin})`}`,
    line,
    tone: value === null ? 'unsure' : undefined,
  }));
}

function itemOf({ label, text, line, tone, others = [] }: Row, goToLine: GoToLine): HTMLLIElement {
  return element(
    'li',
    { class: `step ${tone ?? ''}` },
    element('span', { class: 'label' }, label),
    element('span', { class: 'text' }, text),
    line !== undefined && element('button', { class: 'line', onclick: () => goToLine(line) }, `line ${line}`),
    others.length > 0 &&
      element(
        'details',
        {},
        element('summary', {}, `Not ${others.length === 1 ? 'the other one' : `the ${others.length} others`}`),
        element('ol', { class: 'steps' }, ...others.map((row) => itemOf(row, goToLine))),
      ),
  );
}
