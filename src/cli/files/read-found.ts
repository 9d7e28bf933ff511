/** Reads files that were found, if they may be configs. */
import { closeSync, constants, lstatSync, openSync, statSync, type Stats } from 'node:fs';
import { isForeignName } from '../../servers/detection/names.ts';
import { limits, type Notice } from '../../text/budget.ts';
import { cacheMark } from '../lint/cache-name.ts';
import { readBounded } from './read-bounded.ts';
import { UsageError } from '../usage-error.ts';
import type { FoundEntry } from './walk-directory.ts';

export function tooLarge(most: number): string {
  return `it is too large for proxylint, which reads ${most >> 20} MB of a file`;
}

export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw new UsageError(`${path}: ${reasonOf(error)}`, { cause: error });
  }
}

export function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

type Unread = { readonly kind: Notice['kind']; readonly why: string };

/** Undefined for what is no regular file, binary, huge, gone, or of no name for a config and unreadable. */
export function readFound(
  { path, isFile }: FoundEntry,
  whyNot: (path: string) => string | undefined,
): string | Unread | undefined {
  let descriptor: number | undefined;
  try {
    // Opening a FIFO would wait for a writer.
    if (!isFile && !statSync(path).isFile()) return undefined;
    const outside = whyNot(path);
    if (outside !== undefined) return { kind: 'outside', why: outside };
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const isConfig = configName.test(path);
    const most = isConfig ? limits.fileBytes : limits.foundBytes;
    const text = readBounded(descriptor, most, mayBeInput);
    if (text === null) return undefined;
    return text ?? (isConfig ? { kind: 'limit', why: tooLarge(most) } : undefined);
  } catch (error) {
    // A key or a script may well be closed.
    return isGone(error) || isForeignName(path) ? undefined : { kind: 'denied', why: reasonOf(error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** By the beginning of a file. */
function mayBeInput(head: Buffer): boolean {
  return !head.includes(0) && head.toString('latin1', 0, cacheMark.length) !== cacheMark;
}

/** Also a link that leads to nothing, or in a circle. */
export function isGone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '');
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
    case 'ERR_INVALID_ARG_VALUE':
      return 'the name holds a null byte';
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

/** Larger files of other names are logs or data. */
const configName =
  /(?:^|\/)(?:\.htaccess|sites-(?:available|enabled)\/[^/.]+|[^/]+\.(?:conf|cfg|vhost|inc|load)(?:\.[^/.]+)?)$/;
