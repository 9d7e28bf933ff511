/** Plugins, loaded by the built program; the example as a consumer of the package would use it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { folder, runCli } from './helpers/run-cli.ts';

const bad = 'server {\n    listen 80;\n    rewrite ^ https://example.com permanent;\n}\n';

/** A plugin with one rule that reports each `rewrite`; `touch` is a file that it writes when it is run. */
const plugin = (name = 'acme', touch?: string): string => `
${touch === undefined ? '' : `require('node:fs').writeFileSync(${JSON.stringify(touch)}, '');`}
module.exports = { name: '${name}', rules: { 'no-rewrite': {
  meta: { summary: 'x', why: 'w', how: 'h', severity: 'warning', confidence: 'high', dialects: ['nginx'], since: '1.0.0',
    set: 'recommended', references: ['https://example.com/no-rewrite'] },
  messages: { found: 'No rewrite here.' },
  check: ({ report }) => ({ directives: { rewrite: (at) => report({ message: 'found', at }) } }),
} } };`;

/** The plugin with another `check`. */
const byDialect = (check: string): string => plugin().replace(/check: .*\n/, `check: ${check},\n`);

const config = JSON.stringify({ plugins: ['./acme.cjs'] });

function findings(args: readonly string[], cwd: string): { rule: string; url: string; severity: string }[] {
  const run = runCli(['--format', 'json', ...args], { cwd });
  expect(run.stderr).toBe('');
  const report = JSON.parse(run.stdout) as { findings: { rule: string; url: string; severity: string }[] };
  return report.findings.filter(({ rule }) => rule.startsWith('acme/'));
}

test('the config of the working directory, or of --config, loads plugins; their rules are like others', () => {
  const cwd = folder({ 'proxylint.json': config, 'acme.cjs': plugin(), 'sites/a.conf': bad });
  expect(findings(['sites/a.conf'], cwd)).toMatchObject([
    { rule: 'acme/no-rewrite', url: 'https://example.com/no-rewrite', severity: 'warning' },
  ]);
  expect(findings(['--config', '../proxylint.json', 'a.conf'], join(cwd, 'sites'))).toHaveLength(1);
  expect(findings(['--rule', 'acme/no-rewrite=info', 'sites/a.conf'], cwd)).toMatchObject([{ severity: 'info' }]);
  expect(findings(['--skip', 'acme/no-rewrite', 'sites/a.conf'], cwd)).toEqual([]);
  const wrong = runCli(['--only', 'acme/no-rewritte', 'sites/a.conf'], { cwd });
  expect(wrong).toMatchObject({
    status: 2,
    stderr: 'proxylint: no rule "acme/no-rewritte"; did you mean "acme/no-rewrite"?\n',
  });
  const sarif = JSON.parse(runCli(['--format', 'sarif', 'sites/a.conf'], { cwd }).stdout) as object;
  expect(JSON.stringify(sarif)).toContain('"id":"acme/no-rewrite"');
});

test('a check of a dialect runs for its configs only', () => {
  const visitor = (message: string): string => `({ report }) => ({ block: (at) => at.owner || report(${message}) })`;
  const say = `{ message: 'found', at: at.directives[0] }`;
  const text = byDialect(`{ nginx: ${visitor(say)}, apache: ${visitor(say)} }`).replace(
    "['nginx']",
    "['nginx', 'apache']",
  );
  const cwd = folder({ 'proxylint.json': config, 'acme.cjs': text, 'a.conf': bad, 'b.conf': 'ServerTokens Prod\n' });
  expect(findings(['a.conf'], cwd)).toHaveLength(1);
  expect(findings(['--type', 'apache', 'b.conf'], cwd)).toHaveLength(1);
});

test('rules and explain know the rules of plugins, loaded as for linting', () => {
  const cwd = folder({ 'proxylint.json': config, 'acme.cjs': plugin(), 'sites/a.conf': bad });
  const elsewhere = folder({ 'a.conf': bad });
  const named = ['--config', join(cwd, 'proxylint.json')];
  for (const [args, from] of [
    [[], cwd],
    [named, elsewhere],
    [named, join(cwd, 'sites')],
  ] as const) {
    expect(runCli(['rules', ...args], { cwd: from }).stdout).toMatch(/^acme\/no-rewrite +warning +nginx: x$/m);
    expect(runCli(['explain', 'acme/no-rewrite', ...args], { cwd: from })).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(
        /^acme\/no-rewrite: x\n[^]*Why: w\nHow: h\n[^]*https:\/\/example\.com\/no-rewrite\n$/,
      ),
    });
  }
  expect(runCli(['rules'], { cwd: elsewhere }).stdout).not.toContain('acme/');
  expect(runCli(['explain', 'acme/no-rewritte'], { cwd })).toMatchObject({
    status: 2,
    stderr: 'proxylint: no rule "acme/no-rewritte"; did you mean "acme/no-rewrite"?\n',
  });
});

