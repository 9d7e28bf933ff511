/** `--cache` never changes what is found: whatever decides a result is changed here, between two runs. */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { folder, runCli, type Run } from '../helpers/run-cli.ts';

const site =
  'server {\n    listen 80;\n    server_name example.com;\n    include snippets/*.conf;\n    root /srv/www;\n}\n';
const plugin = (message: string): string => `module.exports = {
  name: 'own',
  rules: {
    rule: {
      meta: {
        summary: 'S', why: 'W', how: 'H', severity: 'warning', confidence: 'high', dialects: ['nginx'],
        since: '1', set: 'recommended', references: ['https://example.org'],
      },
      messages: { found: ${message} },
      check: ({ report }) => ({ directives: { root: (directive) => report({ at: directive, message: 'found' }) } }),
    },
  },
};
`;

/** The same without a cache and with one must be the same; `lint` is given the files of each. */
function expectSame(cwd: string, args: readonly string[] = []): Run {
  const plain = runCli(['--format', 'json', ...args, '.'], { cwd });
  const cached = runCli(['--format', 'json', '--cache', ...args, '.'], { cwd });
  expect(cached).toEqual(plain);
  return cached;
}

function entries(cwd: string): Record<string, unknown> {
  const [, body = ''] = readFileSync(join(cwd, '.proxylintcache'), 'utf8').split('\n');
  return (JSON.parse(body) as { entries: Record<string, unknown> }).entries;
}

/** How often a file is linted and not taken from the cache shows in a rule of a plugin that writes a line a config. */
const counting = `const { appendFileSync } = require('node:fs');
${plugin('"x"').replace('check: (', 'check: (context) => { appendFileSync("count.log", "x\\n"); return checked(context); },\n      unused: (')}
function checked() { return {}; }
`;

function linted(cwd: string): number {
  const log = join(cwd, 'count.log');
  const count = existsSync(log) ? readFileSync(log, 'utf8').split('\n').length - 1 : 0;
  rmSync(log, { force: true });
  return count;
}

test('what is unchanged is not linted again', () => {
  const cwd = folder({
    'a.conf': site,
    'b.conf': site,
    'c.conf': 'server {\n',
    'proxylint.json': '{"plugins": ["./plugin.cjs"]}',
    'plugin.cjs': counting,
  });
  const args = ['--cache', '.'];
  const first = runCli(args, { cwd });
  expect(linted(cwd)).toBe(3);
  const written = statSync(join(cwd, '.proxylintcache'));
  expect(runCli(args, { cwd })).toEqual(first);
  expect(linted(cwd)).toBe(0);
  expect(statSync(join(cwd, '.proxylintcache')).mtimeMs, 'nothing to write').toBe(written.mtimeMs);
  expect(written.mode & 0o777).toBe(0o600);
  writeFileSync(join(cwd, 'b.conf'), `${site}# more\n`);
  runCli(args, { cwd });
  expect(linted(cwd)).toBe(1);
  runCli(['--only', 'unclosed-block', ...args], { cwd });
  expect(linted(cwd), 'the rule does not run').toBe(0);
  runCli(args, { cwd });
  expect(linted(cwd), 'other settings, other results').toBe(3);
});

