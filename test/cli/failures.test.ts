/** A rule that throws is told in every format and ends nothing. */
import { expect, test } from 'vitest';
import { formats } from '../../src/formatters/index.ts';
import { folder, runCli } from '../helpers/run-cli.ts';

const text = 'server {\n    listen 80;\n    server_name a.example;\n    location /x { return 204; }\n';

/** A plugin whose rules have the given bodies of `check`. */
const plugin = (checks: Readonly<Record<string, string>>): string => `
const meta = { summary: 's', why: 'w', how: 'h', severity: 'warning', confidence: 'high', dialects: ['nginx'],
  since: '1.0.0', set: 'recommended', references: ['https://example.com/'] };
const boom = () => { throw new Error('boom'); };
module.exports = { name: 'acme', rules: {
${Object.entries(checks)
  .map(([name, check]) => `  '${name}': { meta, messages: { found: 'Found.' }, check: (context) => { ${check} } },`)
  .join('\n')}
} };`;

const project = (checks: Readonly<Record<string, string>>, conf = text): string =>
  folder({
    'proxylint.json': '{"plugins":["./acme.cjs"]}',
    'acme.cjs': plugin(checks),
    'a.conf': conf,
    'b.conf': conf,
  });

interface Json {
  readonly summary: { readonly files: number; readonly failures: number };
  readonly findings: readonly { readonly rule: string; readonly file: string }[];
  readonly failures: readonly {
    readonly rules: readonly string[];
    readonly message: string;
    readonly file: string;
    readonly line?: number;
    readonly stack?: string;
  }[];
}

function lint(cwd: string, args: readonly string[] = ['a.conf'], env: NodeJS.ProcessEnv = {}): Json {
  const run = runCli(['--format', 'json', ...args], { cwd, env });
  expect(run).toMatchObject({ status: 2, stderr: '' });
  return JSON.parse(run.stdout) as Json;
}

/** By hook: the body of `check`, and the line that the failure is placed at. */
const throwing: readonly (readonly [hook: string, check: string, line?: number])[] = [
  ['check', 'boom();'],
  ['start', 'return { start: boom };'],
  ['file', 'return { file: boom };', 1],
  ['problem', 'return { problem: boom };', 1],
  ['directive', 'return { directives: { server_name: boom } };', 3],
  ['every-directive', "return { directives: { '*': boom } };", 1],
  ['block', 'return { block: boom };', 1],
  ['listener', 'return { listener: boom };', 2],
  ['host', 'return { virtualHost: boom };', 1],
  ['route', 'return { route: boom };', 4],
  ['tls', 'return { tls: boom };', 1],
  ['end', 'return { end: boom };'],
  ['async-end', 'return { end: async () => boom() };'],
  ['async-directive', 'return { directives: { listen: async () => boom() } };', 2],
  ['suppression', 'return { suppression: boom };', 5],
];

test('a rule that throws in any hook is one failure at its place, and the others go on', () => {
  const good = 'return { directives: { listen: (at) => context.report({ message: "found", at }) } };';
  const checks = Object.fromEntries(throwing.map(([hook, check]) => [hook, check]));
  const cwd = project({ ...checks, good }, `${text}# proxylint-ignore unclosed-quote: none\n`);
  const { failures, findings, summary } = lint(cwd);
  expect(summary.failures).toBe(throwing.length);
  const told = new Map(failures.map((failure) => [failure.rules.join(), failure]));
  for (const [hook, , line] of throwing) {
    const failure = told.get(`acme/${hook}`);
    expect(failure, hook).toMatchObject({ message: 'boom', file: 'a.conf' });
    expect(failure!.line, hook).toBe(line);
    expect(failure!.stack).toBeUndefined();
  }
  expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['acme/good', 'unclosed-block']));
});

const thrown: readonly (readonly [name: string, check: string, message: RegExp])[] = [
  [
    'overflow',
    'return { block: function again(block) { return again(block) + 1; } };',
    /^RangeError: Maximum call stack/,
  ],
  ['null', 'return { end() { throw null; } };', /^null$/],
  ['mute', 'return { end() { throw { toString() { throw 1; } }; } };', /cannot be shown/],
  ['long', "return { end() { throw new Error('x'.repeat(100000)); } };", /^x{300}…$/],
  ['no-function', 'return { end: 5 };', /TypeError/],
];

test('whatever is thrown is told in a line', () => {
  const { failures } = lint(project(Object.fromEntries(thrown.map(([name, check]) => [name, check]))));
  const told = new Map(failures.map(({ rules, message }) => [rules.join(), message]));
  for (const [name, , message] of thrown) expect(told.get(`acme/${name}`), name).toMatch(message);
});

test('one failure a rule a file; every file is linted; findings up to then stay', () => {
  const once =
    'let n = 0; return { directives: { "*": (at) => { context.report({ message: "found", at }); if (++n > 1) boom(); } } };';
  const { failures, findings, summary } = lint(project({ bad: once }), ['a.conf', 'b.conf']);
  expect(failures.map(({ rules, file, line }) => [rules, file, line])).toEqual([
    [['acme/bad'], 'a.conf', 2],
    [['acme/bad'], 'b.conf', 2],
  ]);
  expect(summary.files).toBe(2);
  expect(findings.filter(({ rule }) => rule === 'acme/bad').map(({ file }) => file)).toEqual([
    'a.conf',
    'a.conf',
    'b.conf',
    'b.conf',
  ]);
});

test('PROXYLINT_DEBUG shows the stack', () => {
  const { failures } = lint(project({ bad: 'boom();' }), ['a.conf'], { PROXYLINT_DEBUG: '1' });
  expect(failures[0]!.stack).toMatch(/^Error: boom\n\s+at boom /);
});

test.each(formats)('%s shows it, and the exit status says it', (format) => {
  const cwd = project({ bad: 'boom();' });
  const run = runCli(['--format', format, '--fail-on', 'never', 'a.conf'], { cwd });
  expect(run).toMatchObject({ status: 2, stderr: '' });
  expect(run.stdout).toContain('acme/bad');
  expect(run.stdout).toContain('boom');
  expect(runCli(['--format', format, '--no-config', '--fail-on', 'never', 'a.conf'], { cwd }).status).toBe(0);
});

test('a promise that is never settled, and an error in a timer, do not look like success', () => {
  const never = runCli(['a.conf'], { cwd: project({ bad: 'return { end: () => new Promise(() => {}) };' }) });
  expect(never).toMatchObject({ status: 2, stdout: '' });
  expect(never.stderr).toMatch(/^proxylint: ended before all was checked: .*\n$/);
  const timer = 'return { end: () => new Promise(() => setTimeout(boom, 1)) };';
  const late = runCli(['a.conf'], { cwd: project({ bad: timer }) });
  expect(late.status).toBe(2);
  expect(late.stderr).toMatch(/^proxylint: internal error: boom\n/);
  expect(late.stderr).not.toMatch(/^\s+at /m);
});
