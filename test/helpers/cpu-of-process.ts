import { readFileSync } from 'node:fs';

const ticksPerSecond = 100;

/**
 * Milliseconds of CPU time that another process has taken, so that a busy machine does not make it look stuck; undefined where the
 * system does not tell, or the process has ended.
 */
export function cpuOfProcess(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
  } catch {
    return undefined;
  }
}
