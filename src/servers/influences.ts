import { wordsOf } from '../text/words.ts';

/** How a directive acts on what a tracer tells: it is followed, has no influence, or acts, untraced, at a stage of the server. */
export type Influence<Stage extends string> = 'traced' | 'none' | Stage;

/** The lists in which a tracer names the directives of its server. */
export interface InfluenceLists<Stage extends string> {
  readonly traced: string;
  readonly none: readonly string[];
  readonly undecided: Readonly<Record<Stage, string>>;
}

/** Finds the influence of a directive; the lists are taken apart when the first one is asked for. */
export class Influences<Stage extends string> {
  readonly #lists: InfluenceLists<Stage>;
  #table: ReadonlyMap<string, Influence<Stage>> | undefined;

  constructor(lists: InfluenceLists<Stage>) {
    this.#lists = lists;
  }

  /** Undefined for a name that no list has. */
  of(key: string): Influence<Stage> | undefined {
    return (this.#table ??= new Map(this.#rows())).get(key);
  }

  /** All names, in the order of the lists. */
  names(): string[] {
    return this.#rows().map(([name]) => name);
  }

  #rows(): (readonly [string, Influence<Stage>])[] {
    const { traced, none, undecided } = this.#lists;
    const all: (readonly [Influence<Stage>, string])[] = [
      ['traced', traced],
      ...none.map((names) => ['none', names] as const),
      ...(Object.entries(undecided) as [Stage, string][]),
    ];
    return all.flatMap(([how, names]) => wordsOf(names).map((name) => [name, how] as const));
  }
}
