/** The files of a revision of git, written into a folder of their own so that includes are resolved among them. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { limits } from '../../text/budget.ts';
import { isWithin } from '../../text/paths.ts';
import { canonical } from '../files/real-path.ts';
import { runGit } from './git.ts';
import { reasonOf } from '../files/read-found.ts';
import { UsageError } from '../usage-error.ts';

export interface RevisionTree {
  /** The folder that stands for the root of the repository. */
  readonly folder: string;
  /** Where a path of the working tree lies in it. Throws {@link UsageError} for one outside of the repository. */
  place(path: string): string;
  holds(place: string): boolean;
  /** Whether git knows a file of the working tree, or one below the directory: what it ignores is there none the less. */
  readonly isTracked: (path: string) => boolean;
  /** A text with `REV:` in front of its paths, instead of the folder. */
  named(text: string): string;
  remove(): void;
}

/** Files larger than proxylint reads are left out. Throws {@link UsageError} where git cannot tell. */
export function checkOut(revision: string): RevisionTree {
  const option = `--git ${revision}`;
  const verify = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const commit = runGit(option, verify).toString().trim();
  const top = canonical(runGit(option, ['rev-parse', '--show-toplevel']).toString().replace(/\n$/, ''));
  const isTracked = trackedBelow(top, runGit(option, ['-C', top, 'ls-files', '-z']).toString());
  const onSignal = (signal: NodeJS.Signals): void => {
    tree.remove();
    process.kill(process.pid, signal);
  };
  for (const signal of stopping) process.once(signal, onSignal);
  // A signal is heard when this turn is over, not before the folder has its name.
  const folder = temporaryFolder(option);
  const tree: RevisionTree = {
    folder,
    place(path) {
      const absolute = canonical(resolve(path));
      if (!isWithin(top, absolute)) throw new UsageError(`${option}: ${path} lies outside of the repository ${top}`);
      return join(folder, relative(top, absolute));
    },
    holds: existsSync,
    named: (text) => text.replaceAll(`${folder}/`, `${revision}:`),
    isTracked,
    remove() {
      for (const signal of stopping) process.off(signal, onSignal);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    writeTree(option, top, commit, folder);
  } catch (error) {
    tree.remove();
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${option}: ${folder}: ${reasonOf(error)}`, { cause: error });
  }
  return tree;
}

/** Whoever stops the run leaves nothing behind. */
const stopping = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function temporaryFolder(option: string): string {
  const begin = join(tmpdir(), 'proxylint-');
  try {
    return canonical(mkdtempSync(begin));
  } catch (error) {
    throw new UsageError(`${option}: no temporary folder ${begin}...: ${reasonOf(error)}`, { cause: error });
  }
}

/** `names`: of tracked files, each closed by a null byte. */
function trackedBelow(top: string, names: string): RevisionTree['isTracked'] {
  const tracked = new Set<string>();
  for (const name of names.split('\0')) {
    tracked.add(join(top, name));
    for (let folder = dirname(name); folder !== '.' && !tracked.has(join(top, folder)); folder = dirname(folder))
      tracked.add(join(top, folder));
  }
  return (path) => tracked.has(canonical(resolve(path)));
}

interface Entry {
  readonly isLink: boolean;
  readonly object: string;
  readonly path: string;
}

function writeTree(option: string, top: string, commit: string, folder: string): void {
  const entries = runGit(option, ['-C', top, 'ls-tree', '-r', '-z', '--long', '--full-tree', commit])
    .toString('latin1')
    .split('\0')
    .flatMap(entryOf);
  const objects = entries.map(({ object }) => `${object}\n`).join('');
  const contents = runGit(option, ['-C', top, 'cat-file', '--batch'], objects).toString('latin1');
  const links: (() => void)[] = [];
  let at = 0;
  for (const { isLink, path } of entries) {
    const end = contents.indexOf('\n', at);
    const size = Number(contents.slice(at, end).split(' ')[2]);
    const bytes = Buffer.from(contents.slice(end + 1, end + 1 + size), 'latin1');
    at = end + size + 2;
    const target = join(folder, Buffer.from(path, 'latin1').toString());
    if (!isWithin(folder, target)) continue;
    mkdirSync(dirname(target), { recursive: true });
    if (isLink) links.push(() => symlinkSync(bytes.toString(), target));
    else writeFileSync(target, bytes);
  }
  // As the last, so that nothing is written through one.
  for (const link of links) link();
}

/** `mode type object size<tab>path`. */
function entryOf(line: string): readonly Entry[] {
  const [, mode, object, size, path] = /^(\d+) blob ([\da-f]+) +(\d+)\t([^]+)$/.exec(line) ?? [];
  if (object === undefined || path === undefined || Number(size) > limits.fileBytes) return [];
  return [{ isLink: mode === '120000', object, path }];
}
