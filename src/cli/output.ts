/** All that goes out: results on standard output or into a file, messages on standard error. */
import { fstatSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { disarmCommands, escapeControls } from '../formatters/escape.ts';
import { reasonOf } from './files/read-found.ts';
import { UsageError } from './usage-error.ts';

/** Says something on standard error, a line for each text; what they hold of file names, keys and errors is escaped. */
export function tell(...texts: readonly string[]): void {
  // Where nobody listens, there is nobody to tell.
  write(2, disarmCommands(texts.map((text) => `proxylint: ${escapeControls(text)}\n`).join('')));
}

/**
 * Writes all of a text, in the order of the calls; gives what went wrong. Not by the streams of `process`: loading them takes longer than a small run.
 */
function write(descriptor: 1 | 2, text: string): NodeJS.ErrnoException | undefined {
  let bytes: Uint8Array = Buffer.from(text);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(descriptor, bytes));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return error as NodeJS.ErrnoException;
      // A pipe that another process has set not to wait is full.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
  return undefined;
}

/** For those who write by the streams of `process`: without a listener an error of writing would end the program. */
export function passOverStreamErrors(): void {
  for (const stream of [process.stdout, process.stderr]) {
    if (stream.listenerCount('error') === 0) stream.on('error', () => {});
  }
}

/** Whether standard output is one. */
export function isTerminal(): boolean {
  try {
    const stats = fstatSync(1);
    // Only what may be one is asked, as that loads the streams.
    if (process.platform !== 'win32' && (!stats.isCharacterDevice() || stats.rdev === statSync('/dev/null').rdev))
      return false;
  } catch {
    return false;
  }
  return process.stdout.isTTY;
}

/** Columns of the terminal on standard output; undefined where that is none. */
export function terminalWidth(): number | undefined {
  return isTerminal() ? process.stdout.columns : undefined;
}

/** How much a message names of what may be much. */
export const maxListed = 3;

/** The first few of them. */
export function listed(texts: readonly string[]): string {
  const rest = texts.length - maxListed;
  return texts.slice(0, maxListed).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/**
 * Prints a text as it is. A reader that leaves early, as `head` does, is content with what it has. Throws
 * {@link UsageError} if the text cannot be written.
 */
export function print(text: string, stream: 'stdout' | 'stderr' = 'stdout'): void {
  const error = write(stream === 'stdout' ? 1 : 2, text);
  if (!error || error.code === 'EPIPE') return;
  const name = stream === 'stdout' ? 'standard output' : 'standard error';
  throw new UsageError(`cannot write to ${name}: ${reasonOf(error)}`, { cause: error });
}

/** Prints a text, or writes it to the file that an option names. Throws {@link UsageError}. */
export function deliver(text: string, outputFile: string | undefined, option = '--output-file'): void {
  if (outputFile === undefined) return print(text);
  try {
    writeFileSync(outputFile, text);
  } catch (error) {
    throw new UsageError(`${option} ${outputFile}: ${reasonOf(error)}`, { cause: error });
  }
}

/** `Node 22.1.0 on linux`, for reports of failures. */
export const runtime = `Node ${process.versions.node} on ${process.platform}`;

/** Whether to show the stacks of errors. */
export function isDebugging(): boolean {
  const { PROXYLINT_DEBUG } = process.env;
  return PROXYLINT_DEBUG !== undefined && PROXYLINT_DEBUG !== '' && PROXYLINT_DEBUG !== '0';
}
