/** The configs and documents that inputs are made from. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectDialect } from '../../src/servers/detection/detect.ts';
import type { Dialect } from '../../src/syntax/tree.ts';

export interface CorpusFile {
  readonly path: string;
  readonly text: string;
  readonly dialect: Dialect | undefined;
}

export interface Corpus {
  readonly all: readonly CorpusFile[];
  readonly configs: Readonly<Record<Dialect, readonly CorpusFile[]>>;
}

const fixtures = join(import.meta.dirname, '../../fixtures');
/** Bytes; longer files would make up most of the time. */
const longest = 20_000;

/** The fixtures, and what lies in the folders, in the order of the paths. */
export function readCorpus(folders: readonly string[], root: string = fixtures): Corpus {
  const all = [root, ...folders].flatMap((folder) => filesIn(folder).map(readFile)).filter(isUsable);
  const of = (dialect: Dialect): CorpusFile[] => all.filter((file) => file.dialect === dialect);
  return { all, configs: { nginx: of('nginx'), apache: of('apache'), sslh: of('sslh') } };
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}

function readFile(path: string): CorpusFile {
  const text = readFileSync(path, 'utf8');
  return { path, text, dialect: text.length > longest ? undefined : detectDialect(text, path) };
}

function isUsable({ text }: CorpusFile): boolean {
  return text.length > 0 && text.length <= longest;
}
