/** `npm run oracle:routing -- --server nginx|apache|sslh|chains --seed N --configs N --requests N`: prints the figures and the disagreements. */
import { parseArgs } from 'node:util';
import { runApacheRouting } from './apache-run.ts';
import { runChains } from './chain-run.ts';
import { runNginxRouting } from './nginx-run.ts';
import { runSslhRouting } from './sslh-run.ts';

const { values } = parseArgs({
  options: {
    server: { type: 'string', default: 'nginx' },
    seed: { type: 'string', default: '1' },
    configs: { type: 'string', default: '50' },
    requests: { type: 'string', default: '20' },
    show: { type: 'string', default: '5' },
  },
});

const runs = { nginx: runNginxRouting, apache: runApacheRouting, sslh: runSslhRouting, chains: runChains } as const;
const { server } = values;
if (!Object.hasOwn(runs, server)) throw new Error(`--server ${server}: expected nginx, apache, sslh or chains`);

/** Configs that share one process. */
const batch = server === 'nginx' ? 50 : 25;
const total = { configs: 0, pairs: 0, agreed: 0, unknown: 0, differences: 0 };
const reasons = new Map<string, number>();
let shown = 0;
for (let at = 0, round = 0; at < Number(values.configs); at += batch, round++) {
  const count = Math.min(batch, Number(values.configs) - at);
  const result = await runs[server as keyof typeof runs](
    Number(values.seed) * 1000 + round,
    count,
    Number(values.requests),
  );
  total.configs += result.configs;
  total.pairs += result.pairs;
  total.agreed += result.agreed;
  total.unknown += result.unknown;
  total.differences += result.differences.length;
  for (const [reason, times] of result.unknownReasons) reasons.set(reason, (reasons.get(reason) ?? 0) + times);
  for (const difference of result.differences) {
    if (shown++ >= Number(values.show)) break;
    console.log(`--- ${difference.request}\n${difference.what}\n${difference.config}\n`);
  }
}
for (const [reason, times] of [...reasons].sort((a, b) => b[1] - a[1])) console.log(`unknown ${times}: ${reason}`);
console.log(
  `${server}: ${total.pairs} pairs over ${total.configs} configs: ${total.agreed} agree, ${total.differences} differ, ${total.unknown} unknown`,
);
