import { Session, type Profiler } from 'node:inspector';
import { fileURLToPath } from 'node:url';
import { relative } from 'node:path';
import { promisify } from 'node:util';

export interface FunctionSteps {
  /** Its name and file. */
  readonly name: string;
  readonly steps: number;
}

/**
 * Counts the blocks of code (bodies of functions, branches, loops) that V8 enters, by its precise coverage: the same number in every
 * run, however busy the machine is. What happens inside one call of a built-in function counts as nothing.
 */
export class StepCounter {
  readonly #session = new Session();

  constructor() {
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  async count(run: () => Promise<void>): Promise<Steps> {
    // Taking the counts sets them to zero.
    await this.#take();
    await run();
    return new Steps(await this.#take());
  }

  stop(): void {
    this.#session.disconnect();
  }

  async #take(): Promise<readonly Profiler.ScriptCoverage[]> {
    const take = promisify<Profiler.TakePreciseCoverageReturnType>((done) =>
      this.#session.post('Profiler.takePreciseCoverage', done),
    );
    return (await take()).result.filter(({ url }) => url.startsWith('file:'));
  }
}

class Steps {
  readonly total: number;
  readonly #byFunction = new Map<string, number>();

  constructor(scripts: readonly Profiler.ScriptCoverage[]) {
    let total = 0;
    for (const { url, functions } of scripts) {
      for (const { functionName, ranges } of functions) {
        const steps = ranges.reduce((sum, range) => sum + range.count, 0);
        if (steps === 0) continue;
        total += steps;
        const name = `${functionName || 'anonymous function'} (${relative(process.cwd(), fileURLToPath(url))})`;
        this.#byFunction.set(name, (this.#byFunction.get(name) ?? 0) + steps);
      }
    }
    this.total = total;
  }

  /** The functions that take more than so many times their steps in `smaller`, those with the most steps too many first. */
  beyond(smaller: Steps, times: number): FunctionSteps[] {
    return [...this.#byFunction]
      .map(([name, steps]) => ({ name, steps: steps - times * (smaller.#byFunction.get(name) ?? 0) }))
      .filter(({ steps }) => steps > 0)
      .toSorted((a, b) => b.steps - a.steps)
      .slice(0, 3);
  }
}
