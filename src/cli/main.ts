import { CommanderError } from 'commander';
import { ConfigError } from '../config/types.ts';
import { messageOf, stackOf } from '../lint/failure.ts';
import { isDebugging, runtime, tell } from './output.ts';
import { createProgram } from './program.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

async function main(): Promise<void> {
  // Errors of writing are told to who writes; without a listener they would end the process.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  process.on('uncaughtException', stop);
  process.on('exit', refuseEarlyEnd);
  try {
    await createProgram().parseAsync();
  } catch (error) {
    report(error);
  }
  process.off('exit', refuseEarlyEnd);
}

function report(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    return;
  }
  process.exitCode = 2;
  if (error instanceof ConfigError) tell(...error.lines);
  else if (error instanceof UsageError) tell(error.message);
  else {
    tell(
      `internal error: ${messageOf(error)}`,
      `please report it at https://github.com/proxylint/proxylint/issues, with this: proxylint ${version}, ${runtime}; PROXYLINT_DEBUG=1 shows where it happened`,
    );
  }
  if (isDebugging()) tell(...(stackOf(error) ?? '').split('\n'));
}

/** For what plugins leave behind: an error in a timer, a rejected promise that nothing waits for. */
function stop(error: unknown): void {
  report(error);
  process.off('exit', refuseEarlyEnd);
  process.exit();
}

/** Node ends, content, when a promise that is waited for can never be settled. */
function refuseEarlyEnd(): void {
  tell('ended before all was checked: a rule of a plugin waits for something that never comes');
  process.exitCode = 2;
}

void main();
