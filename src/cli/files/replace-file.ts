/** Puts a new file in the place of an old one. */
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { ChangedFile } from '../../fix/passes.ts';
import { reasonOf } from './read-found.ts';
import { tell } from '../output.ts';
import { temporaryName } from './temporary-name.ts';
import { UsageError } from '../usage-error.ts';

/** What is done to a file, for messages. */
export type Change = 'fixed' | 'formatted';

/**
 * Why a file that was read as `text` cannot be replaced without loss, a clause; undefined if it can. Tells what
 * {@link replaceFile} would run into, before anything is written.
 */
export function whyNotReplaced(path: string, text: string): string | undefined {
  try {
    const target = realpathSync(path);
    if (!readFileSync(target).equals(Buffer.from(text))) return 'it is not UTF-8, or has changed meanwhile';
    const stats = statSync(target);
    if (stats.nlink > 1) return `it has ${stats.nlink} hard links, of which one would get the new text`;
    // Root may write anything, but who takes away all rights to write means it.
    if (!(stats.mode & 0o222) || !mayWrite(target)) return 'no permission to write';
    if (!mayWrite(dirname(target))) return `no permission to write in its directory, where it is replaced in one step`;
    return canGiveTo(stats) ? undefined : 'it belongs to somebody else, and would belong to you';
  } catch (error) {
    return reasonOf(error);
  }
}

/**
 * Replaces a file in one step, so that a server never reads half of it. Mode, owner and attributes stay; a symbolic link
 * stays, and the file that it leads to is replaced. Throws {@link UsageError} if that cannot be, or if the file is not
 * what was read; the old file is there then.
 */
export function replaceFile({ path, before, text }: ChangedFile, what: Change = 'fixed'): void {
  let temporary: string | undefined;
  try {
    const target = realpathSync(path);
    const name = join(dirname(target), temporaryName());
    const descriptor = openSync(name, 'wx', 0o600);
    temporary = name;
    try {
      writeFileSync(descriptor, text);
      keepAttributes(target, name);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    const reason = whyNotReplaced(target, before);
    if (reason !== undefined) throw new UsageError(`${path}: not ${what}: ${reason}`);
    renameSync(name, target);
    temporary = undefined;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path}: not ${what}: it cannot be replaced: ${reasonOf(error)}`, { cause: error });
  } finally {
    if (temporary !== undefined) rmSync(temporary, { force: true });
  }
}

/** False, and said on standard error, if the file could not be replaced: the other files are still written. */
export function tryToReplace(file: ChangedFile, what: Change = 'fixed'): boolean {
  try {
    replaceFile(file, what);
    return true;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    tell(error.message);
    return false;
  }
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Only root may give a file away, others to a group of theirs. */
function canGiveTo({ uid, gid }: Stats): boolean {
  const own = process.geteuid?.();
  if (own === undefined || own === 0) return true;
  return own === uid && (process.getegid!() === gid || process.getgroups!().includes(gid));
}

/** Access lists and extended attributes are beyond node: `cp` of GNU keeps them, where there is one. */
function keepAttributes(from: string, to: string): void {
  const { mode, uid, gid } = statSync(from);
  if (process.platform === 'linux')
    spawnSync('cp', ['--attributes-only', '--preserve=mode,ownership,context,xattr', '--', from, to], {
      stdio: 'ignore',
    });
  if (process.platform !== 'win32') chownSync(to, uid, gid);
  chmodSync(to, mode);
}
