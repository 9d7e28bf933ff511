/** `npm run oracle:diff -- --server nginx|apache --seed N --pairs N --requests N`: prints the figures and what was not as it should be, of `diff` and of `test --init`. */
import { parseArgs } from 'node:util';
import { nothing, runDiff } from './diff/run.ts';

const { values } = parseArgs({
  options: {
    server: { type: 'string', default: 'nginx' },
    seed: { type: 'string', default: '1' },
    pairs: { type: 'string', default: '50' },
    requests: { type: 'string', default: '20' },
    show: { type: 'string', default: '5' },
  },
});

const { server } = values;
if (server !== 'nginx' && server !== 'apache') throw new Error(`--server ${server}: expected nginx or apache`);

/** Configs that share one process. */
const batch = 25;
const total = nothing();
for (let at = 0, round = 0; at < Number(values.pairs); at += batch, round++) {
  const count = Math.min(batch, Number(values.pairs) - at);
  const result = await runDiff(server, Number(values.seed) * 1000 + round, count, Number(values.requests));
  total.pairs += result.pairs;
  total.differing += result.differing;
  total.played += result.played;
  total.unplayed += result.unplayed;
  total.uncovered.push(...result.uncovered);
  total.unfounded.push(...result.unfounded);
  total.changed += result.changed;
  total.unnoticed.push(...result.unnoticed);
  total.expectations += result.expectations;
  total.wrong.push(...result.wrong);
}
const most = Number(values.show);
for (const text of total.unfounded.slice(0, most)) console.log(`=== without a differing answer\n${text}\n`);
for (const text of total.uncovered.slice(0, most)) console.log(`=== in no statement\n${text}\n`);
for (const text of total.unnoticed.slice(0, most)) console.log(`=== expectations that hold all the same\n${text}\n`);
for (const text of total.wrong.slice(0, most)) console.log(`=== expectations that do not hold\n${text}\n`);
const covered = total.differing - total.uncovered.length;
console.log(
  `${server}: ${total.pairs} pairs: ${covered} of ${total.differing} differing answers are covered; ${total.played} statements played, ${total.unfounded.length} without a differing answer; ${total.unplayed} cannot be played`,
);
console.log(
  `${server}: test --init: ${total.expectations} expectations, ${total.wrong.length} of them wrong; of ${total.changed} pairs that answer some request otherwise ${total.changed - total.unnoticed.length} fail`,
);
