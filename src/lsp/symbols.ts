/** The names of a config: where each is defined and used. */
import type { Config } from '../syntax/config.ts';
import { groupBy } from '../text/group-by.ts';
import type { SourceFile } from '../text/source.ts';
import { languageOf } from './languages/index.ts';
import type { Occurrence } from './occurrence.ts';

export class Symbols {
  readonly #byThing: ReadonlyMap<string, readonly Occurrence[]>;
  readonly #byFile: ReadonlyMap<SourceFile, readonly Occurrence[]>;

  constructor(occurrences: Iterable<Occurrence>) {
    const all = [...occurrences];
    this.#byThing = groupBy(all, thingOf);
    this.#byFile = groupBy(all, ({ place }) => place.file);
  }

  /** What is named at an offset of a file. */
  at(file: SourceFile, offset: number): Occurrence | undefined {
    return this.#byFile.get(file)?.find(({ place }) => place.start <= offset && offset <= place.end);
  }

  /** All of the same thing, each place of the text once. */
  sameAs(occurrence: Pick<Occurrence, 'kind' | 'key'>): readonly Occurrence[] {
    const seen = new Set<string>();
    return (this.#byThing.get(thingOf(occurrence)) ?? []).filter(({ place }) => {
      const key = `${place.file.path}\0${place.file.outer?.offset ?? 0}\0${place.start}`;
      return !seen.has(key) && seen.add(key);
    });
  }

  /** The things of a kind that are defined, one occurrence each. */
  definedOf(kind: string): readonly Occurrence[] {
    return [...this.#byThing.values()].flatMap((list) => {
      const definition = list[0]?.kind === kind ? list.find(({ isDefinition }) => isDefinition) : undefined;
      return definition ?? [];
    });
  }
}

const known = new WeakMap<Config, Symbols>();

/** Read once a config. */
export function symbolsOf(config: Config): Symbols {
  let symbols = known.get(config);
  if (!symbols) known.set(config, (symbols = new Symbols(languageOf(config.dialect).occurrences(config))));
  return symbols;
}

function thingOf({ kind, key }: Pick<Occurrence, 'kind' | 'key'>): string {
  return `${kind}\0${key}`;
}
