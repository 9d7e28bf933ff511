/** The address that a connection goes to, and answers that differ by it. */
import { contains, parseNetwork } from './network.ts';
import type { Outcome, Trace, TraceRequest } from './trace.ts';

/** The addresses that the connection may go to; undefined: any, as only a name is given. */
export function destinations({ to, host }: TraceRequest): readonly string[] | undefined {
  if (to !== undefined) return [to];
  if (/^localhost\.?$/i.test(host)) return ['127.0.0.1', '::1'];
  return parseNetwork(host) ? [host] : undefined;
}

/** Whether both name the same address; brackets and the spelling of IPv6 aside. */
export function isSameAddress(a: string, b: string): boolean {
  const [left, right] = [parseNetwork(a), parseNetwork(b)];
  return left !== undefined && right !== undefined && contains(left, right);
}

export const isIpv6 = (address: string): boolean => parseNetwork(address)?.bits === 128;

/** `[::1]` for IPv6, else as it is. */
export function bracketed(address: string): string {
  return address.includes(':') && !address.startsWith('[') ? `[${address}]` : address;
}

/** The answer of all connections together: that of each if they are the same, else all of them, so that it cannot be told. */
export function agreement(traces: readonly Trace[]): Trace {
  const [chosen] = traces as readonly [Trace, ...Trace[]];
  if (traces.every((trace) => keyOf(trace) === keyOf(chosen))) return chosen;
  const answers = traces.map((trace) => `${trace.listener ?? 'elsewhere'} ${summary(trace.outcome)}`);
  return {
    ...chosen,
    listener: undefined,
    virtualHost: undefined,
    location: undefined,
    steps: [],
    responseHeaders: [],
    outcome: {
      kind: 'unknown',
      reason: `Which address the connection goes to decides; name it with --to: ${[...new Set(answers)].slice(0, 20).join('; ')}.`,
    },
    unknowns: [],
  };
}

/** What a user sees of an answer. */
function keyOf({ outcome, responseHeaders }: Trace): string {
  return JSON.stringify([outcome, responseHeaders], (key, value: unknown) =>
    key === 'file' && typeof value === 'object' ? undefined : value,
  );
}

function summary(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'response':
      return `answers ${outcome.status}${outcome.location === undefined ? '' : ` to ${outcome.location}`}`;
    case 'proxy':
      return `asks ${outcome.backend}`;
    case 'tunnel':
      return `passes the connection to ${outcome.backend}`;
    case 'static':
      return `serves ${outcome.file}`;
    case 'closed':
      return 'closes the connection';
    case 'refused':
      return 'refuses the connection';
    case 'unknown':
      return 'is not known';
  }
}

/** The trace of a request that no virtual host gets. */
export function without(request: TraceRequest, outcome: Outcome, more: Partial<Trace> = {}): Trace {
  return {
    request,
    listener: undefined,
    virtualHost: undefined,
    location: undefined,
    steps: [],
    outcome,
    responseHeaders: [],
    unknowns: [],
    ...more,
  };
}
