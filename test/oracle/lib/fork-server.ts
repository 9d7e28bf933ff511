/** Speaks with a server that stopped in front of its config: see `shim/oracle.c`. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';

export interface Answer {
  /** Exit status; 128 and the signal's number for one that was killed. */
  readonly status: number;
  readonly output: string;
}

export class ForkServer {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];
  #received: Buffer = Buffer.alloc(0);
  #errors = '';

  constructor(command: string, args: readonly string[], environment: Readonly<Record<string, string>>) {
    this.#child = spawn(command, args, { env: { ...process.env, ...environment }, stdio: 'pipe' });
    this.#child.stdout.on('data', (chunk: Buffer) => this.#receive(chunk));
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#errors += text));
    this.#child.stdin.on('error', () => {});
    this.#child.on('exit', () => {
      const error = new Error(`${command} ended before it was asked: ${this.#errors}`);
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    });
    this.#child.unref();
  }

  ask(path: string, includeFolder: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#child.stdin.write(`${path}\t${includeFolder}\n`);
    });
  }

  close(): void {
    this.#child.stdin.end();
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (;;) {
      const end = this.#received.indexOf(10);
      if (end === -1) return;
      const [status, length] = this.#received.toString('latin1', 0, end).split(' ').map(Number) as [number, number];
      const start = end + 1;
      if (this.#received.length < start + length) return;
      const output = this.#received.toString('utf8', start, start + length);
      this.#received = this.#received.subarray(start + length);
      this.#waiting.shift()?.resolve({ status, output });
    }
  }
}
