/** The suites that are run for a mutation. */
import { readdirSync } from 'node:fs';

/** The groups of this one are named by rules. */
export const rulesSuite = 'test/rules.test.ts';

/** Start servers or the built program, take minutes, or are about nothing below `src/rules` and `src/servers`. */
const excluded = [
  /^test\/(?:api-examples|common-js|generated|long-chains|man-page|module-state|needs|plugins|rules|suppress)\.test\.ts$/,
  /^test\/(?:applications|cli|config|fuzz|helpers|oracle|parsers|witness)\//,
  /^test\/(?:docs\/(?:commands|samples)|expectations\/(?:examples|init)|formatters\/(?:html|html-browser|schemas))\.test\.ts$/,
  /^test\/(?:inventory\/sslh|lsp\/(?:editors-page|neovim|program|random-edits)|regex\/complexity)\.test\.ts$/,
];

/** What is selected of a suite: some have a thousand tests in one group. */
export function granularity(suite: string): 'groups' | 'tests' {
  return suite.startsWith('test/inventory/') ? 'tests' : 'groups';
}

export function suites(): string[] {
  const all = readdirSync('test', { recursive: true, encoding: 'utf8' })
    .map((name) => `test/${name}`)
    .filter((path) => path.endsWith('.test.ts') && !excluded.some((pattern) => pattern.test(path)))
    .sort();
  return [rulesSuite, ...all];
}
