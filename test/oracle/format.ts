/**
 * `npm run oracle:format -- [--corpus DIR] [--count N] [--seed N] [--server nginx|apache|sslh]`: lays out fixtures, samples, the configs of the
 * folder, each also written otherwise, and N mutants of them a server. The words must be the same before and after, a second run must change
 * nothing, and the server must say and read the same. Exit status 1 if one differs.
 */
import { parseArgs } from 'node:util';

import { baseSubjects, mutated, writtenOtherwise } from './lib/fix-subjects.ts';
import { FormatProof, formatVariants } from './lib/format-proof.ts';
import { playSslh } from './lib/format-sslh.ts';
import type { Server } from './lib/install.ts';
import { onServers } from './lib/on-servers.ts';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    count: { type: 'string', default: '2500' },
    seed: { type: 'string', default: '1' },
    server: { type: 'string' },
  },
});
const all = ['nginx', 'apache', 'sslh'];
const asked = values.server === undefined ? all : [values.server];
const servers = asked.filter((name): name is Server => name !== 'sslh');

await onServers(servers, values.seed, async (server) => {
  const proof = new FormatProof(server);
  const bases = await baseSubjects(server, values.corpus);
  for (const base of bases) {
    for (const options of formatVariants) await proof.play(base, options);
    for (const other of writtenOtherwise(base)) await proof.play(other, {});
  }
  let count = 0;
  for await (const mutant of mutated(server, bases, Number(values.seed))) {
    if (count++ === Number(values.count)) break;
    await proof.play(mutant, formatVariants[count % formatVariants.length]!);
  }
  proof.close();
  console.log(`${server}: ${JSON.stringify({ bases: bases.length, ...proof.figures, faults: proof.faults.length })}`);
  for (const { kind, subject, options, detail } of proof.faults.slice(0, 20))
    console.log(`  ${kind}: ${subject.name} ${JSON.stringify(options)}\n    ${detail}`);
  if (proof.faults.length > 0) process.exitCode = 1;
});

if (asked.includes('sslh')) {
  const { faults, ...figures } = await playSslh({ step: 1, mutants: Number(values.count), seed: Number(values.seed) });
  console.log(`sslh: ${JSON.stringify({ ...figures, faults: faults.length })}`);
  for (const fault of faults) console.log(`  ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}
