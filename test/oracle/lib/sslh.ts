/** Starts the installed sslh with a config. */
import { spawn, spawnSync } from 'node:child_process';

import { isBefore, parseVersion, type Version } from '../../../src/model/versions.ts';

/** Undefined where sslh is not installed. */
export function installedSslh(): Version | undefined {
  const { stdout, stderr, error } = spawnSync('sslh', ['-V'], { encoding: 'utf8' });
  return error ? undefined : parseVersion(/(\d+\.\d+(?:\.\d+)?)/.exec(stdout + stderr)?.[1] ?? '');
}

export interface StartedSslh {
  readonly pid: number;
  /** False: it has ended by itself, and `output` says why. */
  readonly runs: boolean;
  /** Of a program that has ended by itself. */
  readonly status: number | null;
  /** All up to now. */
  readonly output: string;
  ended(): boolean;
  stop(): void;
}

/** A process that ends takes them along. */
const running = new Set<number>();
process.once('exit', () => running.forEach(stopFamily));

/**
 * In the foreground; resolves as soon as it says that it runs, or has ended.
 *
 * @param settings.program another sslh than the installed one, of a newer release
 * @param settings.folder where it is started
 */
export function startSslh(
  path: string,
  { program, folder }: { readonly program?: string | undefined; readonly folder?: string } = {},
): Promise<StartedSslh> {
  return new Promise((resolve, reject) => {
    const words = ['-f', ...(program ? newerWords : verbose()), `-F${path}`];
    const server = spawn(program ?? 'sslh', words, {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      ...(folder && { cwd: folder }),
    });
    running.add(server.pid!);
    let output = '';
    let status: number | null = null;
    const settle = (runs: boolean): void => {
      const pid = server.pid!;
      resolve({
        pid,
        runs,
        status,
        get output() {
          return output;
        },
        ended: () => !running.has(pid),
        stop: () => stopFamily(pid),
      });
    };
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (/ started$/m.test(output)) settle(true);
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.on('error', reject);
    server.on('close', (code) => {
      status = code;
      running.delete(server.pid!);
      settle(false);
    });
  });
}

let version: Version | undefined;

/** Since 2.0 it must be told to say that it runs. */
const newerWords = ['--verbose-config=1'];

function verbose(): readonly string[] {
  version ??= installedSslh();
  return version && isBefore(version, '2.0') ? [] : newerWords;
}

/** It forks a process for each address, which would outlive it: they are one group. */
function stopFamily(parent: number): void {
  if (running.has(parent)) kill(-parent, 'SIGKILL');
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}
