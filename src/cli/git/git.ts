/** Runs git. */
import { spawnSync } from 'node:child_process';
import { reasonOf } from '../files/read-found.ts';
import { UsageError } from '../usage-error.ts';

/** What git writes. No program that the config of the repository names is run. Throws {@link UsageError}, which begins with `option`. */
export function runGit(option: string, args: readonly string[], input = ''): Buffer {
  const settings = ['-c', 'core.quotePath=false', '-c', 'core.fsmonitor=false'];
  const { status, stdout, stderr, error } = spawnSync('git', [...settings, ...args], {
    input,
    maxBuffer: 2 ** 30,
  });
  if (error) throw new UsageError(`${option}: ${whyNotRun(error)}`, { cause: error });
  if (status !== 0) throw new UsageError(`${option}: ${complaintOf(stderr.toString())}`);
  return stdout;
}

function whyNotRun(error: Error): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'git cannot be run: it is not installed, or not in PATH';
    case 'ENOBUFS':
      return 'git has more to say than proxylint reads (1 GB)';
    default:
      return `git cannot be run: ${reasonOf(error)}`;
  }
}

/** `rev-parse --verify --quiet` says nothing of a revision that is not there. */
function complaintOf(stderr: string): string {
  const line = stderr.split('\n').find((text) => text.trim() !== '');
  return line === undefined ? 'no such revision in this repository' : `git says: ${line.replace(/^fatal: /, '')}`;
}
