import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ChangedFile } from '../fix/passes.ts';
import { reasonOf } from './files.ts';
import { UsageError } from './usage-error.ts';

/**
 * Puts a new file in the place of the old one in one step, so that a server never reads half of it. Mode and owner stay;
 * a symbolic link stays, and the file that it leads to is replaced. Throws {@link UsageError} if that cannot be, or if
 * the file is not what was read.
 */
export function replaceFile({ path, before, text }: ChangedFile): void {
  let temporary: string | undefined;
  try {
    const target = realpathSync(path);
    if (!readFileSync(target).equals(Buffer.from(before))) {
      throw new UsageError(`${path}: not fixed: it is not UTF-8, or has changed meanwhile`);
    }
    const { mode, uid, gid } = statSync(target);
    const name = join(dirname(target), `.${basename(target)}.proxylint-${process.pid}`);
    const descriptor = openSync(name, 'wx', 0o600);
    temporary = name;
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    keepOwner(temporary, uid, gid);
    chmodSync(temporary, mode);
    renameSync(temporary, target);
    temporary = undefined;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path}: cannot be replaced: ${reasonOf(error)}`, { cause: error });
  } finally {
    if (temporary !== undefined) rmSync(temporary, { force: true });
  }
}

/** Only root may give a file away; for others it is theirs already, or stays theirs. */
function keepOwner(path: string, uid: number, gid: number): void {
  try {
    chownSync(path, uid, gid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}
