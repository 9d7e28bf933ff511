import { expect, test } from 'vitest';

import { lintText } from '../src/lint/text.ts';
import { folder, runCli } from './helpers/run-cli.ts';
import { cpuTimeOf } from './helpers/cpu-time.ts';

const tls = (before: string, after = ''): string =>
  `server {\n    listen 443 ssl;\n    ssl_certificate a.pem;\n    ssl_certificate_key a.key;\n${before}    ssl_protocols TLSv1;${after}\n}\n`;

/** `rule@line` of the findings about TLS versions and suppressions, and how many were silenced. */
async function lint(text: string, path = 'a.conf'): Promise<{ found: string[]; suppressed: number }> {
  const { findings, suppressed } = await lintText(text, { path });
  const found = findings
    .filter(({ rule }) => rule === 'weak-tls-protocol' || rule.endsWith('-suppression'))
    .map(
      ({ rule, place }) =>
        `${rule}@${(place.file.outerPositionAt(place.start) ?? place.file.positionAt(place.start)).line}`,
    );
  return { found, suppressed };
}

const weak = 'weak-tls-protocol';

test.each([
  ['the line before', tls(`    # proxylint-ignore ${weak}: old scanners\n`)],
  ['the end of the line', tls('', ` # proxylint-ignore ${weak}: old scanners`)],
  ['blank lines and comments between', tls(`# proxylint-ignore ${weak}: old\n\n  # See the list.\n`)],
  ['several rules', tls(`# proxylint-ignore merge-slashes-off, ${weak}: one of them is off\n`)],
  ['a block', `# proxylint-ignore-block ${weak}: old scanners\n${tls('')}`],
  ['the file, from its end', `${tls('')}# proxylint-ignore-file ${weak}: old scanners\n`],
  ['CRLF', tls(`# proxylint-ignore ${weak}: old\n`).replaceAll('\n', '\r\n')],
])('%s', async (_, text) => {
  expect(await lint(text)).toEqual({ found: [], suppressed: 1 });
});

test('an argument on a later line belongs to the line of its directive', async () => {
  const text = tls('').replace(
    'ssl_protocols TLSv1',
    `# proxylint-ignore ${weak}: old\n    ssl_protocols\n TLSv1.2\n TLSv1`,
  );
  expect(await lint(text)).toEqual({ found: [], suppressed: 1 });
});

test.each([
  ['without a reason', `# proxylint-ignore ${weak}\n`],
  ['with an empty reason', `# proxylint-ignore ${weak}:  \n`],
  ['with a misspelled rule', '# proxylint-ignore weak-tls-protocl: old\n'],
  ['with a misspelled rule beside a right one', `# proxylint-ignore ${weak}, nothing-such: old\n`],
  ['without a rule', '# proxylint-ignore: old\n'],
])('a comment %s silences nothing and is reported', async (_, comment) => {
  expect(await lint(tls(comment))).toEqual({ found: ['invalid-suppression@5', `${weak}@6`], suppressed: 0 });
});

test('a comment is for the rules that it names, at its own place', async () => {
  expect((await lint(tls(`# proxylint-ignore alias-traversal: x\n`))).found).toEqual([
    'unused-suppression@5',
    `${weak}@6`,
  ]);
  expect((await lint(`# proxylint-ignore ${weak}: x\n${tls('')}`)).found).toEqual([
    'unused-suppression@1',
    `${weak}@6`,
  ]);
});

test('what could be read only in part has no unused suppressions', async () => {
  expect((await lint(`# proxylint-ignore ${weak}: x\nserver {\n    listen 80;\n`)).found).toEqual([]);
});

test('in a document, a comment in front of a fence is for the whole block', async () => {
  const page = (comment: string): string => `# Setup\n\n${comment}\n\n\`\`\`nginx\n${tls('')}\`\`\`\n\nText\n`;
  expect(await lint(page(`<!-- proxylint-ignore ${weak}: an example of what not to do -->`), 'a.md')).toEqual({
    found: [],
    suppressed: 1,
  });
  expect((await lint(page('<!-- proxylint-ignore alias-traversal: x -->'), 'a.md')).found).toEqual([
    'unused-suppression@3',
    `${weak}@10`,
  ]);
  expect((await lint(page(`<!-- proxylint-ignore-file ${weak}: x -->`), 'a.md')).found).toEqual([
    'invalid-suppression@3',
    `${weak}@10`,
  ]);
});

test('a file that is included twice has its suppressions once', () => {
  const cwd = folder({
    'nginx.conf': `events {}\nhttp {\n    server { listen 80; include a.inc; }\n    server { listen 81; include a.inc; }\n}\n`,
    'a.inc':
      '# proxylint-ignore merge-slashes-off: x\nautoindex on;\n# proxylint-ignore root-in-location-mismatch: x\n',
  });
  const run = runCli(
    ['--format', 'json', '--only', 'unused-suppression', '--only', 'merge-slashes-off', 'nginx.conf'],
    { cwd },
  );
  const { findings } = JSON.parse(run.stdout) as { findings: { file: string; line: number }[] };
  expect(findings.map(({ file, line }) => `${file}:${line}`)).toEqual(['a.inc:1']);
});

test('the program counts what is silenced', () => {
  const cwd = folder({ 'a.conf': tls(`# proxylint-ignore ${weak}: old scanners\n`) });
  expect(runCli(['--only', weak, 'a.conf'], { cwd })).toMatchObject({
    status: 0,
    stdout: 'No findings in 1 file, 1 suppressed.\n',
  });
  const { summary } = JSON.parse(runCli(['--only', weak, '--format', 'json', 'a.conf'], { cwd }).stdout) as {
    summary: { suppressed: number };
  };
  expect(summary.suppressed).toBe(1);
});

test('many suppressions of many findings take linear time', async () => {
  const time = (count: number): Promise<number> => {
    const one = `# proxylint-ignore merge-slashes-off, ${weak}: old\n`;
    const text = `${one.repeat(count)}${tls(one).repeat(count)}${`# proxylint-ignore-file ${weak}: x\n`.repeat(count)}`;
    return cpuTimeOf(async () => expect((await lintText(text, { dialect: 'nginx' })).suppressed).toBe(count));
  };
  await time(100);
  const small = await time(300);
  expect(await time(2400)).toBeLessThan(40 * Math.max(small, 20));
});
