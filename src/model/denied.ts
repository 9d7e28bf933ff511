/** Whether a client is kept out. */
import type { Outcome } from './trace.ts';

/** Refused by a list, asked for a password, hung up on, whoever it is; a page may come with it. */
export function isDenied(outcome: Outcome): boolean {
  if (outcome.kind === 'closed') return true;
  return (outcome.kind === 'response' || outcome.kind === 'static') && isDenial(outcome.status);
}

/** 401, 403, and 407 of a proxy. */
export function isDenial(status: number): boolean {
  return status === 401 || status === 403 || status === 407;
}
