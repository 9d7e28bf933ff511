import { CommanderError } from 'commander';
import { ConfigError } from '../config/types.ts';
import { createProgram } from './program.ts';
import { UsageError } from './usage-error.ts';

async function main(): Promise<void> {
  // The reader of a pipe may leave early, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));
  try {
    await createProgram().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    const isKnown = error instanceof UsageError || error instanceof ConfigError;
    const message = isKnown ? error.message : `internal error: ${String(error)}`;
    process.stderr.write(`proxylint: ${message}\n`);
    process.exitCode = 2;
  }
}

void main();
