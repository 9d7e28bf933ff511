/** Runs a worker, and begins anew behind an input on which it hangs or dies. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { cpuOfProcess } from '../helpers/cpu-of-process.ts';
import { readCorpus, type Corpus } from './corpus.ts';
import { generate } from './generate.ts';
import type { Failure, Message, Task } from './messages.ts';

/** Milliseconds of CPU time for one input; it includes making a failing one small. */
const patience = 60_000;

/** Milliseconds between notes of how far a run is. */
const tellEach = 300_000;

/** With small heaps, so that what is over the limit of memory is in use. */
const flags = ['--expose-gc', '--max-semi-space-size=8'];

/** Calls `onFailure` for each failure; returns the first index that was not looked at. */
export async function supervise(program: string, task: Task, onFailure: (failure: Failure) => void): Promise<number> {
  let corpus: Corpus | undefined;
  for (let from = task.from; ;) {
    const { next, died } = await runWorker(program, { ...task, from }, onFailure);
    if (died === undefined) {
      if (next >= task.to || Date.now() >= task.until) return next;
      from = next;
      continue;
    }
    corpus ??= readCorpus(task.folders, task.fixtures);
    const { kind, input } = generate(task.seed, next, corpus, task.kind);
    onFailure({ index: next, kind, signature: died, message: died, input });
    from = next + 1;
  }
}

interface End {
  readonly next: number;
  /** How the worker ended early, at the input `next`. */
  readonly died?: string;
}

async function runWorker(program: string, task: Task, onFailure: (failure: Failure) => void): Promise<End> {
  const child = spawn(process.execPath, [...flags, program, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (data: Buffer) => (errors = (errors + data.toString()).slice(-2000)));
  const watch = watchProgress(child, task);
  let next: number | undefined;
  for await (const line of createInterface(child.stdout)) {
    const message = JSON.parse(line) as Message;
    if (message.type === 'failure') onFailure(message.failure);
    else next = message.next;
  }
  clearInterval(watch.timer);
  if (next !== undefined) return { next };
  const died = watch.isStuck() ? `no end within ${patience / 1000} s` : `the process died: ${errors}`;
  return { next: progressOf(task), died };
}

function watchProgress(
  child: ChildProcess,
  task: Task,
): { readonly timer: NodeJS.Timeout; readonly isStuck: () => boolean } {
  let last = -1;
  let since = timeOf(child);
  let isStuck = false;
  let told = Date.now();
  const timer = setInterval(() => {
    const index = progressOf(task);
    if (Date.now() - told > tellEach) {
      told = Date.now();
      console.log(`at number ${index}`);
    }
    if (index !== last) {
      last = index;
      since = timeOf(child);
    } else if (timeOf(child) - since > patience) {
      isStuck = true;
      child.kill('SIGKILL');
    }
  }, 1000);
  return { timer, isStuck: () => isStuck };
}

function timeOf({ pid }: ChildProcess): number {
  return (pid === undefined ? undefined : cpuOfProcess(pid)) ?? Date.now();
}

function progressOf({ progress, from }: Task): number {
  try {
    return Number(readFileSync(progress, 'utf8') || from);
  } catch {
    return from;
  }
}
