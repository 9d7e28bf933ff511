import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const chunk = 64 * 1024;

/** The text behind a descriptor, from where it stands to the end; undefined where there are more bytes than `most`. */
export function readBounded(descriptor: number, most: number): string | undefined {
  const expected = fstatSync(descriptor).size;
  if (expected > most) return undefined;
  // One byte more shows whether a file that says nothing about its size, or has grown, goes on.
  let buffer = Buffer.allocUnsafe(Math.min(Math.max(expected, chunk), most) + 1);
  let length = 0;
  for (;;) {
    const count = readSome(descriptor, buffer, length);
    if (count === 0) return buffer.toString('utf8', 0, length);
    length += count;
    if (length > most) return undefined;
    if (length === buffer.length) {
      const larger = Buffer.allocUnsafe(Math.min(buffer.length * 2, most + 1));
      buffer.copy(larger);
      buffer = larger;
    }
  }
}

/** The text of a file; undefined where it is too large. Throws as `openSync` does. */
export function readFileBounded(path: string, most: number): string | undefined {
  const descriptor = openSync(path, 'r');
  try {
    return readBounded(descriptor, most);
  } finally {
    closeSync(descriptor);
  }
}

/** Waits for the writer of a pipe that another process has set not to wait. */
function readSome(descriptor: number, buffer: Buffer, offset: number): number {
  for (;;) {
    try {
      return readSync(descriptor, buffer, offset, buffer.length - offset, null);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
