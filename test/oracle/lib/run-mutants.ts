/** Breaks base configs at random and compares the verdicts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Level } from '../../../src/syntax/config.ts';
import { SourceFile } from '../../../src/text/source.ts';
import type { ConfigFile } from '../../../src/syntax/tree.ts';
import { loadParser } from '../../../src/servers/index.ts';
import type { Targets } from '../../../src/model/versions.ts';
import { fixtureFolders, fixturesOf } from '../../helpers/fixtures.ts';
import { compare, type Comparison } from './compare.ts';
import { installedVersion, type Server } from './install.ts';
import { mutationsOf, siteOf } from './mutations.ts';
import { Oracle } from './oracle.ts';
import { Random } from './random.ts';

export interface Base {
  readonly path: string;
  readonly file: ConfigFile;
  readonly level: Level;
}

export interface Mutant {
  readonly base: Base;
  readonly mutation: string;
  readonly text: string;
  readonly comparison: Comparison;
}

export interface MutantRun {
  readonly server: Server;
  /** Unmutated texts that only proxylint refuses. */
  readonly falselyRefused: readonly { readonly path: string; readonly comparison: Comparison }[];
  readonly mutants: readonly Mutant[];
  /** Messages of exceptions: of proxylint or a server that crashed. */
  readonly crashes: readonly string[];
}

const wholeFolders = ['fixtures/oracle', 'fixtures/samples'];

/** Configs of the project that the server should accept. */
function basePaths(server: Server): string[] {
  const own = wholeFolders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const good = fixtureFolders()
    .flatMap(fixturesOf)
    .filter(({ kind, settings }) => kind === 'good' && Object.keys(settings.targets).length === 0 && !settings.level);
  return [...own, ...good.map(({ path }) => path)].filter((path) => path.endsWith(`.${server}.conf`));
}

/** `paths`: other bases than the configs of the project; those that the server refuses as they are, are passed over. */
export async function runMutants(
  server: Server,
  seed: number,
  count: number,
  paths: readonly string[] = basePaths(server),
): Promise<MutantRun> {
  const oracles = [new Oracle(server), new Oracle(server)];
  const targets: Targets = { [server]: installedVersion(server)! };
  const parse = await loadParser(server);
  const bases: Base[] = [];
  const falselyRefused: { path: string; comparison: Comparison }[] = [];
  try {
    for (const path of paths) {
      const file = parse(new SourceFile(path, readFileSync(path, 'utf8')));
      const comparison = await compare(server, oracles[0]!, { text: file.source.text, targets });
      if (comparison.real?.accepted) bases.push({ path, file, level: comparison.own.level });
      if (comparison.outcome === 'false-refusal') falselyRefused.push({ path, comparison });
    }
    const planned = plan(server, bases, new Random(seed), count);
    const mutants: Mutant[] = [];
    const crashes: string[] = [];
    const work = async (oracle: Oracle): Promise<void> => {
      for (let next = planned.pop(); next; next = planned.pop()) {
        const { base, mutation, text } = next;
        try {
          const comparison = await compare(server, oracle, { text, targets, realLevel: base.level });
          mutants.push({ base, mutation, text, comparison });
        } catch (error) {
          crashes.push(`${mutation} of ${base.path}: ${error instanceof Error ? error.stack : String(error)}\n${text}`);
        }
      }
    };
    await Promise.all(oracles.map(work));
    return { server, falselyRefused, mutants, crashes };
  } finally {
    for (const oracle of oracles) oracle.close();
  }
}

interface Planned {
  readonly base: Base;
  readonly mutation: string;
  readonly text: string;
}

/** `count` different texts; each kind of mutation equally often where it finds a place. */
function plan(server: Server, bases: readonly Base[], random: Random, count: number): Planned[] {
  const mutations = Object.entries(mutationsOf[server]);
  const planned = new Map<string, Planned>();
  for (let attempt = 0; planned.size < count && attempt < count * 4 && bases.length > 0; attempt++) {
    // Bases by their length: a text of three directives has few mistakes to offer.
    const base = pickByLength(bases, random);
    const [mutation, mutate] = random.pick(mutations)!;
    const text = mutate(siteOf(base.file, random));
    if (text !== undefined && text !== base.file.source.text) planned.set(text, { base, mutation, text });
  }
  return [...planned.values()];
}

function pickByLength(bases: readonly Base[], random: Random): Base {
  const total = bases.reduce((sum, { file }) => sum + file.source.text.length, 0);
  let at = random.below(total);
  for (const base of bases) {
    at -= base.file.source.text.length;
    if (at < 0) return base;
  }
  return bases.at(-1)!;
}
