/** Turns the arguments of the command line into texts to lint. */
import {
  closeSync,
  fstatSync,
  openSync,
  readdir,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
  type Stats,
} from 'node:fs';
import { relative } from 'node:path';
import { suggest } from '../text/suggest.ts';
import { commandNames } from './options.ts';
import { UsageError } from './usage-error.ts';

export interface Input {
  /** As it is reported: as given, or the given directory with the path in it. */
  readonly path: string;
  readonly text: string;
  /** Named on the command line, not found in a directory or by a glob. */
  readonly named: boolean;
  readonly isStdin?: true;
}

/** What was found in a directory and may not, or cannot, be read. */
export interface Unreadable {
  readonly path: string;
  readonly reason: string;
}

export interface Inputs {
  readonly inputs: readonly Input[];
  readonly unreadable: readonly Unreadable[];
}

const maxNamedSize = 64 * 1024 * 1024;
/** A larger file found in a directory is no config that someone wrote. */
const maxFoundSize = 4 * 1024 * 1024;

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

/** The inputs that the arguments stand for, in order, each file once. Throws {@link UsageError}. */
export async function collectInputs(paths: readonly string[], stdinName: string): Promise<Inputs> {
  if (paths.length === 0) return { inputs: installedConfigs(), unreadable: [] };
  const inputs = new Map<string, Input>();
  const unreadable = new Map<string, Unreadable>();
  for (const path of paths) {
    if (path === '') throw new UsageError('a path is empty; is a variable of the shell not set?');
    if (path === '-') inputs.set('-', { path: stdinName, text: readStdin(), named: true, isStdin: true });
    else {
      for (const input of await inputsOf(path, (file, error) =>
        unreadable.set(file, { path: file, reason: reasonOf(error) }),
      )) {
        const key = realpathSync(input.path);
        if (!inputs.has(key)) inputs.set(key, input);
      }
    }
  }
  return { inputs: [...inputs.values()], unreadable: [...unreadable.values()] };
}

function installedConfigs(): Input[] {
  const found = installed.filter((path) => statOf(path)?.isFile());
  if (found.length === 0) {
    throw new UsageError(
      'no path given, and no nginx, Apache or sslh config in the usual places; name a file or directory',
    );
  }
  return found.map((path) => ({ path, text: readNamed(path), named: false }));
}

function readStdin(): string {
  try {
    return readFileSync(0, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read standard input: ${reasonOf(error)}`, { cause: error });
  }
}

type OnUnreadable = (path: string, error: unknown) => void;

async function inputsOf(path: string, onUnreadable: OnUnreadable): Promise<Input[]> {
  const stats = statOf(path);
  if (stats?.isFile()) return [{ path, text: readNamed(path), named: true }];
  if (stats?.isDirectory()) return findFiles('**/*', path, onUnreadable);
  if (stats) throw new UsageError(`${path}: not a regular file or directory`);
  const { default: glob } = await import('fast-glob');
  if (!glob.isDynamicPattern(path)) {
    const command = suggest(path, commandNames);
    const hint = command === undefined ? '' : `; did you mean the command "${command}"?`;
    throw new UsageError(`${path}: no such file or directory${hint}`);
  }
  const found = await findFiles(path, '.', onUnreadable);
  if (found.length === 0) throw new UsageError(`${path}: no file matches`);
  return found;
}

/** The text files that match, sorted by path. Symbolic links are followed to files, not to directories. */
async function findFiles(pattern: string, cwd: string, onUnreadable: OnUnreadable): Promise<Input[]> {
  const { default: glob } = await import('fast-glob');
  const paths = await glob(pattern, {
    cwd,
    dot: true,
    followSymbolicLinks: false,
    onlyFiles: false,
    suppressErrors: true,
    fs: { readdir: readdirWith(onUnreadable) },
    ignore: ['**/.git/**', '**/node_modules/**', `**/${temporaryPrefix}*`],
  });
  const inputs: Input[] = [];
  for (const relative of paths.sort()) {
    const path = cwd === '.' ? relative : `${cwd.replace(/\/+$/, '')}/${relative}`;
    const text = readFound(path, onUnreadable);
    if (text !== undefined) inputs.push({ path, text, named: false });
  }
  return inputs;
}

/** The search passes over a directory that cannot be read; this says so. */
function readdirWith(onUnreadable: OnUnreadable): typeof readdir {
  const listed = (path: string, options: { withFileTypes: true }, done: Parameters<typeof readdir>[2]): void =>
    readdir(path, options, (error, entries) => {
      if (error) onUnreadable(relative('', path) || '.', error);
      (done as (error: unknown, entries: unknown) => void)(error, entries);
    });
  return listed as unknown as typeof readdir;
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw new UsageError(`${path}: ${reasonOf(error)}`, { cause: error });
  }
}

function readNamed(path: string): string {
  try {
    if (statSync(path).size <= maxNamedSize) return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path}: ${reasonOf(error)}`, { cause: error });
  }
  throw new UsageError(`${path}: larger than ${maxNamedSize >> 20} MB`);
}

/** Undefined for what is no regular file, binary, huge, gone or unreadable. */
function readFound(path: string, onUnreadable: OnUnreadable): string | undefined {
  let descriptor: number | undefined;
  try {
    // Opening a FIFO would wait for a writer.
    if (!statSync(path).isFile()) return undefined;
    descriptor = openSync(path, 'r');
    if (fstatSync(descriptor).size > maxFoundSize) return undefined;
    const head = Buffer.alloc(4096);
    const length = readSync(descriptor, head, 0, head.length, 0);
    if (head.subarray(0, length).includes(0)) return undefined;
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? ''))
      onUnreadable(path, error);
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

const temporaryPrefix = '.proxylint-new-';

/** The name of a file that is to replace another one. One that a killed run left behind is no input. */
export function temporaryName(): string {
  return `${temporaryPrefix}${process.pid}-${Date.now().toString(36)}`;
}

/** What went wrong with a file, without node's error code and stack. */
export function reasonOf(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'no such file or directory';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'EISDIR':
      return 'is a directory';
    case 'ELOOP':
      return 'too many levels of symbolic links';
    case 'ENAMETOOLONG':
      return 'the name is too long';
    case 'ENOSPC':
      return 'no space left on the device';
    case 'EDQUOT':
      return 'the quota of disk space is used up';
    case 'EROFS':
      return 'the file system is read-only';
    default:
      return error instanceof Error ? error.message.split('\n')[0]! : String(error);
  }
}