test.each<[string, (cwd: string) => void]>([
  ['another text', (cwd) => writeFileSync(join(cwd, 'site.conf'), site.replace('80', '443 ssl'))],
  ['an include that appears', (cwd) => writeFileSync(join(cwd, 'snippets/new.conf'), 'autoindex on;\n')],
  ['an include that is gone', (cwd) => rmSync(join(cwd, 'snippets/old.conf'))],
  ['an include with another text', (cwd) => writeFileSync(join(cwd, 'snippets/old.conf'), 'autoindex on;\n')],
  ['an include that is closed', (cwd) => chmodSync(join(cwd, 'snippets/old.conf'), 0)],
  [
    'an include that is a link out of the project',
    (cwd) => {
      rmSync(join(cwd, 'snippets/old.conf'));
      symlinkSync('/etc/hostname', join(cwd, 'snippets/old.conf'));
    },
  ],
  ['a main config that appears', (cwd) => writeFileSync(join(cwd, 'nginx.conf'), `http {\n  include site.conf;\n}\n`)],
  [
    'a config file that appears',
    (cwd) => writeFileSync(join(cwd, 'proxylint.json'), '{"rules":{"directory-listing":"error"}}'),
  ],
  ['a config file that ignores it', (cwd) => writeFileSync(join(cwd, 'proxylint.json'), '{"ignore":["site.conf"]}')],
  ['a target', (cwd) => writeFileSync(join(cwd, 'proxylint.json'), '{"target":{"nginx":"1.10"}}')],
  ['a file that is gone', (cwd) => rmSync(join(cwd, 'other.conf'))],
])('%s', (_, change) => {
  const cwd = folder({
    '.git/HEAD': '',
    'site.conf': site,
    'other.conf': site,
    'snippets/old.conf': 'autoindex off;\n',
    'docs/page.md': `# Page\n\n\`\`\`\n${site}\`\`\`\n\n\`\`\`\nserver {\n\`\`\`\n`,
  });
  expectSame(cwd);
  expectSame(cwd);
  change(cwd);
  expectSame(cwd);
  expectSame(cwd);
});

test('entries of files that are gone are dropped, others stay', () => {
  const cwd = folder({ 'a.conf': site, 'b.conf': site, 'c.conf': site });
  runCli(['--cache', '.'], { cwd });
  rmSync(join(cwd, 'b.conf'));
  writeFileSync(join(cwd, 'a.conf'), `${site}#\n`);
  runCli(['--cache', 'a.conf'], { cwd });
  expect(Object.keys(entries(cwd)).sort()).toEqual(['./c.conf', 'a.conf'].map((path) => path.replace('./', '')).sort());
});

test.each([
  [['--profile', 'pedantic']],
  [['--profile', 'cis-nginx']],
  [['--rule', 'directory-listing=error']],
  [['--min-confidence', 'high']],
  [['--no-suppressions']],
  [['--target', 'nginx=1.9']],
  [['--type', 'apache']],
  [['--root', 'snippets']],
  [['--quiet']],
])('options count: %j', (args) => {
  const cwd = folder({
    'site.conf': `${site}autoindex on; # proxylint-ignore directory-listing: a mirror\n`,
    'snippets/old.conf': 'autoindex on;\n',
  });
  expectSame(cwd);
  expectSame(cwd, args);
  expectSame(cwd);
});

test('a plugin that changes, or a module of it', () => {
  const cwd = folder({
    'site.conf': site,
    'proxylint.json': '{"plugins": ["./plugin.cjs"]}',
    'plugin.cjs': plugin("require('./text.cjs')"),
    'text.cjs': 'module.exports = "one";\n',
  });
  expect(expectSame(cwd).stdout).toContain('"one"');
  expect(expectSame(cwd).stdout).toContain('"one"');
  writeFileSync(join(cwd, 'text.cjs'), 'module.exports = "two";\n');
  expect(expectSame(cwd).stdout).toContain('"two"');
  writeFileSync(join(cwd, 'plugin.cjs'), plugin("'three'"));
  expect(expectSame(cwd).stdout).toContain('"three"');
});

test('a plugin that loads what cannot be told is never taken from the cache', () => {
  const cwd = folder({
    'site.conf': site,
    'proxylint.json': '{"plugins": ["./plugin.cjs"]}',
    'plugin.cjs': plugin("require(['.', 'text.cjs'].join('/'))"),
    'text.cjs': 'module.exports = "one";\n',
  });
  expect(expectSame(cwd).stdout).toContain('"one"');
  writeFileSync(join(cwd, 'text.cjs'), 'module.exports = "two";\n');
  expect(expectSame(cwd).stdout).toContain('"two"');
});

