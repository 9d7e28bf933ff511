/** What `trace` says is what the running server does, for random configs and requests. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { installedVersion, serversRequired } from './lib/install.ts';
import { installedSslh } from './lib/sslh.ts';
import { runChains } from './routing/chain-run.ts';
import { runApacheCases, runApacheCasesOnce, runApacheRouting, runGivenApache } from './routing/apache-run.ts';
import { runGivenNginx, runNginxCases, runNginxRouting } from './routing/nginx-run.ts';
import { runSslhRouting } from './routing/sslh-run.ts';

const servers = [
  { server: 'nginx', run: runNginxRouting, runCases: runNginxCases, configs: 25 },
  { server: 'apache', run: runApacheRouting, runCases: runApacheCases, configs: 15 },
  { server: 'sslh', run: runSslhRouting, runCases: undefined, configs: 15 },
] as const;

const isInstalled = (server: (typeof servers)[number]['server']): boolean =>
  (server === 'sslh' ? installedSslh() : installedVersion(server)) !== undefined;

const installed = servers.filter(({ server }) => isInstalled(server) || serversRequired);
for (const { server } of servers)
  if (!installed.some((each) => each.server === server))
    console.warn(`The routing oracle of ${server} is skipped: it is not installed.`);

const hasAll = servers.every(({ server }) => isInstalled(server));
if (!hasAll && !serversRequired) console.warn('The oracle of chains is skipped: not all servers are installed.');

test.skipIf(!hasAll && !serversRequired)('chains of sslh, nginx and httpd', async () => {
  const result = await runChains(7, 15, 10);
  expect(result.differences.map(({ request, what, config }) => `${request}\n${what}\n${config}`)).toEqual([]);
  expect(result.pairs).toBe(150);
  expect(result.unknown / result.pairs).toBeLessThanOrEqual(0.05);
});

test.skipIf(installed.length === 0).each(installed)('$server', async ({ run, configs }) => {
  const result = await run(7, configs, 20);
  expect(result.differences.map(({ request, what, config }) => `${request}\n${what}\n${config}`)).toEqual([]);
  expect(result.pairs).toBe(configs * 20);
  expect(result.unknown / result.pairs).toBeLessThanOrEqual(0.03);
});

test.skipIf(installed.length === 0).each(installed.filter(({ runCases }) => runCases))(
  '$server: the cases whose answers are recorded',
  async ({ runCases }) => {
    const result = await runCases!();
    expect(result.differences.map(({ request, what, config }) => `${request}\n${what}\n${config}`)).toEqual([]);
    expect(result.unknown / result.pairs).toBeLessThanOrEqual(0.03);
  },
  // Each config is first read by the server itself.
  180_000,
);

test.skipIf(installedVersion('apache') === undefined && !serversRequired)(
  'apache, whose modules want access to be checked once a configuration',
  async () => {
    const result = await runApacheCasesOnce();
    expect(result.differences.map(({ request, what, config }) => `${request}\n${what}\n${config}`)).toEqual([]);
    expect(result.unknown / result.pairs).toBeLessThanOrEqual(0.03);
  },
);

/** As users write them: front controllers, sub-paths, chat and notebook servers, balancers. */
const realistic = 'test/oracle/routing/realistic';

test.skipIf(installed.length === 0).each(installed.filter(({ server }) => server !== 'sslh'))(
  '$server: configs as users write them',
  async ({ server }) => {
    const play = server === 'nginx' ? runGivenNginx : runGivenApache;
    let pairs = 0;
    let unknown = 0;
    for (const name of readdirSync(realistic).filter((each) => each.endsWith(`.${server}.conf`))) {
      const result = await play(readFileSync(`${realistic}/${name}`, 'utf8'), 7, 40);
      expect(
        result.differences.map(({ request, what }) => `${request}\n${what}`),
        name,
      ).toEqual([]);
      pairs += result.pairs;
      unknown += result.unknown;
    }
    expect(pairs).toBeGreaterThanOrEqual(240);
    expect(unknown / pairs).toBeLessThanOrEqual(0.03);
  },
);