test('a comment silences a rule of a plugin', () => {
  const text = bad.replace('    rewrite', '    # proxylint-ignore acme/no-rewrite: old links\n    rewrite');
  const cwd = folder({ 'proxylint.json': config, 'acme.cjs': plugin(), 'a.conf': text });
  expect(findings(['a.conf'], cwd)).toEqual([]);
});

test.each([
  ['a linted tree', {}, ['tree/a.conf']],
  ['a directory above', {}, ['a.conf'], 'tree/deep'],
  ['--no-plugins', {}, ['--no-plugins', 'a.conf'], 'tree'],
  ['rules in a directory below', {}, ['rules'], 'tree/deep'],
  ['rules with --no-plugins', {}, ['rules', '--no-plugins'], 'tree'],
  ['explain with --no-plugins', {}, ['explain', 'unclosed-block', '--no-plugins'], 'tree'],
])('plugins are not run for %s', (_, __, args, from = '.') => {
  const cwd = folder({ 'tree/proxylint.json': config, 'tree/a.conf': bad, 'tree/deep/a.conf': bad });
  const trace = join(cwd, 'was-run');
  cpSync(join(folder({ x: plugin('acme', trace) }), 'x'), join(cwd, 'tree/acme.cjs'));
  const run = runCli(args, { cwd: join(cwd, from) });
  expect(run).toMatchObject({ status: 2, stdout: '' });
  expect(run.stderr).toMatch(
    /proxylint\.json: plugins: \.\/acme\.cjs: (?:plugins are code, .*--config|refused by --no-plugins)/,
  );
  expect(existsSync(trace)).toBe(false);
});

test.each([
  ['throw new Error("no luck\\nmore")', 'cannot be loaded: no luck'],
  ['module.exports = {}', '"name" is missing'],
  ['module.exports = { name: "Acme!", rules: {} }', 'name: "Acme!" is not a name in kebab-case'],
  [plugin().replace("severity: 'warning'", "severity: 'loud'"), 'rules.no-rewrite.meta.severity: "loud" is not one of'],
  [plugin().replace(/check: .*\n/, 'check: 1,\n'), 'rules.no-rewrite.check: not a function, nor an object'],
  [byDialect('{ nginx: 1 }'), 'rules.no-rewrite.check.nginx: not a function'],
  [
    byDialect('{ nginx: () => ({}), sslh: () => ({}) }'),
    'rules.no-rewrite.check: "check.sslh" is for a dialect that "meta.dialects" does not name',
  ],
  [plugin().replace("how: 'h'", 'how: {}'), 'rules.no-rewrite.meta.how: there is none for "nginx"'],
  [plugin().replace("how: 'h'", 'how: 1'), 'rules.no-rewrite.meta.how: not a text, nor one for each dialect'],
  [byDialect('{}'), 'rules.no-rewrite.check: "meta.dialects" names "nginx", but "check" has none for it'],
])('a plugin that is wrong is refused with its name: %#', (text, message) => {
  const cwd = folder({ 'proxylint.json': config, 'acme.cjs': text, 'a.conf': bad });
  const run = runCli(['a.conf'], { cwd });
  expect(run.status).toBe(2);
  expect(run.stderr).toContain('plugins: ./acme.cjs: ');
  expect(run.stderr).toContain(message);
  expect(run.stderr).not.toMatch(/^\s+at /m);
});

test('a plugin that is not there, and a rule that throws, are named', () => {
  const missing = runCli(['a.conf'], { cwd: folder({ 'proxylint.json': '{"plugins":["none"]}', 'a.conf': bad }) });
  expect(missing).toMatchObject({ status: 2 });
  expect(missing.stderr).toMatch(/plugins: none: cannot be loaded: Cannot find module 'none'\n$/);
  const throwing = plugin().replace("report({ message: 'found', at })", "{ throw new Error('oops'); }");
  const cwd = folder({ 'proxylint.json': config, 'acme.cjs': throwing, 'a.conf': bad });
  const run = runCli(['a.conf'], { cwd });
  expect(run).toMatchObject({ status: 2, stderr: '' });
  expect(run.stdout).toContain('The rule acme/no-rewrite failed at a.conf:3:5: oops\n');
  expect(run.stdout).toContain('Please tell the author of the plugin');
});

