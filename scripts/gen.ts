/**
 * Writes what is derived from the rule files: the registry (`src/rules/index.gen.ts`, not committed), `rules.json`,
 * `schema/config.schema.json` and `docs/rules`. With `--check` it writes only the registry, and fails where a committed file differs.
 */
import { configSchema } from '../src/config/schema.ts';
import { loadProfile, profileNames, type Profile } from '../src/config/sets.ts';
import type { Rule } from '../src/rules/define-rule.ts';
import { catalogue } from './gen/catalogue.ts';
import { staleFiles, writeFiles } from './gen/output.ts';
import { pages } from './gen/pages.ts';
import { writeRegistry } from './gen/registry.ts';

const pagesDirectory = 'docs/rules';

writeRegistry();
// Only now: the registry may just have been written.
const { rules } = (await import('../src/rules/index.gen.ts')) as { rules: readonly Rule[] };
const profiles = new Map<string, Profile>();
for (const name of profileNames) profiles.set(name, await loadProfile(name));
const files = pages(rules, profiles)
  .set('rules.json', catalogue(rules))
  .set('schema/config.schema.json', `${JSON.stringify(configSchema(rules, true), undefined, 2)}\n`);

if (process.argv.includes('--check')) {
  const stale = staleFiles(files, pagesDirectory);
  if (stale.length > 0) {
    console.error(`Not up to date, run "npm run gen":\n${stale.map((path) => `  ${path}`).join('\n')}`);
    process.exitCode = 1;
  }
} else {
  writeFiles(files, pagesDirectory);
}
