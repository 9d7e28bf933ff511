/** Headers as expectations see them. */
import type { TracedHeader } from '../model/trace.ts';
import { toText } from '../text/bytes.ts';
import type { Actual } from './match.ts';

/** Those of one name together; `from`: who sets the first. */
export function headerActual(found: readonly TracedHeader[]): Actual {
  const [first] = found;
  if (!first) return { value: undefined, isKnown: true };
  const from = originOf(first);
  const values = found.map(({ value }) => value);
  if (values.includes(undefined)) return { value: undefined, isKnown: false, from };
  return { value: toText(values.join(', ')), isKnown: true, from };
}

/** Of one name: whether config or server add to what the client sent. */
export function isAdded(found: readonly TracedHeader[]): boolean {
  return found.some(({ origin, name }) => origin !== 'client' && !(origin === 'server' && isOfConnection(name)));
}

/** Headers about the connection itself, which each hop makes anew. */
export function isOfConnection(name: string): boolean {
  return ofConnection.test(name);
}

const ofConnection = /^(?:connection|upgrade|content-length|transfer-encoding|keep-alive|te|expect)$/i;

function originOf({ origin }: TracedHeader): 'client' | 'config' | 'server' {
  return typeof origin === 'string' ? origin : 'config';
}
