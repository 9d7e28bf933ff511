/**
 * Scaffolds a rule: `npm run new-rule [-- --model] <category>/<id> [dialect...]` writes the rule file and its first
 * fixtures. With `--model` the rule listens to listeners, virtual hosts and routes instead of directives.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { scaffold } from './new-rule/scaffold.ts';

const dialects = ['nginx', 'apache', 'sslh'] as const;
const categories =
  readFileSync('src/rules/finding.ts', 'utf8')
    .match(/^ {2}\| '[a-z]+'/gm)
    ?.map((line) => line.slice(5, -1)) ?? [];

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

const words = process.argv.slice(2).filter((word) => word !== '--model');
const model = words.length < process.argv.length - 2;
const [path = '', ...wanted] = words;
const match = /^([a-z]+)\/([a-z0-9]+(?:-[a-z0-9]+)*)$/.exec(path);
if (!match) fail('Usage: npm run new-rule [-- --model] <category>/<id> [nginx] [apache] [sslh]');
const [, category, id] = match as unknown as [string, string, string];
if (!categories.includes(category)) fail(`Unknown category "${category}"; expected one of ${categories.join(', ')}.`);
const unknown = wanted.find((name) => !(dialects as readonly string[]).includes(name));
if (unknown !== undefined) fail(`Unknown dialect "${unknown}"; expected ${dialects.join(', ')}.`);
const claimed = wanted.length > 0 ? wanted : ['nginx'];
if (model && claimed.includes('sslh')) fail('sslh has no model; leave out "--model" or "sslh".');

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

function create(file: string, text: string): void {
  if (existsSync(file)) fail(`${file} exists already.`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(file);
}

create(join('src/rules', category, `${id}.ts`), scaffold({ version, model, dialects: claimed }));
for (const dialect of claimed) {
  create(join('fixtures/rules', id, `bad-basic.${dialect}.conf`), '# expect-next-line: found\n');
  create(join('fixtures/rules', id, `good-basic.${dialect}.conf`), '');
}