test('a rule that failed is tried again', () => {
  const cwd = folder({
    'site.conf': site,
    'proxylint.json': '{"plugins": ["./plugin.cjs"]}',
    'plugin.cjs': plugin('"x"').replace('report({', 'nothing({'),
  });
  expect(expectSame(cwd).status).toBe(2);
  expect(expectSame(cwd).status).toBe(2);
});

test('the same in every format, for all that is linted here', () => {
  const cwd = folder({});
  cpSync(resolve('fixtures/samples'), join(cwd, 'samples'), { recursive: true });
  cpSync(resolve('docs/inputs.md'), join(cwd, 'inputs.md'));
  for (const format of ['pretty', 'sarif']) {
    const args = ['--format', format, '--all-findings', '.'];
    const plain = runCli(args, { cwd });
    expect(runCli(['--cache', ...args], { cwd })).toEqual(plain);
    expect(runCli(['--cache', ...args], { cwd })).toEqual(plain);
  }
}, 120_000);

test('--cache-location: a file, or a directory for it', () => {
  const cwd = folder({ 'site.conf': site });
  mkdirSync(join(cwd, 'caches'));
  expect(runCli(['--cache-location', 'elsewhere.cache', '.'], { cwd }).status).toBe(0);
  expect(runCli(['--cache', '--cache-location', 'caches', '.'], { cwd }).status).toBe(0);
  expect(existsSync(join(cwd, 'elsewhere.cache')) && existsSync(join(cwd, 'caches/.proxylintcache'))).toBe(true);
  expect(runCli(['.'], { cwd }), 'neither is an input').toMatchObject({
    stderr: '',
    stdout: 'No findings in 1 file.\n',
  });
});

test('a broken cache is told and made anew', () => {
  const cwd = folder({ 'site.conf': 'server {\n' });
  const first = runCli(['--cache', '.'], { cwd });
  const cache = join(cwd, '.proxylintcache');
  const written = readFileSync(cache, 'utf8');
  const stderr = 'proxylint: .proxylintcache: the cache is broken; all is linted anew\n';
  for (const broken of [
    written.slice(0, -20),
    written.replace('unclosed', 'uncl0sed'),
    `${written.split('\n')[0]}\nnull\n`,
  ]) {
    writeFileSync(cache, broken);
    expect(runCli(['--cache', '.'], { cwd })).toEqual({ ...first, stderr });
    expect(readFileSync(cache, 'utf8')).toBe(written);
  }
  writeFileSync(cache, written.replace(/^(proxylint-cache 1 )\S+/, '$10.0.9'));
  expect(runCli(['--cache', '.'], { cwd }), 'that of another version').toEqual(first);
  writeFileSync(cache, '');
  expect(runCli(['--cache', '.'], { cwd }), 'an empty file, as mktemp makes one').toEqual(first);
});

test('what is no cache is left as it is', () => {
  const cwd = folder({ 'site.conf': site });
  const run = runCli(['--cache-location', 'site.conf', '.'], { cwd });
  expect(run).toEqual({
    status: 2,
    stdout: '',
    stderr: 'proxylint: site.conf: no cache of proxylint; it is left as it is\n',
  });
  expect(readFileSync(join(cwd, 'site.conf'), 'utf8')).toBe(site);
  const none = runCli(['--cache-location', 'none/file', '.'], { cwd });
  expect(none).toEqual({
    status: 2,
    stdout: 'No findings in 1 file.\n',
    stderr: 'proxylint: none/file: the cache cannot be written: no such file or directory\n',
  });
});

test('--fix does not ask the cache', () => {
  const cwd = folder({ 'site.conf': 'server {\n    listen 80\n    root /srv;\n}\n' });
  runCli(['--cache', '.'], { cwd });
  runCli(['--cache', '--fix', '.'], { cwd });
  expect(readFileSync(join(cwd, 'site.conf'), 'utf8')).toContain('listen 80;');
  expectSame(cwd);
});
