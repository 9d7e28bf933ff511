/**
 * Looks for inputs that hurt:
 *
 *     npm run fuzz -- [--seed N] [--minutes M] [--count N] [--from N] [--kind K] [--corpus DIR]...
 *
 * Inputs are numbered; the same seed, number and corpus give the same input. `--from` goes on where a run ended, and several processes
 * can share the work by seeds or by ranges of numbers. Exit status 1 on any failure.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from '../helpers/bundle.ts';
import { isKnown } from './known.ts';
import { kindNames, type Kind } from './kinds/index.ts';
import type { Failure } from './messages.ts';
import { supervise } from './supervise.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string' },
    count: { type: 'string' },
    from: { type: 'string', default: '0' },
    kind: { type: 'string' },
    corpus: { type: 'string', multiple: true, default: [] },
  },
});
const numberOf = (text: string, name: string): number => {
  if (!/^\d+(?:\.\d+)?$/.test(text)) throw new Error(`--${name} ${text}: expected a number`);
  return Number(text);
};
const seed = numberOf(values.seed, 'seed');
const from = numberOf(values.from, 'from');
const kind = values.kind === undefined ? undefined : kindOf(values.kind);
const minutes = values.minutes ?? (values.count === undefined ? '1' : undefined);
const directory = mkdtempSync(join(tmpdir(), 'proxylint-fuzz-'));
/** By signature. */
const failures = new Map<string, { count: number; first: Failure }>();
try {
  const next = await supervise(
    await bundle(join(import.meta.dirname, 'worker.ts'), directory),
    {
      seed,
      from,
      to: values.count === undefined ? Number.MAX_SAFE_INTEGER : from + numberOf(values.count, 'count'),
      until: minutes === undefined ? Number.MAX_SAFE_INTEGER : Date.now() + numberOf(minutes, 'minutes') * 60_000,
      kind,
      fixtures: resolve('fixtures'),
      folders: values.corpus.map((folder) => resolve(folder)),
      progress: join(directory, 'progress'),
    },
    report,
  );
  console.log(
    `${next - from} inputs, seed ${seed}, numbers ${from} to ${next - 1}, kinds: ${kind ?? kindNames.join(', ')}`,
  );
} finally {
  rmSync(directory, { recursive: true });
}
const signatures = [...failures.keys()];
for (const [signature, { count }] of failures)
  console.log(`${count} x ${signature}${isKnown(signature) ? ' (known)' : ''}`);
process.exitCode = signatures.every(isKnown) ? 0 : 1;

function kindOf(name: string): Kind {
  if (!(kindNames as readonly string[]).includes(name))
    throw new Error(`--kind ${name}: one of ${kindNames.join(', ')}`);
  return name as Kind;
}

function report(failure: Failure): void {
  const { index, kind, signature, message, input } = failure;
  const seen = failures.get(signature);
  if (seen) {
    seen.count++;
    return;
  }
  failures.set(signature, { count: 1, first: failure });
  const folders = values.corpus.map((folder) => ` --corpus ${folder}`).join('');
  const only = values.kind === undefined ? '' : ` --kind ${values.kind}`;
  console.log(`FAILURE of kind ${kind}, seed ${seed}, number ${index}`);
  console.log(message);
  console.log(JSON.stringify(input, undefined, 1));
  console.log(`Again: npm run fuzz -- --seed ${seed} --from ${index} --count 1${only}${folders}\n`);
}