test.each([
  [plugin().replace("message: 'found', at", "message: 'fuond', at"), 'it has no message "fuond"'],
  [plugin().replace("message: 'found', at", "message: 'found', severity: 'loud', at"), '"loud" is no severity'],
  [plugin().replace("message: 'found', at", "message: 'found', confidence: 1, at"), '"1" is no confidence'],
  [plugin().replace(/check: .*/, 'check: () => undefined,'), '"check" returns no hooks'],
  [plugin().replace(/check: .*/, 'check: async () => ({}),'), '"check" returns a promise; only hooks may'],
])('a rule of a plugin that breaks its contract is named, and the others run: %#', (text, message) => {
  const cwd = folder({ 'proxylint.json': config, 'acme.cjs': text, 'a.conf': `${bad}location / {\n` });
  const run = runCli(['--format', 'json', 'a.conf'], { cwd });
  expect(run).toMatchObject({ status: 2, stderr: '' });
  const { failures, findings } = JSON.parse(run.stdout) as { failures: object[]; findings: { rule: string }[] };
  expect(failures).toMatchObject([{ rules: ['acme/no-rewrite'], message, file: 'a.conf' }]);
  expect(findings.map(({ rule }) => rule)).toContain('unclosed-block');
});

test('the example, installed beside the packed program, works and passes its own tests', () => {
  const cwd = folder({
    'proxylint.json': JSON.stringify({
      plugins: ['proxylint-plugin-forbid-directive'],
      rules: { 'team/forbid-directive': { options: { directives: { rewrite: '"return"' } } } },
    }),
    'a.conf': bad,
  });
  const modules = join(cwd, 'node_modules');
  mkdirSync(modules);
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', cwd], {
    encoding: 'utf8',
  });
  execFileSync('tar', ['-xzf', join(cwd, packed.trim().split('\n').at(-1)!), '-C', modules]);
  renameSync(join(modules, 'package'), join(modules, 'proxylint'));
  const home = join(modules, 'proxylint-plugin-forbid-directive');
  cpSync('examples/plugin-forbid-directive', home, { recursive: true });

  const program = join(modules, 'proxylint/dist/cli.cjs');
  const run = spawnSync(process.execPath, [program, '--only', 'team/forbid-directive', 'a.conf'], {
    cwd,
    encoding: 'utf8',
  });
  expect(run.stderr).toBe('');
  expect(run.stdout).toContain('The directive "rewrite" is not used here; use "return".');
  expect(run.status).toBe(1);

  const explain = spawnSync(process.execPath, [program, 'explain', 'team/forbid-directive'], { cwd, encoding: 'utf8' });
  expect(explain).toMatchObject({ status: 0, stderr: '' });
  expect(explain.stdout).toMatch(/^team\/forbid-directive: [^]*^Option directives /m);

  const tests = spawnSync(process.execPath, ['--test'], { cwd: home, encoding: 'utf8' });
  expect(tests.stdout).toMatch(/^# pass [89]|^# pass 1\d/m);
  expect(tests.stdout).toMatch(/^# fail 0$/m);

  // The types that the package brings find a message that does not exist.
  symlinkSync(resolve('node_modules/@types'), join(modules, '@types'));
  const check = (): string =>
    spawnSync(
      process.execPath,
      [
        resolve('node_modules/typescript/bin/tsc'),
        '--noEmit',
        '--strict',
        '--checkJs',
        '--allowJs',
        '--skipLibCheck',
        '--module',
        'nodenext',
        '--target',
        'es2022',
        '--types',
        'node',
        'index.js',
      ],
      { cwd: home, encoding: 'utf8' },
    ).stdout;
  expect(check()).toBe('');
  const source = readFileSync(join(home, 'index.js'), 'utf8');
  cpSync(
    join(folder({ x: source.replace("message: 'forbidden'", "message: 'forbiden'") }), 'x'),
    join(home, 'index.js'),
  );
  expect(check()).toContain('"forbiden"');
});
