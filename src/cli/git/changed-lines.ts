/** Which lines differ from a revision, asked of git. */
import { join } from 'node:path';
import { wordTable } from '../../text/word-table.ts';
import { runGit } from './git.ts';
import { canonical } from '../files/real-path.ts';

/** Both count from 1; `last` is inclusive. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** By canonical path. */
export type ChangedLines = ReadonlyMap<string, readonly LineRange[]>;

/** Those of the working tree against the revision; of files that git does not know, all. Throws {@link UsageError}. */
export function changedLines(revision: string): ChangedLines {
  const [commit = ''] = lines(
    git(revision, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`),
  );
  const [top = ''] = lines(git(revision, 'rev-parse', '--show-toplevel'));
  const diff = ['diff', '--unified=0', '--no-color', '--no-ext-diff', '--no-textconv', '--find-renames'];
  const prefixes = ['--src-prefix=a/', '--dst-prefix=b/'];
  const patch = lines(git(revision, '-C', top, ...diff, ...prefixes, commit, '--'));
  const changed = new Map<string, LineRange[]>();
  for (const [name, ranges] of rangesOf(patch)) changed.set(canonical(join(top, name)), ranges);
  for (const name of git(revision, '-C', top, 'ls-files', '--others', '--exclude-standard', '-z').split('\0')) {
    if (name !== '') changed.set(canonical(join(top, name)), [{ first: 1, last: Infinity }]);
  }
  return changed;
}

const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** What a patch without context changes, by name as seen from the root of the repository. */
function rangesOf(patch: readonly string[]): Map<string, LineRange[]> {
  const changed = new Map<string, LineRange[]>();
  let ranges: LineRange[] = [];
  for (let index = 0; index < patch.length; index++) {
    const line = patch[index]!;
    const name = /^\+\+\+ (.*?)\t?$/.exec(line)?.[1];
    if (name !== undefined) changed.set(unquoted(name).slice(2), (ranges = []));
    const found = hunk.exec(line);
    if (!found) continue;
    const [removed, first, added] = [found[1] ?? '1', found[2]!, found[3] ?? '1'].map(Number) as [
      number,
      number,
      number,
    ];
    // Where lines are gone, those around the gap are what is left of the change.
    ranges.push({ first, last: added === 0 ? first + 1 : first + added - 1 });
    // The lines of the files themselves may look like anything.
    index += removed + added;
  }
  return changed;
}

function git(revision: string, ...args: readonly string[]): string {
  return runGit(`--diff-base ${revision}`, args).toString();
}

function lines(text: string): string[] {
  return text.split('\n');
}

/** Git puts names with quotes, backslashes or controls into quotes. */
function unquoted(name: string): string {
  if (!name.startsWith('"')) return name;
  const letters = wordTable<Record<string, string>>({
    n: '\n',
    t: '\t',
    r: '\r',
    a: '\x07',
    b: '\b',
    f: '\f',
    v: '\v',
  });
  return name
    .slice(1, -1)
    .replace(/\\(?:([0-7]{3})|(.))/g, (_, octal: string | undefined, letter: string) =>
      octal === undefined ? (letters[letter] ?? letter) : String.fromCharCode(Number.parseInt(octal, 8)),
    );
}
