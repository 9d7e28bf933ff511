/** Runs the hooks of rules so that one that throws ends neither the run nor the other rules. */
import { withError, type Failure } from './failure.ts';
import type { Config } from '../syntax/config.ts';
import type { Place, Span } from '../text/source.ts';
import { headerOf, type Directive } from '../syntax/tree.ts';

/** One rule at work on one config. It is not called again once it has failed: what it holds may be half done. */
export interface RuleRun {
  readonly rule: { readonly id: string };
  hasFailed: boolean;
}

export interface Listener<Subject> {
  readonly run: RuleRun;
  readonly hook: (subject: Subject) => unknown;
}

interface FailedRules {
  readonly rules: string[];
  readonly error: unknown;
  readonly place: Place | undefined;
}

export class RuleGuard {
  readonly #config: Config;
  /** By what was thrown: what rules share throws one and the same error for each of them. */
  readonly #failed = new Map<unknown, FailedRules>();
  readonly #waiting: Promise<void>[] = [];

  constructor(config: Config) {
    this.#config = config;
  }

  get failures(): Failure[] {
    const { dialect, file } = this.#config;
    return [...this.#failed.values()].map(({ rules, error, place }) =>
      withError({ rules, file: place?.file ?? file.source, dialect, ...(place && { place }) }, error),
    );
  }

  call<Subject>(listeners: readonly Listener<Subject>[], subject: Subject): void {
    for (const { run, hook } of listeners) {
      if (run.hasFailed) continue;
      try {
        const returned = hook(subject);
        if (typeof returned === 'object' && returned !== null) this.#await(run, returned, subject);
      } catch (error) {
        this.fail(run, error, subject);
      }
    }
  }

  /** Ends when the hooks that return a promise have. */
  async settle(): Promise<void> {
    await Promise.all(this.#waiting.splice(0));
  }

  fail(run: RuleRun, error: unknown, subject?: unknown): void {
    if (run.hasFailed) return;
    run.hasFailed = true;
    const known = this.#failed.get(error);
    if (known) known.rules.push(run.rule.id);
    else this.#failed.set(error, { rules: [run.rule.id], error, place: placeOf(subject) });
  }

  #await(run: RuleRun, returned: object, subject: unknown): void {
    if (!('then' in returned)) return;
    this.#waiting.push(
      Promise.resolve(returned as PromiseLike<unknown>).then(
        () => undefined,
        (error: unknown) => this.fail(run, error, subject),
      ),
    );
  }
}

/** The parts of what hooks are given by which it can be placed. */
interface Placed extends Partial<Span> {
  readonly kind?: unknown;
  readonly file?: Place['file'];
  readonly open?: Span;
  readonly source?: Place['file'];
  readonly place?: Place;
  readonly directive?: Directive | undefined;
  readonly directives?: readonly Directive[];
  readonly virtualHost?: Placed | undefined;
}

/** Undefined for what has no place in the text. */
function placeOf(subject: unknown): Place | undefined {
  if (typeof subject !== 'object' || subject === null) return undefined;
  const { kind, file, start, end, open, source, place, directive, directives, virtualHost } = subject as Placed;
  if (kind === 'directive') return headerOf(subject as Directive);
  if (file && start !== undefined) return { file, start, end: open?.end ?? end ?? start };
  if (source) return { file: source, start: 0, end: 0 };
  if (place) return place;
  const written = directive ?? directives?.[0] ?? virtualHost?.directive;
  return written && headerOf(written);
}
