/** The suites that are run for a mutation, in the order of their cost. */
import { readdirSync } from 'node:fs';

/** The groups of this one are named by rules. */
export const rulesSuite = 'test/rules.test.ts';

/** Start processes of the built program, or are about nothing below `src/rules` and `src/servers`. */
const excluded =
  /^test\/(?:api-examples|generated|long-chains|metamorphic|module-state|plugins|rules|suppress)\.test\.ts$|^test\/(?:cli|config|fuzz|helpers|inventory|oracle|witness)\/|^test\/regex\/complexity/;

/** Last, as they take long. */
const last = ['test/inventory/nginx.test.ts', 'test/inventory/apache.test.ts', 'test/metamorphic.test.ts'];

export function suites(): string[] {
  const all = readdirSync('test', { recursive: true, encoding: 'utf8' })
    .map((name) => `test/${name}`)
    .filter((path) => path.endsWith('.test.ts') && !excluded.test(path))
    .sort();
  return [rulesSuite, ...all, ...last];
}
