/** `proxylint trace --format mermaid`: the request's way as a sequence diagram. */
import { toText } from '../text/bytes.ts';
import type { Outcome, Trace } from '../model/trace.ts';
import { escapeControls } from './escape.ts';

export function formatTracesAsMermaid(traces: readonly Trace[]): string {
  return traces.map((trace) => `${diagram(trace).join('\n')}\n`).join('\n');
}

function diagram(trace: Trace): string[] {
  const { request, outcome } = trace;
  const server = trace.virtualHost?.text ?? 'server';
  const proxied = outcome.kind === 'proxy';
  return [
    'sequenceDiagram',
    '  participant C as client',
    `  participant S as ${label(server)}`,
    ...(proxied ? [`  participant B as ${label(outcome.backend)}`] : []),
    `  C->>S: ${label(`${request.method} ${request.scheme}://${request.host}:${request.port}${request.target}`)}`,
    ...trace.steps.map((step) => `  Note over S: ${label(step.text)}`),
    ...(trace.location ? [`  Note over S: ${label(`location ${trace.location.text.replace(/^location /, '')}`)}`] : []),
    ...outcomeLines(outcome),
  ];
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
