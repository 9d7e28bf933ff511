/** Lays out configs of sslh and asks the real one about both texts. */
import { formatText } from '../../../src/format/format-text.ts';
import { loadParser } from '../../../src/servers/index.ts';
import type { ConfigFile } from '../../../src/syntax/tree.ts';
import { SourceFile } from '../../../src/text/source.ts';
import { fixtureFolders, fixturesOf } from '../../helpers/fixtures.ts';
import { wordsOf } from '../../helpers/words.ts';
import { siteOf, sslhMutations } from './mutations.ts';
import { Random } from './random.ts';
import { SslhReader } from './sslh-reading.ts';

const writings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replaceAll(/^ +/gm, ''),
  (text) => text.replaceAll('\n', '  \r\n   '),
];

export interface SslhFigures {
  played: number;
  changed: number;
  /** Each a sentence. */
  readonly faults: string[];
}

export interface SslhSubjects {
  /** Of how many fixtures one is played. */
  readonly step: number;
  /** How many mutants of them are played beside them. */
  readonly mutants: number;
  readonly seed: number;
}

export async function playSslh({ step, mutants, seed }: SslhSubjects): Promise<SslhFigures> {
  const figures: SslhFigures = { played: 0, changed: 0, faults: [] };
  const parse = await loadParser('sslh');
  const reader = new SslhReader();
  const words = (text: string): string => wordsOf(parse(new SourceFile('sslh.cfg', text))).join('\n');
  const format = (text: string): ReturnType<typeof formatText> => formatText('sslh.cfg', text, { dialect: 'sslh' });
  const fixtures = fixtureFolders()
    .flatMap(fixturesOf)
    .filter(({ dialect }) => dialect === 'sslh')
    .filter((_, index) => index % step === 0);
  const play = async (name: string, before: string): Promise<void> => {
    const { text: after, faults } = await format(before);
    figures.played++;
    if (after === before || faults.length > 0) return;
    figures.changed++;
    if (words(before) !== words(after)) figures.faults.push(`${name}: other words`);
    if ((await format(after)).text !== after) figures.faults.push(`${name}: a second run changes it`);
    const [one, other] = [await reader.read(before), await reader.read(after)];
    if (one !== other)
      figures.faults.push(`${name}: sslh says ${JSON.stringify(other)}, and said ${JSON.stringify(one)}`);
  };
  for (const { path, text } of fixtures) for (const write of writings) await play(path, write(text));
  for (const { name, text } of mutantsOf(fixtures, parse, new Random(seed), mutants)) await play(name, text);
  reader.close();
  return figures;
}

/** In any of the writings. A mutation that finds no place is passed over. */
function* mutantsOf(
  fixtures: readonly { readonly path: string; readonly text: string }[],
  parse: (source: SourceFile) => ConfigFile,
  random: Random,
  count: number,
): Iterable<{ readonly name: string; readonly text: string }> {
  const mutations = Object.entries(sslhMutations);
  for (let made = 0; made < count && fixtures.length > 0;) {
    const { path, text } = random.pick(fixtures)!;
    const [mutation, mutate] = random.pick(mutations)!;
    const mutant = mutate(siteOf(parse(new SourceFile(path, text)), random));
    if (mutant === undefined || mutant === text) continue;
    made++;
    yield { name: `${path}, ${mutation} (${made})`, text: random.pick(writings)!(mutant) };
  }
}
