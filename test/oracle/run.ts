/** `npm run oracle -- [--seed N] [--count N] [--server nginx|apache|sslh] [--examples N]`: compares verdicts on broken configs. */
import { parseArgs } from 'node:util';

import { missingTools, type Server } from './lib/install.ts';
import { reportOf } from './lib/report.ts';
import { runMutants } from './lib/run-mutants.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '1000' },
    server: { type: 'string' },
    examples: { type: 'string', default: '2' },
  },
});
if (values.server === 'sslh') {
  const { reportOnSslh } = await import('./lib/sslh-mutants.ts');
  console.log(await reportOnSslh(Number(values.seed), Number(values.count), Number(values.examples)));
  process.exit(0);
}
const servers: readonly Server[] = values.server ? [values.server as Server] : ['nginx', 'apache'];

for (const server of servers) {
  const missing = missingTools(server);
  if (missing !== undefined) {
    console.error(`${server}: ${missing}.`);
    process.exitCode = 2;
    continue;
  }
  const start = performance.now();
  const run = await runMutants(server, Number(values.seed), Number(values.count));
  console.log(reportOf(run, Number(values.examples)));
  console.log(`  ${((performance.now() - start) / 1000).toFixed(1)} s, seed ${values.seed}\n`);
}
