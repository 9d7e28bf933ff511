/** Work that changes ask for, done when they have stopped for a moment: many changes are one piece of work. */

/** Shorter than people notice, longer than the time between two keys of who types fast. */
const shortest = 60;
const longest = 1000;

export class Schedule {
  readonly #run: (key: string) => Promise<void>;
  readonly #waiting = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isRunning = false;
  /** How long a piece of work took of late, in milliseconds. */
  #took = 0;

  /** @param run must not throw */
  constructor(run: (key: string) => Promise<void>) {
    this.#run = run;
  }

  /** Asks for a piece of work; one that waits already is not done twice. */
  add(key: string): void {
    this.#waiting.add(key);
    this.#wait();
  }

  drop(key: string): void {
    this.#waiting.delete(key);
  }

  stop(): void {
    this.#waiting.clear();
    clearTimeout(this.#timer);
  }

  get isIdle(): boolean {
    return !this.#isRunning && this.#waiting.size === 0;
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#work(), Math.min(Math.max(shortest, this.#took / 2), longest));
  }

  async #work(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    const batch = [...this.#waiting];
    for (const key of batch) {
      if (!this.#waiting.delete(key)) continue;
      const start = performance.now();
      await this.#run(key);
      this.#took = performance.now() - start;
      // What the editor has sent in the meantime comes first: the rest may be out of date.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#isRunning = false;
    if (this.#waiting.size > 0) this.#wait();
  }
}
