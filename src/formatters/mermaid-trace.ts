/** `proxylint trace --format mermaid`: the request's way as a sequence diagram. */
import { toText } from '../text/bytes.ts';
import type { Outcome, Trace } from '../model/trace.ts';
import type { Hop } from '../topology/follow.ts';
import { escapeControls } from './escape.ts';
import { requestText, tunnelText } from './trace-text.ts';

export function formatTracesAsMermaid(hops: readonly Hop[]): string {
  return hops.map((hop) => `${diagram(hop).join('\n')}\n`).join('\n');
}

function diagram(first: Hop): string[] {
  const hops: Hop[] = [];
  for (let hop: Hop | undefined = first; hop; hop = hop.next) hops.push(hop);
  const last = hops.at(-1)!.trace.outcome;
  const names = hops.map((_, index) => (index === 0 ? 'S' : `S${index + 1}`));
  return [
    'sequenceDiagram',
    '  participant C as client',
    ...hops.map(({ trace }, index) => `  participant ${names[index]} as ${label(serverText(trace))}`),
    ...(last.kind === 'proxy' || last.kind === 'tunnel' ? [`  participant B as ${label(last.backend)}`] : []),
    `  C->>S: ${label(requestText(first.trace.request))}`,
    ...hops.flatMap((hop, index) => hopLines(hop, [names[index - 1] ?? 'C', names[index]!, names[index + 1] ?? 'B'])),
  ];
}

function serverText({ virtualHost, outcome }: Trace): string {
  return virtualHost?.text ?? (outcome.kind === 'tunnel' ? 'relay' : 'server');
}

function hopLines({ trace, stop }: Hop, [before, own, behind]: readonly [string, string, string]): string[] {
  const note = (text: string): string => `  Note over ${own}: ${label(text)}`;
  return [
    ...trace.steps.map((step) => note(step.text)),
    ...(trace.location ? [note(locationText(trace.location.text))] : []),
    ...outcomeLines(trace.outcome, [before, own, behind]),
    ...(stop === undefined ? [] : [note(`not followed: ${stop}`)]),
  ];
}

function locationText(text: string): string {
  return /^(?:location|entry) /.test(text) ? text : `location ${text}`;
}

function outcomeLines(outcome: Outcome, [before, own, behind]: readonly [string, string, string]): string[] {
  switch (outcome.kind) {
    case 'proxy':
      return [
        `  ${own}->>${behind}: ${label(`${outcome.method} ${outcome.uri}`)}`,
        ...outcome.headers.map(
          (header) => `  Note over ${behind}: ${label(`${header.name}: ${header.value ?? '(not known)'}`)}`,
        ),
        ...outcome.lost.map((lost) => `  Note over ${behind}: ${label(`${lost.name} is lost`)}`),
      ];
    case 'tunnel':
      return [`  ${own}->>${behind}: ${label(tunnelText(outcome))}`];
    case 'response':
      return [
        `  ${own}-->>${before}: ${label(`${outcome.status}${outcome.location === undefined ? '' : ` ${outcome.location}`}`)}`,
      ];
    case 'closed':
      return [`  ${own}--x${before}: connection closed`];
    case 'refused':
      return [`  ${own}--x${before}: connection refused`];
    case 'static':
      return [`  ${own}-->>${before}: ${label(outcome.file)}`];
    case 'unknown':
      return [`  Note over ${own}: ${label(`not known: ${outcome.reason}`)}`];
  }
}

/** Mermaid ends a statement at `;` and a comment begins with `%%`; `#` begins a character code. */
function label(bytes: string): string {
  return escapeControls(toText(bytes)).replace(/[#;%<>]/g, (character) => `#${character.charCodeAt(0)};`);
}
