/** Runs git. */
import { spawnSync } from 'node:child_process';
import { UsageError } from '../usage-error.ts';

/** What git writes. No program that the config of the repository names is run. Throws {@link UsageError}, which begins with `option`. */
export function runGit(option: string, args: readonly string[], input = ''): Buffer {
  const settings = ['-c', 'core.quotePath=false', '-c', 'core.fsmonitor=false'];
  const { status, stdout, error } = spawnSync('git', [...settings, ...args], {
    input,
    maxBuffer: 2 ** 30,
  });
  if (error) throw new UsageError(`${option}: git cannot be run`, { cause: error });
  if (status !== 0)
    throw new UsageError(`${option}: no such revision of a git repository around the working directory`);
  return stdout;
}
