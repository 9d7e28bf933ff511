/** Each message of httpd is accounted for, and the server prints it for the config that stands beside it, which proxylint refuses as well. */
import { afterAll, describe, expect, test } from 'vitest';

import { installedVersion, missingTools, serversRequired } from '../oracle/lib/install.ts';
import { Oracle } from '../oracle/lib/oracle.ts';
import { ownVerdict } from '../oracle/lib/ours.ts';
import { patternOf, readInventory, type Entry } from './inventory.ts';

const { messages } = readInventory();
const checked = messages.filter((entry): entry is Entry & { status: 'checked' } => entry.status === 'checked');
const open = messages.filter(({ status }) => status === 'open');

describe('the inventory of httpd', () => {
  test('gives a config or a reason for each message', () => {
    expect(messages.length).toBeGreaterThan(1000);
    for (const entry of messages) if ('reason' in entry) expect(entry.reason).not.toBe('');
    expect(open).toEqual([]);
  });

  const missing = missingTools('apache');
  if (missing !== undefined && !serversRequired) {
    test.skip(`needs the real server: ${missing}`, () => {});
    return;
  }

  const oracle = new Oracle('apache');
  afterAll(() => oracle.close());
  const targets = { apache: installedVersion('apache')! };

  test.each(checked.map((entry) => [`${entry.module}: ${entry.message}`, entry] as const))(
    '%s',
    async (_, { message, config }) => {
      const real = await oracle.ask({ text: config, level: 'server' });
      expect(real).toMatchObject({ accepted: false, output: expect.stringMatching(patternOf(message)) as string });
      const { refusals } = await ownVerdict({ text: config, server: 'apache', targets });
      expect(refusals).not.toEqual([]);
    },
  );
});
