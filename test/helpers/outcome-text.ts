import type { Outcome } from '../../src/model/trace.ts';

/** An answer in a few words. */
export function outcomeText(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'response':
      return `${outcome.status} ${outcome.location ?? ''}`.trim();
    case 'proxy':
      return `${outcome.method} ${outcome.uri} to ${outcome.backend}`;
    case 'static':
      return `${outcome.status} ${outcome.file}`;
    case 'tunnel':
      return `tunnel to ${outcome.backend}`;
    case 'unknown':
      return `unknown: ${outcome.reason}`;
    default:
      return outcome.kind;
  }
}
