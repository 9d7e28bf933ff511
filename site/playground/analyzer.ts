/** Has the text analyzed, again after each change, and knows the last answer. */
import type { Analysis, Input } from './protocol.ts';
import type { WorkerClient } from './worker-client.ts';

export interface AnalyzerEvents {
  readonly onAnalysis: (analysis: Analysis) => void;
  readonly onFailure: (error: unknown) => void;
  /** After both. */
  readonly onEnd: () => Promise<void>;
}

export class Analyzer {
  readonly #client: WorkerClient;
  readonly #inputNow: () => Input;
  readonly #events: AnalyzerEvents;
  #isRunning = false;
  #isStale = false;
  #hasFailed = false;
  /** What was analyzed last, and of what. */
  last: { readonly input: Input; readonly analysis: Analysis } | undefined;

  constructor(client: WorkerClient, inputNow: () => Input, events: AnalyzerEvents) {
    this.#client = client;
    this.#inputNow = inputNow;
    this.#events = events;
  }

  /** There is no analysis of the text, for a reason that was told. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** One at a time: what changes meanwhile is looked at afterwards. */
  async analyze(): Promise<void> {
    if (this.#isRunning) {
      this.#isStale = true;
      return;
    }
    this.#isRunning = true;
    do {
      this.#isStale = false;
      await this.#analyzeOnce(this.#inputNow());
    } while (this.#isStale);
    this.#isRunning = false;
  }

  async #analyzeOnce(input: Input): Promise<void> {
    try {
      const analysis = await this.#client.ask('analyze', input);
      // What was typed meanwhile is looked at by itself: the places would be wrong.
      if (this.#inputNow().text !== input.text) return void (this.#isStale = true);
      this.last = { input, analysis };
      this.#events.onAnalysis(analysis);
      this.#hasFailed = false;
    } catch (error) {
      this.#hasFailed = true;
      this.#events.onFailure(error);
    }
    await this.#events.onEnd();
  }
}
