/** The real sslh refuses what is reported as an error, and starts with everything else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { formatVersion } from '../../src/model/versions.ts';
import { fixtureFolders, fixturesOf } from '../helpers/fixtures.ts';
import { serversRequired } from './lib/install.ts';
import { installedSslh } from './lib/sslh.ts';
import { SslhOracle } from './lib/sslh-compare.ts';

const installed = installedSslh();

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
  const oracle = new SslhOracle(installed);
  beforeAll(() => expect(installed, 'sslh must be installed here').toBeDefined());
  afterAll(() => oracle.close());

  async function disagreement(text: string): Promise<string | undefined> {
    const { outcome, output, own } = await oracle.compare(text);
    if (outcome === 'agreed' || outcome === 'not-judged') return undefined;
    return `${outcome}: sslh says ${JSON.stringify(output.trim())}, proxylint ${JSON.stringify(own)} of\n${text}`;
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
