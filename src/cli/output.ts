/** All that goes out: results on standard output or into a file, messages on standard error. */
import { writeFileSync } from 'node:fs';
import { disarmCommands, escapeControls } from '../formatters/escape.ts';
import { reasonOf } from './files.ts';
import { UsageError } from './usage-error.ts';

/** Says something on standard error, a line for each text; what they hold of file names, keys and errors is escaped. */
export function tell(...texts: readonly string[]): void {
  process.stderr.write(disarmCommands(texts.map((text) => `proxylint: ${escapeControls(text)}\n`).join('')));
}

/** How much a message names of what may be much. */
export const maxListed = 3;

/** The first few of them. */
export function listed(texts: readonly string[]): string {
  const rest = texts.length - maxListed;
  return texts.slice(0, maxListed).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/**
 * Prints a text as it is. Ends when it is written. A reader that leaves early, as `head` does, is content with what it has. Throws
 * {@link UsageError} if the text cannot be written.
 */
export async function print(text: string, stream: 'stdout' | 'stderr' = 'stdout'): Promise<void> {
  const error = await new Promise<NodeJS.ErrnoException | null | undefined>((resolve) => {
    process[stream].write(text, resolve);
  });
  if (!error || error.code === 'EPIPE') return;
  const name = stream === 'stdout' ? 'standard output' : 'standard error';
  throw new UsageError(`cannot write to ${name}: ${reasonOf(error)}`, { cause: error });
}

/** Prints a text, or writes it to the file of `--output-file`. Throws {@link UsageError}. */
export async function deliver(text: string, outputFile: string | undefined): Promise<void> {
  if (outputFile === undefined) return print(text);
  try {
    writeFileSync(outputFile, text);
  } catch (error) {
    throw new UsageError(`--output-file ${outputFile}: ${reasonOf(error)}`, { cause: error });
  }
}

/** `Node 22.1.0 on linux`, for reports of failures. */
export const runtime = `Node ${process.versions.node} on ${process.platform}`;

/** Whether to show the stacks of errors. */
export function isDebugging(): boolean {
  const { PROXYLINT_DEBUG } = process.env;
  return PROXYLINT_DEBUG !== undefined && PROXYLINT_DEBUG !== '' && PROXYLINT_DEBUG !== '0';
}
