/** Compares what a running server answers with what was traced. */
import type { Trace } from '../model/trace.ts';
import { toText } from '../text/bytes.ts';
import type { Check } from './check.ts';

/** What came back. */
export interface LiveAnswer {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
}

/** `closed`: the connection ended without an answer. A string says why nothing was asked. */
export type LiveOutcome = LiveAnswer | 'closed' | { readonly skipped: string } | { readonly broken: string };

/** The same in both: `passed`; one check for each thing that can be seen from outside. */
export function compareLive({ outcome, responseHeaders }: Trace, live: LiveOutcome): Check[] {
  if (typeof live === 'object' && 'skipped' in live) return [];
  if (outcome.kind === 'unknown' || outcome.kind === 'tunnel' || outcome.kind === 'refused') return [];
  if (typeof live === 'object' && 'broken' in live) return [check('live', 'an answer', live.broken)];
  if (live === 'closed') return [check('live', outcome.kind === 'closed' ? 'no answer' : 'an answer', 'no answer')];
  if (outcome.kind === 'closed') return [check('live', 'no answer', `answers ${live.status}`)];
  const checks: Check[] = [];
  const isDecided = outcome.kind === 'response' || (outcome.kind === 'static' && outcome.found !== undefined);
  if (isDecided) checks.push(check('live.status', String(outcome.status), String(live.status)));
  if (outcome.kind === 'response' && outcome.location !== undefined)
    checks.push(check('live.location', toText(outcome.location), valueOf(live, 'location')));
  // To other answers nginx adds a part of them only.
  if (live.status < 300) {
    for (const { name, value, origin } of responseHeaders) {
      if (value === undefined || typeof origin === 'string') continue;
      const values = live.headers[name.toLowerCase()] ?? [];
      const wanted = toText(value);
      checks.push(check(`live.${name}`, wanted, values.includes(wanted) ? wanted : valueOf(live, name)));
    }
  }
  return checks;
}

function valueOf({ headers }: LiveAnswer, name: string): string {
  return (headers[name.toLowerCase()] ?? []).join(', ');
}

function check(key: string, wanted: string, actual: string): Check {
  return {
    key,
    verdict: wanted === actual ? 'passed' : 'failed',
    wanted: JSON.stringify(wanted),
    actual: `the running server says ${actual === '' ? 'nothing' : JSON.stringify(actual)}`,
    place: undefined,
  };
}
