/** `npm run oracle -- [--seed N] [--count N] [--server nginx|apache|sslh] [--examples N] [FILE...]`: compares verdicts on broken configs, those of the project or the files. */
import { parseArgs } from 'node:util';

import type { Server } from './lib/install.ts';
import { onServers } from './lib/on-servers.ts';
import { reportOf } from './lib/report.ts';
import { runMutants } from './lib/run-mutants.ts';

const { values, positionals } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '1000' },
    server: { type: 'string' },
    examples: { type: 'string', default: '2' },
  },
  allowPositionals: true,
});
if (values.server === 'sslh') {
  const { reportOnSslh } = await import('./lib/sslh-mutants.ts');
  console.log(await reportOnSslh(Number(values.seed), Number(values.count), Number(values.examples)));
  process.exit(0);
}
const servers: readonly Server[] = values.server ? [values.server as Server] : ['nginx', 'apache'];

await onServers(servers, values.seed, async (server) => {
  const run = await runMutants(
    server,
    Number(values.seed),
    Number(values.count),
    positionals.length > 0 ? positionals : undefined,
  );
  console.log(reportOf(run, Number(values.examples)));
});
