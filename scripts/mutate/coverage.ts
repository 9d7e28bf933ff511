/**
 * Which functions the suites call. A mutation inside a function that a suite never calls cannot change its outcome. Within a suite only
 * the groups that call it are run: what an earlier group has left in a cache may make one more fail, so a mutation that is not noticed may
 * be one that the whole suite would notice, never the other way round.
 */
/** What was called in a file since the coverage was taken last: in some tests or groups of them, or ('') when the suite was loaded. */
export interface Called {
  readonly groups: readonly string[];
  readonly file: string;
  /** Of functions in the compiled text; the count of calls stands last. The text itself is the first function. */
  readonly ranges: readonly (readonly [start: number, end: number, count: number])[];
}

type Range = readonly [start: number, end: number];

export interface Counted {
  /** By file: the ranges of its functions. */
  readonly functions: Map<string, Map<string, Range>>;
  /** By suite and function: the groups that call it. */
  readonly groups: Map<string, Map<string, string[]>>;
}

export class Coverage {
  counted: Counted = { functions: new Map(), groups: new Map() };

  add(suite: string, called: readonly Called[]): void {
    const groups = new Map<string, string[]>();
    for (const { groups: titles, file, ranges } of called) {
      const known = this.counted.functions.get(file) ?? new Map<string, Range>();
      this.counted.functions.set(file, known);
      for (const [start, end, count] of ranges) {
        const key = `${file}:${start}:${end}`;
        known.set(key, [start, end]);
        if (count === 0) continue;
        const callers = groups.get(key);
        if (callers) callers.push(...titles);
        else groups.set(key, [...titles]);
      }
    }
    this.counted.groups.set(suite, groups);
  }

  /** The groups of a suite that call the function around a place in the compiled text of a file; undefined: none does. */
  groupsAt(suite: string, file: string, offset: number): readonly string[] | undefined {
    return this.counted.groups.get(suite)!.get(this.functionAt(file, offset));
  }

  private functionAt(file: string, offset: number): string {
    const around = [...(this.counted.functions.get(file) ?? [])].filter(
      ([, [start, end]]) => start <= offset && offset < end,
    );
    return around.reduce((best, next) => (next[1][1] - next[1][0] < best[1][1] - best[1][0] ? next : best), [
      '',
      [0, Infinity],
    ] as [string, Range])[0];
  }
}
