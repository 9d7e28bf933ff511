import { ConfigError } from '../config/types.ts';
import { messageOf, stackOf } from '../lint/failure.ts';
import { isDebugging, passOverStreamErrors, runtime, tell } from './output.ts';
import { lintDefaults } from './options.ts';
import { isPlain } from './plain.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

async function main(): Promise<void> {
  process.on('uncaughtException', stop);
  process.on('exit', refuseEarlyEnd);
  try {
    await run(process.argv.slice(2));
  } catch (error) {
    report(error);
  }
  process.off('exit', refuseEarlyEnd);
}

async function run(args: readonly string[]): Promise<void> {
  if (isPlain(args)) {
    const { lintCommand } = await import('./commands/lint.ts');
    process.exitCode = await lintCommand(args, lintDefaults);
    return;
  }
  passOverStreamErrors();
  const { createProgram } = await import('./program/program.ts');
  await createProgram().parseAsync();
}

function report(error: unknown): void {
  if (isOfCommander(error)) {
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

/** What it has to say it has said. Most runs do without the library. */
function isOfCommander(error: unknown): error is { readonly exitCode: number } {
  const { code, exitCode } = (error ?? {}) as { code?: unknown; exitCode?: unknown };
  return typeof code === 'string' && code.startsWith('commander.') && typeof exitCode === 'number';
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
