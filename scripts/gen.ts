/**
 * Writes what is derived from the rule files: the registry (`src/rules/index.gen.ts`, not committed), `rules.json`,
 * `schema/config.schema.json`, `schema/test.schema.json`, `docs/profiles.md`, the examples of the rules, `docs/rules` with the matrix of rules
 * and servers, the decisions of the grammars, and what the HTML report brings along. With `--check` it writes only the registry, and fails
 * where a committed file differs.
 */
import { configSchema } from '../src/config/schema.ts';
import { expectationSchema } from '../src/expectations/schema.ts';
import { loadProfiles } from '../src/config/sets.ts';
import { disagreement } from '../src/rules/checks.ts';
import type { Rule } from '../src/rules/define-rule.ts';
import { applicationPages } from './gen/application-pages.ts';
import { applicationFiles, loadApplications } from './gen/applications.ts';
import { catalogue } from './gen/catalogue.ts';
import { decisionFiles } from './gen/decisions.ts';
import { htmlAssets } from './gen/html-assets.ts';
import { manPage } from './gen/man-page.ts';
import { staleFiles, writeFiles } from './gen/output.ts';
import { matrixPage, readReasons } from './gen/matrix.ts';
import { pages } from './gen/pages.ts';
import { profilesPage } from './gen/profiles-page.ts';
import { writeRegistry } from './gen/registry.ts';

const pagesDirectory = 'docs/rules';

writeRegistry();
// Only now: the registry may just have been written.
const { rules } = (await import('../src/rules/index.gen.ts')) as { rules: readonly Rule[] };
const disagreements = rules.flatMap(({ id, check, meta }) => {
  const wrong = disagreement(check, meta.dialects);
  return wrong === undefined ? [] : [`${id}: ${wrong}`];
});
if (disagreements.length > 0) throw new Error(disagreements.join('\n'));
const { examplesOf } = await import('./gen/examples.ts');
const examples = await examplesOf(rules);
const profiles = await loadProfiles();
const applications = await loadApplications();
const files = new Map([
  ...pages(rules, profiles, examples),
  ...decisionFiles(),
  ...htmlAssets(),
  ...applicationFiles(applications),
  ...applicationPages(applications),
])
  .set('docs/rules/matrix.md', matrixPage(rules, readReasons()))
  .set('docs/profiles.md', profilesPage(profiles, rules))
  .set('man/proxylint.1', manPage())
  .set('src/rules/examples.gen.json', `${JSON.stringify(examples, undefined, 1)}\n`)
  .set('rules.json', catalogue(rules, profiles))
  .set('schema/config.schema.json', `${JSON.stringify(configSchema(rules, true), undefined, 2)}\n`)
  .set('schema/test.schema.json', `${JSON.stringify(expectationSchema, undefined, 2)}\n`);

if (process.argv.includes('--check')) {
  const stale = staleFiles(files, pagesDirectory);
  if (stale.length > 0) {
    console.error(`Not up to date, run "npm run gen":\n${stale.map((path) => `  ${path}`).join('\n')}`);
    process.exitCode = 1;
  }
} else {
  writeFiles(files, pagesDirectory);
}
