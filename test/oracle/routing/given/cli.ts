/** `npm run oracle:routing:given -- --server nginx|apache --seed N --requests N FILE...`: plays configs of users, each on a server of its own. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { runGivenApache } from '../apache-run.ts';
import { runGivenNginx } from '../nginx-run.ts';
import type { RoutingResult } from '../play.ts';

const { values, positionals } = parseArgs({
  options: {
    server: { type: 'string', default: 'nginx' },
    seed: { type: 'string', default: '1' },
    requests: { type: 'string', default: '40' },
    show: { type: 'string', default: '1' },
  },
  allowPositionals: true,
});

const play = values.server === 'apache' ? runGivenApache : runGivenNginx;
const total = { configs: 0, refused: 0, pairs: 0, agreed: 0, unknown: 0, differ: 0 };
const reasons = new Map<string, number>();
for (const path of positionals) {
  let result: RoutingResult;
  try {
    result = await play(readFileSync(path, 'utf8'), Number(values.seed), Number(values.requests));
  } catch (error) {
    total.refused++;
    console.log(`${path}: not played: ${String(error).split('\n')[0]!.slice(0, 300)}`);
    continue;
  }
  total.configs++;
  total.pairs += result.pairs;
  total.agreed += result.agreed;
  total.unknown += result.unknown;
  total.differ += result.differences.length;
  for (const [reason, times] of result.unknownReasons) reasons.set(reason, (reasons.get(reason) ?? 0) + times);
  if (result.differences.length > 0 || result.unknown * 5 > result.pairs)
    console.log(`${path}: ${result.pairs} pairs, ${result.differences.length} differ, ${result.unknown} unknown`);
  for (const { request, what } of result.differences.slice(0, Number(values.show)))
    console.log(`  ${request}\n    ${what}`);
}
for (const [reason, times] of [...reasons].sort((a, b) => b[1] - a[1])) console.log(`unknown ${times}: ${reason}`);
console.log(values.server, total);
