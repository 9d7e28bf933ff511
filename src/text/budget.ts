/**
 * What a run may cost: counters and never clocks, so that an input stops at the same place on every machine. Whoever reaches a limit says so
 * with a {@link Notice}.
 */
import type { Place } from './source.ts';

export const limits = {
  /** Characters of a file or block. The tree of a text takes some forty times its size; the largest configs known have a tenth of this. */
  fileLength: 10_000_000,
  /** Bytes read of a file, pipe or standard input; a dump of `nginx -T` holds many files. */
  fileBytes: 64 * 1024 * 1024,
  /** Bytes of a file found in a directory whose name is no config's: a larger one is a log or data. */
  foundBytes: 4 * 1024 * 1024,
  /** Bytes of a config file of proxylint, and of what it extends. */
  settingsBytes: 1024 * 1024,
  /** Bytes of the file of `--cache`, and of results to merge: those of a hundred thousand files. */
  resultBytes: 512 * 1024 * 1024,
  /** Bytes of all inputs. */
  runBytes: 256 * 1024 * 1024,
  /** httpd gives up at 128 levels and nginx when it runs out of file handles; real configs have fewer than ten. */
  includeLevels: 40,
  /** Files that one config includes: 6,000 hosts with three snippets each have 24,000. */
  includedFiles: 50_000,
  /** Characters in them: 54,000 hosts have 35 million. A file that is included again counts four times: it takes no disk to have many. */
  includedLength: 40_000_000,
  /** The same for all configs of a run. */
  runIncludedFiles: 500_000,
  runIncludedLength: 100_000_000,
  /** Names that the patterns of the includes of a run are compared with. */
  directoryEntries: 2_000_000,
  /** Directives that the macros of a config are expanded to. */
  macroSteps: 100_000,
  /** Findings of one kind in one file, and findings of a run, that are printed; the others are counted. */
  printedOfAKind: 200,
  printedFindings: 20_000,
} as const;

/** What was not read, or not in full, and why. It says nothing about what the config means. */
export interface Notice {
  /**
   * `outside`: beyond the directories that may be read; `denied`: no permission; `limit`: a limit of
   * proxylint was reached; `unusable`: named in the command line, but missing or no config.
   */
  readonly kind: 'outside' | 'denied' | 'limit' | 'unusable';
  /** The path that was not read. */
  readonly path: string;
  /** Full sentence; it names the path. */
  readonly message: string;
  /** Where the config asks for it. */
  readonly place?: Place;
}

/** Files, each place of inclusion once, and characters in them. */
export interface IncludeCount {
  readonly files: number;
  readonly length: number;
}

/** What the configs of one run may include together. */
export class Budget {
  #files = 0;
  #length = 0;

  /** The share of one config. */
  forConfig(): IncludeBudget {
    return new IncludeBudget(this);
  }

  get used(): IncludeCount {
    return { files: this.#files, length: this.#length };
  }

  /** False where it is used up. */
  take(length: number): boolean {
    return this.takeAll({ files: 1, length });
  }

  /** False where that is too much. */
  takeAll({ files, length }: IncludeCount): boolean {
    this.#files += files;
    this.#length += length;
    return this.#files <= limits.runIncludedFiles && this.#length <= limits.runIncludedLength;
  }
}

/** How much of the budget of one config a character of a file takes that was included before. */
const againCounts = 4;

export class IncludeBudget {
  readonly #run: Budget;
  #files = 0;
  #length = 0;
  readonly #paths = new Set<string>();
  #stop: string | undefined;

  constructor(run: Budget) {
    this.#run = run;
  }

  /** Why nothing more is included, as the end of a sentence; undefined as long as there is something left. */
  get stop(): string | undefined {
    return this.#stop;
  }

  /** Takes a file of so many characters; false where it is too much. From then on there is a {@link stop}. */
  take(path: string, length: number): boolean {
    if (this.#stop !== undefined) return false;
    this.#files++;
    this.#length += this.#paths.has(path) ? againCounts * length : length;
    this.#paths.add(path);
    if (this.#files > limits.includedFiles) this.#stop = `a config may include ${group(limits.includedFiles)} files`;
    else if (this.#length > limits.includedLength)
      this.#stop = `the files that a config includes may have ${group(limits.includedLength)} characters`;
    else if (!this.#run.take(length)) this.#stop = 'the configs of this run include too much';
    return this.#stop === undefined;
  }
}

/** `1,234,567`, whatever the language of the machine. */
export function group(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
