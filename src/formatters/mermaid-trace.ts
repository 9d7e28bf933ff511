/** `proxylint trace --format mermaid`: the request's way as a sequence diagram. */
import { toText } from '../text/bytes.ts';
import type { Outcome, Trace } from '../model/trace.ts';
import { escapeControls } from './escape.ts';
import { requestText, tunnelText } from './trace-text.ts';

export function formatTracesAsMermaid(traces: readonly Trace[]): string {
  return traces.map((trace) => `${diagram(trace).join('\n')}\n`).join('\n');
}

function diagram(trace: Trace): string[] {
  const { request, outcome } = trace;
  const server = trace.virtualHost?.text ?? (outcome.kind === 'tunnel' ? 'sslh' : 'server');
  const proxied = outcome.kind === 'proxy' || outcome.kind === 'tunnel';
  return [
    'sequenceDiagram',
    '  participant C as client',
    `  participant S as ${label(server)}`,
    ...(proxied ? [`  participant B as ${label(outcome.backend)}`] : []),
    `  C->>S: ${label(requestText(request))}`,
    ...trace.steps.map((step) => `  Note over S: ${label(step.text)}`),
    ...(trace.location ? [`  Note over S: ${label(locationText(trace.location.text))}`] : []),
    ...outcomeLines(outcome),
  ];
}

function locationText(text: string): string {
  return /^(?:location|entry) /.test(text) ? text : `location ${text}`;
}

function outcomeLines(outcome: Outcome): string[] {
  switch (outcome.kind) {
    case 'proxy':
      return [
        `  S->>B: ${label(`${outcome.method} ${outcome.uri}`)}`,
        ...outcome.headers.map(
          (header) => `  Note over B: ${label(`${header.name}: ${header.value ?? '(not known)'}`)}`,
        ),
        ...outcome.lost.map((lost) => `  Note over B: ${label(`${lost.name} is lost`)}`),
      ];
    case 'tunnel':
      return [`  S->>B: ${label(tunnelText(outcome))}`];
    case 'response':
      return [`  S-->>C: ${label(`${outcome.status}${outcome.location === undefined ? '' : ` ${outcome.location}`}`)}`];
    case 'closed':
      return ['  S--xC: connection closed'];
    case 'refused':
      return ['  S--xC: connection refused'];
    case 'static':
      return [`  S-->>C: ${label(outcome.file)}`];
    case 'unknown':
      return [`  Note over S: ${label(`not known: ${outcome.reason}`)}`];
  }
}

/** Mermaid ends a statement at `;` and a comment begins with `%%`; `#` begins a character code. */
function label(bytes: string): string {
  return escapeControls(toText(bytes)).replace(/[#;%<>]/g, (character) => `#${character.charCodeAt(0)};`);
}
