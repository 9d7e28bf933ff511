import { signatureOf } from './failure.ts';

/** Faults that are known and not mended yet, by the begin of their signature: they are counted, but are no failure of a run. */
const known: readonly string[] = [];

export function isKnown(signature: string): boolean {
  return known.some((begin) => signature.startsWith(begin));
}

/** Whether what was thrown is a known fault. */
export function isKnownError(error: unknown): boolean {
  return isKnown(signatureOf(error));
}
