/**
 * `npm run oracle:fixes -- [--corpus DIR] [--count N] [--seed N] [--server nginx|apache] [--examples N]`: plays the fixes on at
 * least N accepted configs a server: fixtures, samples, those of the folder, each also written otherwise, and mutants.
 * Exit status 1 if one fails.
 */
import { parseArgs } from 'node:util';

import { FixProof } from './lib/fix-proof.ts';
import { fixReport } from './lib/fix-report.ts';
import { baseSubjects, mutated, writtenOtherwise } from './lib/fix-subjects.ts';
import type { Server } from './lib/install.ts';
import { onServers } from './lib/on-servers.ts';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    count: { type: 'string', default: '2500' },
    seed: { type: 'string', default: '1' },
    server: { type: 'string' },
    examples: { type: 'string', default: '0' },
  },
});
const servers: readonly Server[] = values.server ? [values.server as Server] : ['nginx', 'apache'];
const count = Number(values.count);

await onServers(servers, values.seed, async (server) => {
  const proof = new FixProof(server);
  const bases = await baseSubjects(server, values.corpus);
  for (const base of bases) {
    await proof.play(base);
    for (const other of writtenOtherwise(base)) await proof.play(other);
  }
  console.error(`${server}: ${proof.figures.accepted} accepted without mutants, ${proof.faults.length} faults`);
  const limit = count * 8;
  let tried = 0;
  for await (const mutant of mutated(server, bases, Number(values.seed))) {
    if (proof.figures.accepted >= count || tried++ >= limit) break;
    await proof.play(mutant);
  }
  proof.close();
  console.log(`${server}:\n${fixReport(proof, Number(values.examples))}`);
  if (proof.faults.length > 0) process.exitCode = 1;
});
