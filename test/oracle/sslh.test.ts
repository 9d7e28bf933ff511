/** The real sslh refuses what is reported as an error, and starts with everything else. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { ActiveRule } from '../../src/lint/plan.ts';
import { rules } from '../../src/rules/index.gen.ts';
import { formatVersion } from '../../src/model/versions.ts';
import { fixtureFolders, fixturesOf } from '../helpers/fixtures.ts';
import { lint } from '../helpers/lint.ts';
import { serversRequired } from './lib/install.ts';
import { installedSslh, startSslh } from './lib/sslh.ts';

const installed = installedSslh();
const allRules: readonly ActiveRule[] = rules.map((rule) => ({ rule }));

/** What they report shows only when sockets are bound or connected; witnesses play it. */
const aboutSockets: ReadonlySet<string> = new Set(['sslh-connects-to-itself', 'sslh-duplicate-listen']);

interface Verdict {
  readonly accepted: boolean;
  readonly output: string;
}

/** Messages about this machine, which come only after the text was accepted. */
const unresolved = /cannot resolve|not known|Servname not supported/;
const environment =
  /^bind|Address already in use|Permission denied|getpeername|cannot resolve|not known|Servname not supported/m;

async function ask(path: string): Promise<Verdict> {
  const { runs, output, stop } = await startSslh(path);
  stop();
  return { accepted: runs || environment.test(output), output };
}

async function refusals(text: string): Promise<string[]> {
  const input = { path: 'sslh.cfg', text, dialect: 'sslh' as const, targets: { sslh: installed } };
  const { config, findings } = await lint(input as Parameters<typeof lint>[0], allRules);
  const problems = config.file.problems.filter(({ tolerated }) => !tolerated).map(({ code }) => code);
  const errors = findings
    .filter(({ rule, severity }) => severity === 'error' && !aboutSockets.has(rule))
    .map(({ rule, message }) => `${rule}: ${message}`);
  return [...problems, ...errors];
}

const sample = `# A sample
timeout: 3;
listen:
(
  { host: "192.0.2.1"; port: "44443"; keepalive: true; }
);
protocols:
(
  { name: "ssh"; host: "127.0.0.1"; port: "22"; log_level: 0x1 },
  { name: "tls"; host: "127.0.0.1"; port: "8443"; sni_hostnames: [ "a.example", "b.example" ]; },
  { name: "anyprot", host = "127.0.0.1", port = "80" }
); /* the end */
`;

/** The sample with one character taken out, doubled or replaced, at every third place. */
function mutants(): string[] {
  const all: string[] = [];
  for (let at = 12; at < sample.length; at += 3) {
    const before = sample.slice(0, at);
    const after = sample.slice(at + 1);
    const replacement = ';,"{}()[]:x1 \\'[at % 14]!;
    all.push(before + after, before + sample[at]! + sample[at]! + after, before + replacement + after);
  }
  return [...new Set(all)];
}

if (!installed && !serversRequired) console.warn('SKIPPED: sslh is not installed, nothing is compared with it.');

describe.skipIf(!installed && !serversRequired)(`sslh ${installed ? formatVersion(installed) : ''}`, () => {
  let folder = '';
  beforeAll(() => {
    expect(installed, 'sslh must be installed here').toBeDefined();
    folder = mkdtempSync(join(tmpdir(), 'proxylint-sslh-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function disagreement(text: string): Promise<string | undefined> {
    const path = join(folder, 'sslh.cfg');
    writeFileSync(path, text);
    const { accepted, output } = await ask(path);
    const errors = await refusals(text);
    if (accepted === (errors.length === 0)) return undefined;
    // Which of the names cannot exist anywhere, and which are only unknown here, the output does not tell.
    if (unresolved.test(output) && errors.every((error) => error.startsWith('sslh-invalid-value: '))) return undefined;
    return `sslh ${accepted ? 'accepts' : `refuses (${output.trim()})`}, proxylint says ${JSON.stringify(errors)} of\n${text}`;
  }

  const fixtures = fixtureFolders().flatMap((rule) => fixturesOf(rule).filter(({ dialect }) => dialect === 'sslh'));
  // The files that they include are not there, templates are not filled in, and sslh takes listening addresses from the command line too.
  const judged = fixtures.filter(
    ({ text }) => !/@include|\{%|\{\{|\$\{/.test(text) && /^listen/m.test(text) && /^protocols/m.test(text),
  );

  test.each(judged.map(({ path, text }) => ({ path, text })))('$path', async ({ text }) => {
    expect(await disagreement(text)).toBeUndefined();
  });

  test('mutants of a sample', async () => {
    const found: string[] = [];
    const texts = mutants();
    for (const text of texts) {
      const difference = await disagreement(text);
      if (difference) found.push(difference);
    }
    expect(found.slice(0, 5), `${found.length} of ${texts.length}`).toEqual([]);
  });
});
