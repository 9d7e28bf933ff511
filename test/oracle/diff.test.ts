/** What `diff` says of two configs is what the running servers do with both. */
import { expect, test } from 'vitest';
import { runDiff } from './diff/run.ts';
import { installedVersion, serversRequired } from './lib/install.ts';

const servers = (['nginx', 'apache'] as const).filter((server) => installedVersion(server) || serversRequired);
if (servers.length < 2) console.warn('The oracle of diff is skipped where a server is not installed.');

const seeds = { nginx: 5000, apache: 2000 } as const;

test.skipIf(servers.length === 0).each(servers)('%s', async (server) => {
  const result = await runDiff(server, seeds[server], 12, 20);
  expect(result.unfounded).toEqual([]);
  expect(result.uncovered).toEqual([]);
  expect(result.pairs).toBe(12);
  expect(result.played).toBeGreaterThan(0);
});
