/** What `trace --check-files` asks of the files of this machine. */
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { FileKind } from '../../model/trace.ts';

export function kindOnDisk(path: string): FileKind {
  try {
    return statSync(path).isDirectory() ? 'directory' : 'file';
  } catch {
    return 'missing';
  }
}

/** Whether there are files of this name with extensions behind it. */
export function hasVariants(path: string): boolean {
  try {
    const beginning = `${basename(path)}.`;
    return readdirSync(dirname(path)).some((name) => name.startsWith(beginning));
  } catch {
    return false;
  }
}
