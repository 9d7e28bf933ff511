/** The configs on which fixes are played: each as it is, written otherwise, and mutated. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import type { Level } from '../../../src/syntax/config.ts';
import { SourceFile } from '../../../src/text/source.ts';
import { findConfigs } from '../../../src/lint/read.ts';
import { loadParser } from '../../../src/servers/index.ts';
import { configPaths, fixtureFolders, fixturesOf } from '../../helpers/fixtures.ts';
import type { Server } from './install.ts';
import { mutationsOf, siteOf } from './mutations.ts';
import { Random } from './random.ts';

export interface FixSubject {
  /** Path, way of writing and mutation. */
  readonly name: string;
  /** Where it lies, or would. */
  readonly path: string;
  readonly text: string;
  /** Undefined: as proxylint infers it. */
  readonly level: Level | undefined;
  /** Where the files lie that it includes. */
  readonly folder: string;
}

/** Fixtures, samples, and the configs in the given folder. */
export async function baseSubjects(server: Server, corpus?: string): Promise<FixSubject[]> {
  const fixtures = fixtureFolders()
    .flatMap(fixturesOf)
    .filter(({ dialect }) => dialect === server)
    .map(({ path, text, settings }) => ({ path, text, level: settings.level }));
  const paths = [
    ...configPaths(server),
    ...oracleConfigs(server),
    ...(corpus === undefined ? [] : await configsIn(corpus, server)),
  ];
  const files = paths.map((path) => ({ path, text: readFileSync(path, 'utf8'), level: undefined }));
  return [...fixtures, ...files].map((each) => ({ ...each, name: each.path, folder: resolve(dirname(each.path)) }));
}

function oracleConfigs(server: Server): string[] {
  const folder = 'fixtures/oracle';
  return readdirSync(folder)
    .filter((name) => name.endsWith(`.${server}.conf`))
    .map((name) => join(folder, name));
}

const maxSize = 256 * 1024;

async function configsIn(folder: string, server: Server): Promise<string[]> {
  const paths: string[] = [];
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats?.isFile() || stats.size > maxSize) continue;
    const found = await findConfigs(path, readFileSync(path, 'utf8'));
    // Documents and dumps hold several.
    if (found.length === 1 && !found[0]!.source.outer && found[0]!.dialect === server) paths.push(path);
  }
  return paths.sort();
}

/** Ways to write the same config. */
const writings: Readonly<Record<string, (text: string) => string>> = {
  CRLF: (text) => text.replaceAll(/\r?\n/g, '\r\n'),
  tabs: (text) => text.replaceAll(/^ +/gm, (indent) => '\t'.repeat(Math.ceil(indent.length / 4))),
  'no final newline': (text) => text.trimEnd(),
  BOM: (text) => `\uFEFF${text}`,
  'every second line CRLF': (text) => {
    let count = 0;
    return text.replaceAll(/\r?\n/g, () => (count++ % 2 === 0 ? '\r\n' : '\n'));
  },
};

/** Another text in each way that makes a difference. */
export function writtenOtherwise(subject: FixSubject): FixSubject[] {
  return Object.entries(writings)
    .map(([way, write]) => ({ ...subject, name: `${subject.name}, ${way}`, text: write(subject.text) }))
    .filter(({ text }) => text !== subject.text);
}

/** Endless and without order; equal for equal seeds. A mutation that finds no place is passed over. */
export async function* mutated(server: Server, bases: readonly FixSubject[], seed: number): AsyncGenerator<FixSubject> {
  const random = new Random(seed);
  const parse = await loadParser(server);
  const mutations = Object.entries(mutationsOf[server]);
  while (bases.length > 0) {
    const base = random.pick(bases)!;
    const [mutation, mutate] = random.pick(mutations)!;
    const text = mutate(siteOf(parse(new SourceFile(base.path, base.text)), random));
    if (text === undefined || text === base.text) continue;
    const [way, write] = random.pick(Object.entries(writings))!;
    const isWritten = random.below(2) === 0;
    yield {
      ...base,
      name: `${base.name}, ${mutation}${isWritten ? `, ${way}` : ''}`,
      text: isWritten ? write(text) : text,
    };
  }
}
