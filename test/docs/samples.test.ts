/** What the documentation shows of JSON and YAML can be read, and says what exists. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { parse as parseJson, type ParseError } from 'jsonc-parser';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { runCli } from '../helpers/run-cli.ts';
import { blocks, pages, pageWithMistakes, type Block } from './blocks.ts';

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const validate = new Ajv({ allErrors: true, strict: false }).compile(readJson('schema/config.schema.json') as object);
const of = (...languages: string[]): readonly Block[] => blocks.filter(({ language }) => languages.includes(language));

/** Pages whose JSON is no config file: settings of editors, and what the program prints. */
const otherJson = new Set(['docs/editors.md', 'docs/json.md']);

function read({ text }: Block): Record<string, unknown> {
  const errors: ParseError[] = [];
  const value = parseJson(text, errors, { allowTrailingComma: true }) as Record<string, unknown>;
  expect(errors).toEqual([]);
  return value;
}

describe('config files', () => {
  test.each(of('json').filter(({ page }) => !otherJson.has(page)))('$page:$line', (block) => {
    expect(validate(read(block)) ? [] : validate.errors).toEqual([]);
  });
});

describe('settings of editors', () => {
  const { contributes } = readJson('editors/vscode/package.json') as {
    contributes: { configuration: { properties: object } };
  };
  test.each(of('json').filter(({ page }) => page === 'docs/editors.md'))('$page:$line', (block) => {
    const settings = read(block);
    const own = Object.keys(settings).filter((key) => key.startsWith('proxylint.'));
    for (const key of own) expect(contributes.configuration.properties).toHaveProperty([key]);
    const held = own.length > 0 ? [] : heldBy(settings);
    expect(own.length + held.length).toBeGreaterThan(0);
    for (const each of held) expect(validate(each) ? [] : validate.errors).toEqual([]);
  });
});

/** What stands at the key `proxylint`, but for the entry of a server in an editor. */
function heldBy(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]: [string, object]) =>
    key === 'proxylint' && !('command' in each) ? [each] : heldBy(each),
  );
}

test('the JSON of docs/json.md has the keys that are printed', () => {
  const input = 'server {\n    location / {\n        proxy_pass http://127.0.0.1\n    }\n}\n';
  const printed = JSON.parse(runCli(['--format', 'json', '-'], { input }).stdout) as Record<string, unknown>;
  const shown = read(of('json').find(({ page }) => page === 'docs/json.md')!);
  expect(Object.keys(shown)).toEqual(Object.keys(printed));
  expect(Object.keys(shown['summary'] as object)).toEqual(Object.keys(printed['summary'] as object));
  const keys = (report: Record<string, unknown>): string[] =>
    Object.keys((report['findings'] as object[]).find((each) => 'rule' in each && each.rule === 'missing-semicolon')!);
  expect(keys(shown)).toEqual(keys(printed));
});

interface Step {
  readonly uses?: string;
  readonly with?: object;
}
interface Hooks {
  readonly repo: string;
  readonly rev: string;
  readonly hooks: readonly { readonly id: string }[];
}
interface Workflow {
  readonly steps?: readonly Step[];
  readonly jobs?: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
  readonly repos?: readonly Hooks[];
}

describe('workflows and hooks', () => {
  const tag = `v${(readJson('package.json') as { version: string }).version}`;
  const { inputs } = parseYaml(readFileSync('action.yml', 'utf8')) as { inputs: object };
  const ids = (parseYaml(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as { id: string }[]).map(({ id }) => id);
  test.each(of('yaml', 'yml'))('$page:$line', ({ text }) => {
    const document = parseYaml(text) as Workflow | Hooks[];
    const workflow = Array.isArray(document) ? { repos: document } : document;
    const steps = [...(workflow.steps ?? []), ...Object.values(workflow.jobs ?? {}).flatMap((job) => job.steps)];
    const repos = workflow.repos ?? [];
    for (const step of steps.filter(({ uses }) => uses?.startsWith('proxylint/'))) {
      expect(step.uses).toBe(`proxylint/proxylint@${tag}`);
      expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})));
    }
    for (const { rev, hooks } of repos) {
      expect(rev).toBe(tag);
      expect(ids).toEqual(expect.arrayContaining(hooks.map(({ id }) => id)));
    }
    if (/\b(?:uses|repo):/.test(text)) expect(steps.length + repos.length).toBeGreaterThan(0);
  });
});

test('no config that the pages show has a finding', () => {
  const paths = pages.filter((page) => page !== pageWithMistakes);
  expect(runCli(['--ignore-unknown', '--no-config', '--fail-on', 'info', ...paths])).toMatchObject({ status: 0 });
});
