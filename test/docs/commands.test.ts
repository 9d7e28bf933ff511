/** Every command that the documentation shows is run, or is listed here with what keeps it from that. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands, pages, type Command } from './blocks.ts';
import { openWorkspace } from './workspace.ts';

/** What cannot be run here, and why. */
const notRun: readonly (readonly [RegExp, string])[] = [
  [/\bnpm (?:ci|install)\b/, 'needs a registry, and would change this installation; `.ci/run` begins with it'],
  [/\bnpm (?:test\b|run test:update\b)|^npx vitest /, 'runs these tests'],
  [/^npm run (?:oracle|mutate|growth|fuzz)\b/, 'takes minutes'],
  [/^npm run (?:gen|build|new-rule|api|check:expressions)\b/, 'would write into this tree while other tests read it'],
  [/^npx tsx /, 'runs sources of this repository, some on sources of servers'],
  [/^sudo /, 'installs packages'],
  [/^cd editors\/vscode |^code --install-extension /, 'a step of `.ci/run` builds the extension; needs an editor'],
  [/^bash findings\/|^for script in findings\//, 'starts servers of many kinds'],
  [/ --live /, 'needs a running server, which test/cli/test-command.test.ts has'],
  [
    /^(?:docker|build\/proxylint|podman) /,
    '`.ci/smoke-container` and `.ci/smoke-package` run what is built; needs containers',
  ],
  [/^git apply$/, 'a name without arguments'],
];

/** What ends with findings, or otherwise not with 0. */
const statuses: Readonly<Record<string, number>> = {
  'npx proxylint fixtures/samples/app-proxy.nginx.conf': 1,
  'npx proxylint nginx.conf sites/': 1,
  "npx proxylint 'conf.d/*.conf' docs/": 1,
  'cat site.conf | npx proxylint -': 1,
  'npx proxylint --target nginx=1.22 .': 1,
  'npx proxylint --fix-dry-run site.conf': 1,
  'npx proxylint --cache .': 1,
  'npx proxylint fmt --check .': 1,
  'proxylint --cache .': 1,
  'proxylint --fix': 1,
  'proxylint --format json': 1,
  'proxylint --no-plugins --no-config path/to/tree': 1,
  'proxylint --shard 1/3 --format json --all-findings --output-file 1.json .': 1,
  'proxylint --shard 2/3 --format json --all-findings --output-file 2.json .': 1,
  'proxylint --shard 3/3 --format json --all-findings --output-file 3.json .': 1,
  'proxylint merge 1.json 2.json 3.json > report.json': 1,
};

/** Depends on what is installed on this machine. */
const anyStatus = 'npx proxylint';

/** Only these are run: a page may show anything. */
const harmless = /^(?:(?:npx )?proxylint\b|cat site\.conf \| npx proxylint |eval "\$\(npx proxylint |jq )/;

const reasonNotToRun = (command: string): string | undefined => notRun.find(([pattern]) => pattern.test(command))?.[1];
const run = commands.filter(({ command }) => reasonNotToRun(command) === undefined);
const hasJq = spawnSync('jq', ['--version']).status === 0;
if (!hasJq && process.env['PROXYLINT_REQUIRE_SERVERS']) throw new Error('jq is not installed');

test('each page is there, and each reason keeps a command from being run', () => {
  for (const page of pages) expect(existsSync(page)).toBe(true);
  const unused = notRun.filter(
    (entry) => !commands.some(({ command }) => notRun.find(([pattern]) => pattern.test(command)) === entry),
  );
  expect(unused).toEqual([]);
  const shown = new Set(run.map(({ command }) => command));
  expect(Object.keys(statuses).filter((command) => !shown.has(command))).toEqual([]);
  expect(run.length).toBeGreaterThan(50);
  expect(run.filter(({ command }) => !harmless.test(command))).toEqual([]);
});

test.each(commands.filter(({ command }) => reasonNotToRun(command)))(
  '$page: what "$command" names is there',
  ({ command }) => {
    const folder = /\bcd (\S+)/.exec(command)?.[1] ?? '.';
    const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { scripts: object };
    for (const [, script] of command.matchAll(/npm run ([\w:-]+)/g)) expect(scripts).toHaveProperty([script!]);
    for (const [path] of command.matchAll(/(?:src|scripts|test|findings|editors)\/[\w./-]+\w/g))
      expect(existsSync(path)).toBe(true);
  },
);

/** A command of the program that is only named is asked for its options, and nothing of this machine is taken. */
function asRun(command: string): string {
  if (command.endsWith(' --init nginx.conf')) return `${command} --output-file first.test.yaml`;
  if (/^proxylint [a-z]+$/.test(command)) return `${command} --help`;
  return /^proxylint --(?:fix|format json)$/.test(command)
    ? `${command} site.conf`
    : command.replace('/etc/nginx/', '');
}

describe.each(pages.filter((page) => run.some((each) => each.page === page)))('%s', (page) => {
  test('its commands end as they should, and print what it says', { timeout: 300_000 }, () => {
    const inWorkspace = openWorkspace(page === 'README.md');
    const wrong = run.filter((each) => each.page === page).flatMap((each) => faultOf(each, inWorkspace));
    expect(wrong).toEqual([]);
  });
});

function faultOf({ command, output }: Command, inWorkspace: ReturnType<typeof openWorkspace>): string[] {
  if (!harmless.test(command)) return [`"${command}" has neither a reason nor a form that may be run`];
  if (command.startsWith('jq ') && !hasJq) return [];
  const { status, stdout, stderr } = inWorkspace(asRun(command));
  const wanted = statuses[command] ?? 0;
  if (command !== anyStatus && status !== wanted)
    return [`"${command}": exit status ${status}, not ${wanted}\n${stdout.slice(0, 500)}${stderr}`];
  if (stderr.includes('internal error')) return [`"${command}": ${stderr}`];
  return output === undefined ? [] : missingFrom(stdout, output).map((line) => `"${command}" does not print "${line}"`);
}

/** The first line of the shown output that does not follow in what was printed. */
function missingFrom(printed: string, shown: string): string[] {
  const lines = printed.split('\n');
  for (const line of shown.trimEnd().split('\n')) {
    if (line.trim() === '...') continue;
    const begin = line.replace(/\.\.\.$/, '');
    const at = lines.findIndex((each) => (begin === line ? each === line : each.startsWith(begin)));
    if (at === -1) return [line];
    lines.splice(0, at + 1);
  }
  return [];
}
