/** Decides for each file that has a fix whether it may be written, before anything is. */
import type { Input } from '../files/find-inputs.ts';
import type { NamedPaths } from '../files/named-paths.ts';
import { tell } from '../output.ts';
import { canonical } from '../files/real-path.ts';
import { whyNotReplaced, type Change } from '../files/replace-file.ts';

interface Decision {
  readonly path: string;
  readonly refusal: string | undefined;
  /** It is named, but cannot be written. */
  readonly failed: boolean;
}

export class WriteGate {
  readonly #named: NamedPaths;
  readonly #stdin: Input | undefined;
  readonly #what: Change;
  readonly #decisions = new Map<string, Decision>();

  /** @param what is done to the files, for messages */
  constructor(named: NamedPaths, stdin: Input | undefined, what: Change = 'fixed') {
    this.#named = named;
    this.#stdin = stdin;
    this.#what = what;
  }

  /** The file as it was read; asked before its first fix. */
  mayEdit({ path, text }: { readonly path: string; readonly text: string }): boolean {
    if (path === this.#stdin?.path) return true;
    const key = canonical(path);
    let decision = this.#decisions.get(key);
    if (!decision) this.#decisions.set(key, (decision = this.#decide(path, text)));
    return decision.refusal === undefined;
  }

  get failed(): boolean {
    return [...this.#decisions.values()].some(({ failed }) => failed);
  }

  /** Names the files that stay as they are, on standard error. */
  tell(): void {
    for (const { path, refusal } of this.#decisions.values()) {
      if (refusal !== undefined) tell(`${path}: not ${this.#what}: ${refusal}`);
    }
  }

  #decide(path: string, text: string): Decision {
    const refusal = this.#named.refusal(path);
    if (refusal !== undefined) return { path, refusal, failed: false };
    const reason = whyNotReplaced(path, text);
    return { path, refusal: reason, failed: reason !== undefined };
  }
}
