/** Turns the arguments of the command line into texts to lint. */
import { opendirSync, readdir, type Dirent } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { limits, type Notice } from '../../text/budget.ts';
import { suggest } from '../../text/suggest.ts';
import { commandNames, type ReadOptions } from '../options.ts';
import { readBounded, readFileBounded } from './read-bounded.ts';
import { isDescriptor, isNeverRead, ReadScope, scopeOf } from './read-scope.ts';
import { canonical, noteFile, realPath } from './real-path.ts';
import { temporaryPrefix } from './temporary-name.ts';
import { UsageError } from '../usage-error.ts';
import { walkDirectory, type FoundEntry } from './walk-directory.ts';
import { tooLarge, statOf, isLink, readFound, isGone, reasonOf } from './read-found.ts';

export interface Input {
  /** As it is reported: as given, or the given directory with the path in it. */
  readonly path: string;
  readonly text: string;
  /** Named on the command line, not found in a directory or by a glob. */
  readonly named: boolean;
  readonly isStdin?: true;
}

export interface Inputs {
  readonly inputs: readonly Input[];
  /** What was asked for and cannot be linted. */
  readonly unread: readonly Notice[];
  /** Links of a directory that lead out of it. */
  readonly notices: readonly Notice[];
}

/** Where the packages of the distributions put the main configs. */
const installed = [
  '/etc/nginx/nginx.conf',
  '/usr/local/etc/nginx/nginx.conf',
  '/usr/local/nginx/conf/nginx.conf',
  '/opt/homebrew/etc/nginx/nginx.conf',
  '/etc/apache2/apache2.conf',
  '/etc/httpd/conf/httpd.conf',
  '/etc/apache2/httpd.conf',
  '/usr/local/etc/apache24/httpd.conf',
  '/usr/local/apache2/conf/httpd.conf',
  '/etc/sslh/sslh.cfg',
  '/etc/sslh.cfg',
];

const standardInput = new Set(['/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']);

type CollectOptions = Pick<ReadOptions, 'stdinFilename' | 'gitignore' | 'isTracked'> & {
  /** True: a path that cannot be used is left out and told, where others can be. */
  readonly keepsGoing?: boolean;
};

/** The inputs that the arguments stand for, in order, each file once. Throws {@link UsageError}. */
export async function collectInputs(
  paths: readonly string[],
  { stdinFilename, gitignore, isTracked, keepsGoing }: CollectOptions,
): Promise<Inputs> {
  const collector = new Collector(paths, gitignore !== false, isTracked);
  if (paths.length === 0) collector.addInstalled();
  let mistake: UsageError | undefined;
  for (const path of paths) {
    try {
      if (path === '-') collector.addStdin(stdinFilename);
      else await collector.addPath(path);
    } catch (error) {
      if (!keepsGoing || !(error instanceof UsageError)) throw error;
      mistake ??= error;
      collector.unread.push({ kind: 'unusable', path, message: `${error.message}.` });
    }
  }
  if (mistake && collector.inputs.size === 0) throw mistake;
  return { inputs: [...collector.inputs.values()], unread: collector.unread, notices: collector.notices };
}

class Collector {
  /** By canonical path. */
  readonly inputs = new Map<string, Input>();
  readonly unread: Notice[] = [];
  readonly notices: Notice[] = [];
  readonly #paths: readonly string[];
  #named: ReadScope | undefined;
  #bytes = 0;

  readonly #withGitIgnore: boolean;
  readonly #isTracked: ReadOptions['isTracked'];

  /** @param paths all that the command line names */
  constructor(paths: readonly string[], withGitIgnore: boolean, isTracked: ReadOptions['isTracked']) {
    this.#paths = paths;
    this.#withGitIgnore = withGitIgnore;
    this.#isTracked = isTracked;
  }

  addInstalled(): void {
    const found = installed.filter((path) => statOf(path)?.isFile());
    if (found.length === 0) {
      throw new UsageError(
        'no path given, and no nginx, Apache or sslh config in the usual places; name a file or directory',
      );
    }
    for (const path of found) this.#addFile(path, false);
  }

  addStdin(name: string): void {
    try {
      const text = readBounded(0, limits.fileBytes);
      if (text === undefined) this.#leave(name, 'limit', tooLarge(limits.fileBytes));
      else this.inputs.set('-', { path: name, text, named: true, isStdin: true });
    } catch (error) {
      throw new UsageError(`cannot read standard input: ${reasonOf(error)}`, { cause: error });
    }
  }

  async addPath(path: string): Promise<void> {
    if (path === '') throw new UsageError('a path is empty; is a variable of the shell not set?');
    const stats = statOf(path);
    const isPipe = stats?.isFIFO() || stats?.isSocket();
    if (isPipe && standardInput.has(path)) this.addStdin(path);
    else if (stats?.isDirectory()) await this.#addDirectory(path);
    else if (stats?.isFile() || (stats?.isFIFO() && isDescriptor(path))) this.#addFile(path, true);
    else if (stats) throw new UsageError(`${path}: not a regular file or directory`);
    else await this.#addGlob(path);
  }

