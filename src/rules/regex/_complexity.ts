/**
 * How the time of a regular expression grows with the text, bounded by counted steps: the same answer on a busy computer as on an idle
 * one. The library only knows a limit in time, so that it is given a clock that counts how often it looks.
 */
import type { checkSync as check, Diagnostics } from 'recheck';

import { sizeOf } from '../../regex/cost.ts';
import { parseRegex } from '../../regex/parse.ts';

export type CheckSync = typeof check;

export interface Complexity {
  /** Undefined: not told, as the pattern is too large, is not understood, or the steps have run out. */
  readonly result: Diagnostics | undefined;
  /** Steps taken, some 0.1 ms each at most. */
  readonly steps: number;
}

/** Steps for one pattern. */
const maxSteps = 12_000;
/** Repetitions with counts are written out in the library, and its functions call themselves for groups in groups. */
const maxSize = 1000;
const maxDepth = 50;

/** The library is large, so it is loaded only where a pattern has the shape that it is needed for. */
export async function loadChecker(): Promise<CheckSync> {
  const library = await import('recheck/lib/browser.js');
  return library.checkSync ?? library.default.checkSync;
}

/** `source` and `flags` are those of an expression of JavaScript. */
export function complexityOf(checkSync: CheckSync, source: string, flags: string): Complexity {
  const parsed = parseRegex(source);
  const { size, depth } = parsed ? sizeOf(parsed.root) : { size: Infinity, depth: Infinity };
  if (size > maxSize || depth > maxDepth) return { result: undefined, steps: 0 };
  let steps = 0;
  let weight = 1;
  /** Each step of the two constructions that take sets of states for states costs as much as there are states. */
  const logger = (message: string): void => {
    const states = /(?:OrderedNFA|\bDFA) construction\s+state size: (\d+)/.exec(message);
    weight = states ? Math.max(1, Number(states[1]) / 8) : 1;
  };
  const ended = withClock(
    () => (steps += weight),
    () => {
      try {
        return checkSync(source, flags, { checker: 'automaton', timeout: maxSteps, logger });
      } catch {
        // What the library does not understand, or its stack is too small for.
        return undefined;
      }
    },
  );
  return { result: ended?.status === 'unknown' ? undefined : ended, steps };
}

/** Nothing else runs meanwhile: the work is synchronous. */
function withClock<T>(now: () => number, work: () => T): T {
  const own = Object.getOwnPropertyDescriptor(performance, 'now');
  Object.defineProperty(performance, 'now', { configurable: true, value: now });
  try {
    return work();
  } finally {
    if (own) Object.defineProperty(performance, 'now', own);
    else Reflect.deleteProperty(performance, 'now');
  }
}
