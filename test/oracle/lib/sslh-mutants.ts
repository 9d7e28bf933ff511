/** Breaks sslh configs at random and compares what the installed sslh and proxylint say. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { loadParser } from '../../../src/servers/index.ts';
import type { ConfigFile } from '../../../src/syntax/tree.ts';
import { SourceFile } from '../../../src/text/source.ts';
import { fixtureFolders, fixturesOf } from '../../helpers/fixtures.ts';
import { siteOf, sslhMutations } from './mutations.ts';
import { Random } from './random.ts';
import { installedSslh } from './sslh.ts';
import { SslhOracle, type SslhComparison } from './sslh-compare.ts';

interface Mutant {
  readonly path: string;
  readonly mutation: string;
  readonly text: string;
  readonly comparison: SslhComparison;
}

/** What sslh would write to, or be shut in, where it runs. */
const touchesFiles = /pidfile|logfile|chroot/;

/** A report of `count` mutants, with some examples of each kind of disagreement. */
export async function reportOnSslh(seed: number, count: number, examples: number): Promise<string> {
  const oracle = new SslhOracle(installedSslh());
  try {
    const bases: ConfigFile[] = [];
    const refused: string[] = [];
    const parse = await loadParser('sslh');
    for (const path of basePaths()) {
      const file = parse(new SourceFile(path, readFileSync(path, 'utf8')));
      const { outcome, own } = await oracle.compare(file.source.text);
      if (outcome === 'false-refusal') refused.push(`  unmutated ${path}: ${own.join('; ')}`);
      if (outcome === 'agreed' && own.length === 0) bases.push(file);
    }
    const mutants = await compareAll(oracle, bases, new Random(seed), count);
    return [...figures(mutants, bases.length), ...refused, ...disagreements(mutants, examples), ''].join('\n');
  } finally {
    oracle.close();
  }
}

/** Fixtures that need no other file; what a template or the command line would add is not there. */
function basePaths(): string[] {
  const samples = ['fixtures/oracle', 'fixtures/samples'].flatMap((folder) =>
    readdirSync(folder).map((name) => join(folder, name)),
  );
  const good = fixtureFolders().flatMap(fixturesOf);
  return [...samples, ...good.filter(({ kind }) => kind === 'good').map(({ path }) => path)].filter(
    (path) =>
      path.endsWith('.sslh.conf') && !touchesFiles.test(readFileSync(path, 'utf8')) && !/include|template/.test(path),
  );
}

async function compareAll(
  oracle: SslhOracle,
  bases: readonly ConfigFile[],
  random: Random,
  count: number,
): Promise<Mutant[]> {
  const mutations = Object.entries(sslhMutations);
  const mutants = new Map<string, Mutant>();
  for (let attempt = 0; mutants.size < count && attempt < count * 4 && bases.length > 0; attempt++) {
    const file = random.pick(bases)!;
    const [mutation, mutate] = random.pick(mutations)!;
    const text = mutate(siteOf(file, random));
    if (text === undefined || text === file.source.text || mutants.has(text)) continue;
    mutants.set(text, { path: file.source.path, mutation, text, comparison: await oracle.compare(text) });
  }
  return [...mutants.values()];
}

function figures(mutants: readonly Mutant[], bases: number): string[] {
  const countOf = (outcome: SslhComparison['outcome']): number =>
    mutants.filter(({ comparison }) => comparison.outcome === outcome).length;
  const judged = mutants.length - countOf('not-judged');
  const share = judged === 0 ? '-' : `${((100 * countOf('agreed')) / judged).toFixed(2)} %`;
  return [
    `sslh: ${mutants.length} mutants of ${bases} configs, ${judged} judged`,
    `  verdict agrees: ${countOf('agreed')} (${share}); false refusals ${countOf('false-refusal')}; missed ${countOf('missed')}`,
  ];
}

function disagreements(mutants: readonly Mutant[], examples: number): string[] {
  const classes = new Map<string, Mutant[]>();
  for (const mutant of mutants) {
    const { outcome, own, output } = mutant.comparison;
    if (outcome !== 'false-refusal' && outcome !== 'missed') continue;
    const said = outcome === 'missed' ? output.trim().replaceAll(/"[^"]*"|\S*\/\S*|\d+/g, '*') : own[0]!.split(':')[0]!;
    const name = `${outcome}: ${said}`;
    classes.set(name, [...(classes.get(name) ?? []), mutant]);
  }
  return [...classes].flatMap(([name, members]) => [
    `  ${members.length} x ${name}`,
    ...members
      .slice(0, examples)
      .map(
        ({ path, mutation, text, comparison }) =>
          `      ${mutation} of ${path}: ${JSON.stringify(changedLine(path, text))}\n        ${comparison.own.join('; ')} | ${comparison.output.trim()}`,
      ),
  ]);
}

function changedLine(path: string, text: string): string {
  const before = readFileSync(path, 'utf8').split('\n');
  return text.split('\n').find((line, index) => line !== before[index]) ?? '';
}
