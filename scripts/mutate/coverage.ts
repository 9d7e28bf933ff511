/**
 * Which functions the suites call, and which of their blocks they reach. A mutation inside a block that a suite never reaches cannot change
 * its outcome. Within a suite only the groups that reach it are run: what an earlier group has left in a cache may make one more fail, so a
 * mutation that is not noticed may be one that the whole suite would notice, never the other way round.
 */
/** Of a function in the compiled text. */
export type Range = readonly [start: number, end: number];

/** What was called in a file since the coverage was taken last: in some tests or groups of them, or ('') when the suite was loaded. */
export interface Called {
  readonly groups: readonly string[];
  readonly file: string;
  /** The text itself is the first function. Blocks are those that were not reached. */
  readonly functions: readonly {
    readonly range: Range;
    readonly isCalled: boolean;
    readonly unreached: readonly Range[];
  }[];
}

export interface Counted {
  /** By file: the ranges of its functions. */
  readonly functions: Map<string, Map<string, Range>>;
  /** By suite and function, by the blocks that were not reached: the groups that call it so. */
  readonly groups: Map<string, Map<string, Map<string, string[]>>>;
}

function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

export class Coverage {
  counted: Counted = { functions: new Map(), groups: new Map() };

  add(suite: string, called: readonly Called[]): void {
    const ofSuite = new Map<string, Map<string, string[]>>();
    for (const { groups, file, functions } of called) {
      const known = entryOf(this.counted.functions, file, () => new Map<string, Range>());
      for (const { range, isCalled, unreached } of functions) {
        const key = `${file}:${range.join(':')}`;
        known.set(key, range);
        if (!isCalled) continue;
        const byBlocks = entryOf(ofSuite, key, () => new Map<string, string[]>());
        entryOf(byBlocks, unreached.map((block) => block.join('-')).join(' '), (): string[] => []).push(...groups);
      }
    }
    this.counted.groups.set(suite, ofSuite);
  }

  /** The groups of a suite that reach a place in the compiled text of a file. */
  groupsAt(suite: string, file: string, offset: number): readonly string[] {
    const byBlocks = this.counted.groups.get(suite)!.get(this.functionAt(file, offset)) ?? [];
    return [...byBlocks].flatMap(([unreached, groups]) => (holds(unreached, offset) ? [] : groups));
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

function holds(blocks: string, offset: number): boolean {
  return blocks.split(' ').some((block) => {
    const [start, end] = block.split('-').map(Number);
    return start! <= offset && offset < (end ?? 0);
  });
}
