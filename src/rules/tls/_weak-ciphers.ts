/** What is weak in a list of ciphers. */
import type { CipherSuite } from '../../facts/ciphers/types.ts';

/** What nginx does by itself, and what its documentation shows. */
export const nginxDefault = 'HIGH:!aNULL:!MD5';

export const modern = /^(?:AES|Camellia|ARIA|CHACHA|SEED)/;

interface WeakClass {
  readonly name: string;
  readonly exclusion: string;
  readonly holds: (suite: CipherSuite) => boolean;
}

/** A suite is counted in the first class that it is in. */
const classes: readonly WeakClass[] = [
  { name: 'no encryption', exclusion: 'eNULL', holds: ({ enc }) => enc === 'None' },
  { name: 'no authentication', exclusion: 'aNULL', holds: ({ au }) => au === 'None' },
  { name: 'EXPORT', exclusion: 'EXPORT', holds: ({ strength }) => strength === 'EXPORT' },
  { name: 'DES', exclusion: 'DES', holds: ({ enc }) => enc === 'DES' },
  { name: '3DES', exclusion: '3DES', holds: ({ enc }) => enc === '3DES' },
  { name: 'IDEA', exclusion: 'IDEA', holds: ({ enc }) => enc === 'IDEA' },
  { name: 'RC4', exclusion: 'RC4', holds: ({ enc }) => enc === 'RC4' },
  { name: 'MD5', exclusion: 'MD5', holds: ({ mac }) => mac === 'MD5' },
];

export interface Weakness extends WeakClass {
  readonly suites: readonly CipherSuite[];
}

export function weaknessesOf(suites: readonly CipherSuite[]): Weakness[] {
  const found = new Map<WeakClass, CipherSuite[]>();
  for (const suite of suites) {
    const weak = classes.find(({ holds }) => holds(suite));
    if (!weak) continue;
    const list = found.get(weak);
    if (list) list.push(suite);
    else found.set(weak, [suite]);
  }
  return classes.flatMap((weak) => {
    const list = found.get(weak);
    return list ? [{ ...weak, suites: list }] : [];
  });
}
