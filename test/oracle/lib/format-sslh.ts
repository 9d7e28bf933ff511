/** Lays out configs of sslh and asks the real one about both texts. */
import { formatText } from '../../../src/format/format-text.ts';
import { loadParser } from '../../../src/servers/index.ts';
import { SourceFile } from '../../../src/text/source.ts';
import { fixtureFolders, fixturesOf } from '../../helpers/fixtures.ts';
import { wordsOf } from '../../helpers/words.ts';
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

/** @param step of how many fixtures one is played */
export async function playSslh(step: number): Promise<SslhFigures> {
  const figures: SslhFigures = { played: 0, changed: 0, faults: [] };
  const parse = await loadParser('sslh');
  const reader = new SslhReader();
  const words = (text: string): string => wordsOf(parse(new SourceFile('sslh.cfg', text))).join('\n');
  const format = (text: string): ReturnType<typeof formatText> => formatText('sslh.cfg', text, { dialect: 'sslh' });
  const fixtures = fixtureFolders()
    .flatMap(fixturesOf)
    .filter(({ dialect }) => dialect === 'sslh')
    .filter((_, index) => index % step === 0);
  for (const { path, text } of fixtures) {
    for (const write of writings) {
      const before = write(text);
      const { text: after, faults } = await format(before);
      figures.played++;
      if (after === before || faults.length > 0) continue;
      figures.changed++;
      if (words(before) !== words(after)) figures.faults.push(`${path}: other words`);
      if ((await format(after)).text !== after) figures.faults.push(`${path}: a second run changes it`);
      const [one, other] = [await reader.read(before), await reader.read(after)];
      if (one !== other)
        figures.faults.push(`${path}: sslh says ${JSON.stringify(other)}, and said ${JSON.stringify(one)}`);
    }
  }
  reader.close();
  return figures;
}
