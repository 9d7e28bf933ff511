/** The suites that are run for a mutation, in the order of their cost. */
import { readdirSync } from 'node:fs';

/** The groups of this one are named by rules. */
export const rulesSuite = 'test/rules.test.ts';

/** Start processes of the built program, or are about nothing below `src/rules` and `src/servers`. */
const excluded =
  /^test\/(?:api-examples|generated|long-chains|metamorphic|module-state|plugins|rules|suppress)\.test\.ts$|^test\/(?:cli|config|fuzz|helpers|inventory|oracle|witness)\/|^test\/regex\/complexity/;

/** Last, as they take long. */
const last = ['test/inventory/nginx.test.ts', 'test/inventory/apache.test.ts'];

/** What is selected of a suite: some have a thousand tests in one group. */
export function granularity(suite: string): 'groups' | 'tests' {
  return suite.startsWith('test/inventory/') ? 'tests' : 'groups';
}

export function suites(): string[] {
  const all = readdirSync('test', { recursive: true, encoding: 'utf8' })
    .map((name) => `test/${name}`)
    .filter((path) => path.endsWith('.test.ts') && !excluded.test(path) && !last.includes(path))
    .sort();
  return [rulesSuite, ...all, ...last];
}
