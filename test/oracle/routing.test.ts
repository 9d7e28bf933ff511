/** What `trace` says is what the running server does, for random configs and requests. */
import { expect, test } from 'vitest';

import { installedVersion, serversRequired } from './lib/install.ts';
import { runNginxRouting } from './routing/nginx-run.ts';

const installed = installedVersion('nginx') !== undefined;
if (!installed) console.warn('The routing oracle of nginx is skipped: nginx is not installed.');

test.skipIf(!installed && !serversRequired)('nginx', async () => {
  const result = await runNginxRouting(7, 25, 20);
  expect(result.differences.map(({ request, what, config }) => `${request}\n${what}\n${config}`)).toEqual([]);
  expect(result.pairs).toBe(500);
  expect(result.unknown / result.pairs).toBeLessThanOrEqual(0.02);
});
