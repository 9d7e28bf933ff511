/** What an editor feels: a text that is linted again in a process that has linted it before. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Dialect } from '../src/syntax/tree.ts';
import type { Usage } from './measure.ts';

/** How often it is linted before, and how often it is measured: the median counts. */
const warmUps = 15;
const measured = 15;

/** In a process of its own, with the built library. */
export function relintTimes(dialect: Dialect, text: string, directory: string): Usage {
  const input = join(directory, `warm.${dialect}.conf`);
  const script = join(directory, 'warm.mjs');
  writeFileSync(input, text);
  writeFileSync(
    script,
    `import { lintText } from ${JSON.stringify(resolve('dist/index.js'))};
import { readFileSync } from 'node:fs';
const text = readFileSync(${JSON.stringify(input)}, 'utf8');
const times = [];
for (let run = 0; run < ${warmUps + measured}; run++) {
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  await lintText(text + ' '.repeat(run), { path: 'a.conf', dialect: ${JSON.stringify(dialect)} });
  const { user, system } = process.cpuUsage(cpu);
  if (run >= ${warmUps}) times.push({ cpu: (user + system) / 1000, wall: performance.now() - wall });
}
const median = (key) => times.map((time) => time[key]).sort((a, b) => a - b)[times.length >> 1];
console.log(JSON.stringify({ cpu: median('cpu'), wall: median('wall') }));
`,
  );
  return JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' })) as Usage;
}