  #addFile(path: string, named: boolean): void {
    const scope = scopeOf(path);
    if (!isDescriptor(path) && !this.#mayRead(path, scope)) throw new UsageError(leadsOutside(path, scope));
    let text: string | undefined;
    try {
      text = readFileBounded(path, limits.fileBytes);
    } catch (error) {
      throw new UsageError(`${path}: ${reasonOf(error)}`, { cause: error });
    }
    if (text === undefined) this.#leave(path, 'limit', tooLarge(limits.fileBytes));
    else this.#add({ path, text, named });
  }

  async #addGlob(pattern: string): Promise<void> {
    const { default: glob } = await import('fast-glob');
    if (!glob.isDynamicPattern(pattern)) {
      const command = suggest(pattern, commandNames);
      const hint = command === undefined ? '' : `; did you mean the command "${command}"?`;
      throw new UsageError(`${pattern}: no such file or directory${hint}`);
    }
    if ((await this.#addMatching(pattern)) === 0) throw new UsageError(`${pattern}: no file matches`);
  }

  async #addDirectory(path: string): Promise<void> {
    try {
      opendirSync(path).closeSync();
    } catch (error) {
      throw new UsageError(`${path}: ${reasonOf(error)}`, { cause: error });
    }
    const closed = (directory: string, error: unknown): void => {
      if (!isGone(error)) this.#leave(relative('', directory) || '.', 'denied', reasonOf(error));
    };
    const scope = scopeOf(join(path, 'file'));
    const ignored = this.#withGitIgnore
      ? (await import('./gitignore.ts')).gitIgnoreOf(path, this.#isTracked)
      : undefined;
    for (const entry of walkDirectory(path, closed, ignored)) this.#addOneFound(entry, scope);
  }

  /** The text files that match, sorted by path. Symbolic links are followed to files, not to directories. Gives how many paths match. */
  async #addMatching(pattern: string): Promise<number> {
    const { default: glob } = await import('fast-glob');
    const closed: Closed[] = [];
    const paths = await glob(pattern, {
      dot: true,
      followSymbolicLinks: false,
      onlyFiles: false,
      suppressErrors: true,
      ignore: ['**/.git/**', '**/node_modules/**', `**/${temporaryPrefix}*`],
      fs: { readdir: noting(closed) },
    });
    for (const { path, why } of closed) this.#leave(path, 'denied', why);
    const scope = scopeOf('file');
    for (const path of paths.sort()) this.#addOneFound({ path, isFile: false }, scope);
    return paths.length;
  }

  #addOneFound(entry: FoundEntry, scope: ReadScope): void {
    const { path, isFile } = entry;
    if (isFile) noteFile(path);
    if (this.inputs.has(canonical(path))) return;
    const found = readFound(entry, (file) => (this.#mayRead(file, scope) ? undefined : leadsOutside(file, scope)));
    if (typeof found === 'string') this.#add({ path, text: found, named: false });
    else if (found?.kind === 'outside') this.notices.push({ kind: 'outside', path, message: `${found.why}.` });
    else if (found) this.#leave(path, found.kind, found.why);
  }

  /** A link may lead to what is named, too. */
  #mayRead(path: string, scope: ReadScope): boolean {
    if (scope.holds(path)) return true;
    this.#named ??= new ReadScope(this.#paths.filter((path) => path !== '' && !isLink(path)));
    return this.#named.holds(realPath(resolve(path)));
  }

  #add(input: Input): void {
    const key = canonical(input.path);
    if (this.inputs.has(key)) return;
    this.#bytes += input.text.length;
    if (this.#bytes > limits.runBytes) {
      this.#leave(input.path, 'limit', `the inputs of a run may have ${limits.runBytes >> 20} MB together`);
    } else this.inputs.set(key, input);
  }

  #leave(path: string, kind: Notice['kind'], why: string): void {
    this.unread.push({ kind, path, message: `"${path}" was not linted: ${why}.` });
  }
}

interface Closed {
  readonly path: string;
  readonly why: string;
}

type Listed = (error: NodeJS.ErrnoException | null, entries: Dirent[]) => void;

/** `readdir`, which also tells of the directories that cannot be read. The search passes over them. */
function noting(closed: Closed[]): typeof readdir {
  const list = (path: string, options: { withFileTypes: true }, done: Listed): void =>
    readdir(path, options, (error, entries) => {
      if (error && !isGone(error)) closed.push({ path: relative('', path) || '.', why: reasonOf(error) });
      done(error, entries);
    });
  return list as unknown as typeof readdir;
}

function leadsOutside(path: string, scope: ReadScope): string {
  const target = realPath(resolve(path));
  if (isNeverRead(target)) return `${path}: devices, files of the kernel and what lies in .git are not read`;
  return `${path}: leads to ${target}, outside of ${scope.name}; to lint it, name that file itself`;
}
