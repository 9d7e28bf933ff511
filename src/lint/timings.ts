/** What takes the time of a run, by phase and by rule. What is done in the midst of something else counts for itself alone. */
import type { Check, Visitor } from '../rules/define-rule.ts';

export type Phase = 'start' | 'find files' | 'read' | 'link' | 'model' | 'rules' | 'print';

interface Spent {
  milliseconds: number;
  calls: number;
}

/** Milliseconds. */
export interface TimingsReport {
  readonly total: number;
  /** In the order in which they begin; `rules` is what the rules take together. */
  readonly phases: readonly { readonly phase: Phase; readonly milliseconds: number }[];
  /** The dearest first. */
  readonly rules: readonly { readonly rule: string; readonly milliseconds: number; readonly calls: number }[];
}

type AnyVisitor = Visitor & Readonly<Record<string, unknown>>;

export class Timings {
  readonly #phases = new Map<Phase, Spent>();
  readonly #rules = new Map<string, Spent>();
  /** What is at work, each in the midst of the one before. */
  readonly #stack: Spent[] = [];
  readonly #began = performance.now();
  #since = this.#began;

  /** Loading the program comes first. */
  constructor() {
    this.#phases.set('start', { milliseconds: this.#began, calls: 1 });
  }

  phase<Result>(phase: Phase, work: () => Result): Result {
    return this.#measure(spentOn(this.#phases, phase), work);
  }

  /** The check of a rule, whose hooks are measured. */
  check<Messages extends Readonly<Record<string, string>>, Options>(
    rule: string,
    check: Check<Messages, Options>,
  ): Check<Messages, Options> {
    const spent = spentOn(this.#rules, rule);
    return (context) =>
      this.#visitor(
        spent,
        this.#measure(spent, () => check(context)),
      );
  }

  report(): TimingsReport {
    const rules = [...this.#rules].map(([rule, spent]) => ({ rule, ...spent }));
    const ofRules = rules.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    const phases = [...this.#phases].map(([phase, { milliseconds }]) => {
      return { phase, milliseconds: phase === 'rules' ? milliseconds + ofRules : milliseconds };
    });
    return { total: performance.now(), phases, rules: rules.sort((a, b) => b.milliseconds - a.milliseconds) };
  }

  #visitor(spent: Spent, visitor: Visitor): Visitor {
    const { directives, ...hooks } = visitor as AnyVisitor;
    const timed = (hook: unknown): unknown =>
      typeof hook === 'function' ? (...args: unknown[]) => this.#measure(spent, () => hook(...args) as unknown) : hook;
    const all = (record: object): object =>
      Object.fromEntries(Object.entries(record).map(([name, hook]) => [name, timed(hook)]));
    return { ...all(hooks), ...(directives && { directives: all(directives) }) } as Visitor;
  }

  #measure<Result>(spent: Spent, work: () => Result): Result {
    this.#enter(spent);
    let result: Result | undefined;
    try {
      return (result = work());
    } finally {
      // What waits holds the time until it is settled: one config is linted after the other.
      if (result instanceof Promise) void result.then(this.#leave, this.#leave);
      else this.#leave();
    }
  }

  #enter(spent: Spent): void {
    this.#take();
    spent.calls++;
    this.#stack.push(spent);
  }

  readonly #leave = (): void => {
    this.#take();
    this.#stack.pop();
  };

  /** What has passed since counts for what is at work. */
  #take(): void {
    const now = performance.now();
    const current = this.#stack.at(-1);
    if (current) current.milliseconds += now - this.#since;
    this.#since = now;
  }
}

function spentOn<Key>(all: Map<Key, Spent>, key: Key): Spent {
  let spent = all.get(key);
  if (!spent) all.set(key, (spent = { milliseconds: 0, calls: 0 }));
  return spent;
}
