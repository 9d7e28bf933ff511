/** The inventory of what sslh and libconfig say of configs: complete, true where sslh is installed, and what proxylint makes of it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test, vi } from 'vitest';

import type { SslhEntry, SslhInventory } from '../../scripts/inventory-sslh/types.ts';
import { parseVersion } from '../../src/model/versions.ts';
import { rules } from '../../src/rules/index.gen.ts';
import { lint } from '../helpers/lint.ts';
import { serversRequired } from '../oracle/lib/install.ts';
import { installedSslh, startSslh } from '../oracle/lib/sslh.ts';
import { patternOf } from './inventory.ts';

const { messages, sslh } = JSON.parse(readFileSync('test/inventory/sslh.json', 'utf8')) as SslhInventory;
type Checked = SslhEntry & { status: 'checked' };
const checked = messages.filter((entry): entry is Checked => entry.status === 'checked');
const titled = (entries: readonly Checked[]): [string, Checked][] =>
  entries.map((entry) => [`${entry.file} ${entry.function}: ${entry.message}`, entry]);
const active = rules.filter(({ category }) => category === 'sslh' || category === 'syntax').map((rule) => ({ rule }));
/** An sslh-select of the inventory's newest release: `./configure && make sslh-select` in its source. */
const newest = process.env['PROXYLINT_NEWEST_SSLH'];

test('nothing is left open', () => {
  expect(messages.length).toBeGreaterThan(100);
  expect(checked.length).toBeGreaterThan(20);
  expect(messages.filter(({ status }) => status === 'open')).toEqual([]);
  for (const entry of messages) if ('reason' in entry) expect(entry.reason).not.toBe('');
});

describe('proxylint', () => {
  test.each(titled(checked))('says %s', async (_, { fixture, fatal, releases }) => {
    const targets = releases.includes('newest') ? {} : { sslh: parseVersion(sslh.old)! };
    const { config, findings } = await lint({ path: 'sslh.cfg', text: fixture, dialect: 'sslh', targets }, active);
    const said = findings.filter(({ severity }) => !fatal || severity === 'error').map(({ message }) => message);
    const problems = config.file.problems.filter(({ tolerated }) => !tolerated).map(({ code }) => code);
    expect([...said, ...problems], fixture).not.toEqual([]);
  });
});

const folder = mkdtempSync(join(tmpdir(), 'proxylint-inventory-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function expectMessage({ fixture, message, fatal }: Checked, program?: string): Promise<void> {
  const path = join(folder, 'sslh.cfg');
  writeFileSync(path, fixture);
  const started = await startSslh(path, { program });
  try {
    // What a server of UDP or TCP lacks is told after the start.
    await vi.waitFor(() => expect(started.output, fixture).toMatch(patternOf(message)));
    if (fatal) await vi.waitFor(() => expect(started.ended(), fixture).toBe(true));
  } finally {
    started.stop();
  }
}

const installed = installedSslh();
const isOld = installed !== undefined && installed.join('.') === sslh.old;
describe.skipIf(!isOld && !serversRequired)(`sslh ${sslh.old}`, () => {
  const own = checked.filter(({ releases }) => releases.includes('old'));
  test.each(titled(own))('says %s', (_, entry) => expectMessage(entry));
});

// No package brings it: who wants to ask it builds it.
const describeBuilt = newest === undefined ? undefined : describe;
describeBuilt?.('the newest sslh', () => {
  const own = checked.filter(({ releases }) => releases.includes('newest'));
  test.each(titled(own))('says %s', (_, entry) => expectMessage(entry, newest));
});
