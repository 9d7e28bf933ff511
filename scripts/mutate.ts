/**
 * Asks whether the tests notice when a rule or a server's meaning changes: `npm run mutate -- --seed 1 --count 200 [--tests PATH...]`
 * mutates a copy of the project, one place at a time, and runs the tests that need no server. Prints each mutation that no test noticed,
 * and how many were.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { transformSync } from 'esbuild';

import { applyMutation, mutationsOf } from './mutate/mutations.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '200' },
    tests: {
      type: 'string',
      multiple: true,
      default: [
        'test/rules.test.ts',
        'test/registry.test.ts',
        'test/servers',
        'test/regex',
        'test/syntax',
        'test/facts',
        'test/trace',
      ],
    },
  },
});

const mutated = /^src\/(?:rules|servers)\/.*\.ts$/;
const unmutated = /\.gen\.ts$|\.d\.ts$|\/facts\//;

/** Mulberry32: small, and the same everywhere. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function copyProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mutate-'));
  const files = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' })
    .split('\0')
    .filter((name) => name !== '');
  for (const file of [...files, 'src/rules/index.gen.ts']) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(file, join(folder, file));
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** The program without types: a mutation that leaves it as it is would be no mutation. */
function programOf(source: string): string | undefined {
  try {
    return transformSync(source, { loader: 'ts' }).code;
  } catch {
    return undefined;
  }
}

function isNoticed(folder: string): boolean {
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--bail', '1', '--reporter', 'dot', ...values.tests];
  const { status } = spawnSync(process.execPath, args, {
    cwd: folder,
    stdio: 'ignore',
    timeout: 300_000,
    env: { ...process.env, CI: '1' },
  });
  return status !== 0;
}

const random = randomOf(Number(values.seed));
const folder = copyProject();
try {
  if (isNoticed(folder)) throw new Error('the tests fail without any mutation');
  const files = execFileSync('git', ['ls-files', 'src'], { encoding: 'utf8' })
    .split('\n')
    .filter((name) => mutated.test(name) && !unmutated.test(name));
  const sites = files.flatMap((file) =>
    mutationsOf(readFileSync(file, 'utf8')).map((mutation) => ({ file, mutation })),
  );
  const count = Number(values.count);
  let tried = 0;
  let noticed = 0;
  while (tried < count) {
    const { file, mutation } = sites[Math.floor(random() * sites.length)]!;
    const source = readFileSync(file, 'utf8');
    const changed = applyMutation(source, mutation);
    const program = programOf(changed);
    if (program === undefined || program === programOf(source)) continue;
    writeFileSync(join(folder, file), changed);
    tried++;
    if (isNoticed(folder)) noticed++;
    else {
      const line = source.slice(0, mutation.start).split('\n').length;
      console.log(`not noticed: ${file}:${line}: ${mutation.text} -> ${mutation.replacement}`);
    }
    writeFileSync(join(folder, file), source);
  }
  console.log(
    `seed ${values.seed}: ${noticed} of ${tried} mutations noticed (${((100 * noticed) / tried).toFixed(1)} %)`,
  );
} finally {
  if (process.env['KEEP']) console.log(folder);
  else rmSync(folder, { recursive: true, force: true });
}
