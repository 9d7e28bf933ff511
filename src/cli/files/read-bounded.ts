import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const chunk = 64 * 1024;
const headLength = 4096;
let shared: Buffer | undefined;

/** The text behind a descriptor, from where it stands to the end; undefined where there are more bytes than `most`. */
export function readBounded(descriptor: number, most: number): string | undefined;
/** `isWanted` is shown the first bytes; null where it says no. */
export function readBounded(
  descriptor: number,
  most: number,
  isWanted: (head: Buffer) => boolean,
): string | null | undefined;
export function readBounded(
  descriptor: number,
  most: number,
  isWanted?: (head: Buffer) => boolean,
): string | null | undefined {
  const stats = fstatSync(descriptor);
  const expected = stats.size;
  // Most files are small, and there are many.
  shared ??= Buffer.allocUnsafeSlow(chunk + 1);
  let buffer = shared;
  let length = 0;
  for (;;) {
    const count = readSome(descriptor, buffer, length);
    if (isWanted && length < headLength && !isWanted(buffer.subarray(0, Math.min(length + count, headLength))))
      return null;
    length += count;
    if (Math.max(length, expected) > most) return undefined;
    // Files of the kernel say that they are empty, whatever is in them.
    if (count === 0 || (length === expected && stats.isFile())) return buffer.toString('utf8', 0, length);
    if (length === buffer.length) {
      // One byte more shows whether a file that has grown goes on.
      const larger = Buffer.allocUnsafe(Math.min(Math.max(buffer.length * 2, expected + 1), most + 1));
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
