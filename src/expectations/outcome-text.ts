/** Outcomes and values as messages of expectations say them. */
import type { Outcome } from '../model/trace.ts';
import { toText } from '../text/bytes.ts';

/** What happens, as a clause. */
export function outcomeText(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'response':
      return `answers ${outcome.status}${outcome.location === undefined ? '' : `, to ${quote(toText(outcome.location))}`}`;
    case 'proxy':
      return `goes to ${outcome.backend}${outcome.upgrade === false ? ', without the upgrade' : ''}`;
    case 'tunnel':
      return `goes to ${outcome.backend} as it came`;
    case 'static':
      return `sends the file ${quote(toText(outcome.file))}${outcome.found === undefined ? ', if it is there' : ''}`;
    case 'closed':
      return 'the connection is closed without an answer';
    case 'refused':
      return 'nobody listens there';
    case 'unknown':
      return `cannot be told: ${outcome.reason}`;
  }
}

export function quote(text: string): string {
  return JSON.stringify(text);
}
