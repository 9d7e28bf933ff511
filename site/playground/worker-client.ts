/** The worker as the page sees it: it is started anew after it broke, or did not answer in time. */
import type { Method, Methods, Question, Reply } from './protocol.ts';

/** Something to be told to the user, in a full sentence. */
export class AnalysisError extends Error {
  override readonly name = 'AnalysisError';
}

interface Waiting {
  readonly question: Question;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
  /** Runs from when the worker has the question. */
  timer?: number;
}

export class WorkerClient {
  readonly #address: string;
  readonly #limit: number;
  #worker: Worker | undefined;
  #isReady = false;
  #waiting = new Map<number, Waiting>();
  #lastId = 0;

  /** @param limit milliseconds for an answer */
  constructor(address: string, limit: number) {
    this.#address = address;
    this.#limit = limit;
  }

  /** Begins to load the program. */
  start(): void {
    if (this.#worker) return;
    // The worker of a blob has the policy of this page, so that it can send nothing either.
    const script = new Blob([`import ${JSON.stringify(this.#address)};`], { type: 'text/javascript' });
    const url = URL.createObjectURL(script);
    const worker = new Worker(url, { type: 'module' });
    this.#worker = worker;
    worker.addEventListener('message', ({ data }: MessageEvent<Reply | 'ready'>) => {
      if (data !== 'ready') return this.#settle(data);
      URL.revokeObjectURL(url);
      this.#isReady = true;
      for (const waiting of this.#waiting.values()) this.#send(waiting);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      const what = this.#isReady ? 'The analysis broke off' : 'The analyzer could not be loaded';
      this.#stop(
        `${what}${event.message ? ` (${event.message})` : ''}. The text is still there: change it to try again.`,
      );
    });
  }

  /** Rejects with an {@link AnalysisError}. */
  ask<Name extends Method>(method: Name, input: Methods[Name]['input']): Promise<Methods[Name]['answer']> {
    this.start();
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { question: { id, method, input }, resolve, reject };
      this.#waiting.set(id, waiting);
      if (this.#isReady) this.#send(waiting);
    });
  }

  #send(waiting: Waiting): void {
    const tooLong = `The analysis took longer than ${this.#limit / 1000} s and was stopped. The text is still there: change it to try again.`;
    waiting.timer = window.setTimeout(() => {
      this.#stop(tooLong);
      this.start();
    }, this.#limit);
    this.#worker!.postMessage(waiting.question);
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    if (!waiting) return;
    this.#waiting.delete(reply.id);
    clearTimeout(waiting.timer);
    if ('error' in reply) waiting.reject(new AnalysisError(reply.error));
    else waiting.resolve(reply.answer as never);
  }

  /** All that was asked fails with the message. The next question starts the worker anew. */
  #stop(message: string): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#isReady = false;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject, timer } of waiting) {
      clearTimeout(timer);
      reject(new AnalysisError(message));
    }
  }
}
