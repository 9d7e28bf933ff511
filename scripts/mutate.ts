/**
 * Asks whether the tests notice when a rule or a server's meaning changes: `npm run mutate -- --seed 1 --count 200` changes one place
 * after the other in a compiled copy of the project and runs the suites that come there. Prints each mutation that no test noticed,
 * and how many were. `--from 50` leaves out the first places that the seed gives, `--learned FILE` keeps what the suites call for the next process,
 * `--only src/rules/tls` takes the places below a path, `--again FILE` those that the output in a file says were not noticed; `--suite PATH` runs this suite alone, `--jobs 2` takes two at a time, `--verbose` prints what noticed each. `--mass` tries two mutations of all findings at once instead, and prints how many tests of the rules fail.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { deserialize, serialize } from 'node:v8';

import { writeRegistry } from './gen/registry.ts';
import { compile } from './mutate/compile.ts';
import { type Learned, Laboratory } from './mutate/laboratory.ts';
import { massMutations } from './mutate/mass-mutations.ts';
import { applyMutation, mutationsOf, type Mutation } from './mutate/mutations.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    count: { type: 'string', default: '200' },
    only: { type: 'string', default: 'src' },
    again: { type: 'string' },
    learned: { type: 'string' },
    suite: { type: 'string', multiple: true },
    jobs: { type: 'string', default: '1' },
    mass: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});

const mutated = /^src\/(?:rules|servers)\/.*\.ts$/;
const unmutated = /\.gen\.ts$|\.d\.ts$/;

interface Site {
  readonly file: string;
  readonly mutation: Mutation;
}

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

function allSites(): Site[] {
  return execFileSync('git', ['ls-files', 'src'], { encoding: 'utf8' })
    .split('\n')
    .filter((name) => mutated.test(name) && !unmutated.test(name) && name.startsWith(values.only))
    .flatMap((file) => mutationsOf(readFileSync(file, 'utf8')).map((mutation) => ({ file, mutation })));
}

/** Places drawn at random, no one twice. A mutation of a type or of a text that cannot be compiled is none. */
function drawn(count: number, seed: number): Site[] {
  const random = randomOf(seed);
  const sites = allSites();
  const found: Site[] = [];
  while (found.length < count && sites.length > 0) {
    const [site] = sites.splice(Math.floor(random() * sites.length), 1);
    const source = readFileSync(site!.file, 'utf8');
    const program = compile(applyMutation(source, site!.mutation));
    if (program !== undefined && program !== compile(source)) found.push(site!);
  }
  return found;
}

function describe({ file, mutation }: Site): string {
  const line = readFileSync(file, 'utf8').slice(0, mutation.start).split('\n').length;
  return `${file}:${line}: ${mutation.text.trim()} -> ${mutation.replacement.trim() || 'nothing'}`;
}

/** The places that are not noticed by the output in a file. */
function unnoticedIn(path: string): Site[] {
  const lines = new Set(readFileSync(path, 'utf8').split('\n'));
  return allSites().filter((site) => lines.has(unnoticed(site)));
}

function unnoticed(site: Site): string {
  return `not noticed: ${describe(site)}`;
}

async function mutateOneByOne(laboratory: Laboratory): Promise<void> {
  const { again, seed } = values;
  const from = Number(values.from);
  const count = Number(values.count);
  const sites = again === undefined ? drawn(from + count, Number(seed)).slice(from) : unnoticedIn(again);
  let noticed = 0;
  await laboratory.each([...sites], async (site, bench) => {
    const source = applyMutation(readFileSync(site.file, 'utf8'), site.mutation);
    const by = await laboratory.noticedBy(bench, site.file, source);
    if (by !== undefined) noticed++;
    if (by === undefined) console.log(unnoticed(site));
    else if (values.verbose) console.log(`noticed: ${describe(site)} by ${by}`);
  });
  const share = ((100 * noticed) / sites.length).toFixed(1);
  console.log(`${again ?? `seed ${seed}`}: ${noticed} of ${sites.length} mutations noticed (${share} %)`);
}

/** What an earlier process has learned, by the file that keeps it, is not learned again. */
async function learn(): Promise<void> {
  const { learned } = values;
  if (learned !== undefined && existsSync(learned)) {
    laboratory.recall(deserialize(readFileSync(learned)) as Learned);
    return;
  }
  await laboratory.learn();
  if (learned !== undefined) writeFileSync(learned, serialize(laboratory.learned));
}

writeRegistry();
const laboratory = new Laboratory(Number(values.jobs), values.suite);
try {
  if (values.mass) {
    for (const { name, file, mutate } of massMutations) {
      const failed = await laboratory.failuresOf(file, mutate(readFileSync(file, 'utf8')));
      console.log(`${name}: ${failed} tests of the rules fail`);
    }
  } else {
    await learn();
    await mutateOneByOne(laboratory);
  }
} finally {
  laboratory.close();
}
