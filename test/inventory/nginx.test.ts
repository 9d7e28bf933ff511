/** The inventory of what nginx says of configs: complete, true where nginx is installed, and what proxylint makes of it. */
import { readFileSync } from 'node:fs';

import { afterAll, describe, expect, test } from 'vitest';

import { messagePattern } from '../../scripts/inventory-nginx/pattern.ts';
import type { Inventory, Row } from '../../scripts/inventory-nginx/types.ts';
import { parseVersion } from '../../src/model/versions.ts';
import { rules } from '../../src/rules/index.gen.ts';
import { lint } from '../helpers/lint.ts';
import { installedVersion, missingTools, serversRequired } from '../oracle/lib/install.ts';
import { Oracle } from '../oracle/lib/oracle.ts';

const { messages } = JSON.parse(readFileSync('test/inventory/nginx.json', 'utf8')) as Inventory;
const withStatus = (...statuses: Row['status'][]): Row[] => messages.filter(({ status }) => statuses.includes(status));
const titled = (rows: readonly Row[]): [string, Row][] =>
  rows.map((row) => [`${row.module} ${row.function}: ${row.message}`, row]);

/** The version whose server printed the messages. */
const tried = { nginx: parseVersion('1.22.1')! };
/** An nginx of the inventory's version, as `scripts/inventory-nginx/build.sh` builds it. */
const newest = process.env['PROXYLINT_NEWEST_NGINX'];
const active = rules.map((rule) => ({ rule }));
const isSyntax = new Set(rules.filter(({ category }) => category === 'syntax').map(({ id }) => id));
/** The rules that pass on what nginx only warns of, besides those of category syntax. */
const warningRules =
  /^(?:startup-warning|hash-bucket-size|ineffective-directive|worker-limits)$|conflicting|duplicate|shadowed|same-/;

async function isReported({ fixture, level, judge }: Row): Promise<boolean> {
  const targets = judge === 'newest' ? {} : tried;
  const { findings } = await lint({ path: 'nginx.conf', text: fixture!, dialect: 'nginx', targets }, active);
  return findings.some(({ rule, severity }) =>
    level === 'emerg' ? isSyntax.has(rule) && severity === 'error' : isSyntax.has(rule) || warningRules.test(rule),
  );
}

test('nothing is left open, and nothing is without what its status needs', () => {
  expect(withStatus('open')).toEqual([]);
  expect(withStatus('checked', 'missed').filter(({ fixture }) => !fixture)).toEqual([]);
  expect(withStatus('unproven', 'environment', 'out-of-scope').filter(({ reason }) => !reason)).toEqual([]);
});

test('at least 95 % of what the text of a config decides is checked', () => {
  const checked = withStatus('checked').length;
  const others = withStatus('missed', 'unproven').length;
  expect(checked / (checked + others)).toBeGreaterThan(0.99);
});

describe('proxylint', () => {
  test.each(titled(withStatus('checked')))('says %s', async (_, row) => {
    expect(await isReported(row), row.fixture).toBe(true);
  });

  test.each(titled(withStatus('missed')))('does not say %s', async (_, row) => {
    expect(await isReported(row), `${row.fixture}: its status is "checked" now`).toBe(false);
  });

  test.each(titled(withStatus('unproven').filter(({ fixture }) => fixture)))('says, unproven, %s', async (_, row) => {
    expect(await isReported(row), row.fixture).toBe(true);
  });
});

const missing = missingTools('nginx');
const isTried = installedVersion('nginx') !== undefined && missing === undefined;

describe.skipIf(!isTried && !serversRequired)('nginx', () => {
  const oracle = new Oracle('nginx');
  afterAll(() => oracle.close());

  const own = withStatus('checked', 'missed').filter(({ judge }) => judge === undefined);
  test.each(titled(own))('says %s', (_, row) => expectMessage(oracle, row));
});

// No package brings it: who wants to ask it builds it, see scripts/inventory-nginx/build.sh.
const describeBuilt = newest === undefined ? undefined : describe;
describeBuilt?.('the newest nginx', () => {
  const oracle = new Oracle('nginx', newest);
  afterAll(() => oracle.close());

  const own = withStatus('checked').filter(({ judge }) => judge === 'newest');
  test.each(titled(own))('says %s', (_, row) => expectMessage(oracle, row));
});

async function expectMessage(oracle: Oracle, row: Row): Promise<void> {
  const verdict = await oracle.ask({ text: row.fixture!, level: 'main' });
  expect(verdict?.output, row.fixture).toMatch(messagePattern(row));
  if (row.level === 'emerg') expect(verdict?.accepted, row.fixture).toBe(false);
}
