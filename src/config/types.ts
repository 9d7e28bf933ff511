import type { FormatOptions } from '../format/options.ts';
import type { Severity } from '../rules/finding.ts';
import type { Dialect } from '../syntax/tree.ts';

/** `default`: on, with the severity that the rule itself gives each finding. */
export type RuleSeverity = Severity | 'off' | 'default';

/** What a config or the command line says about one rule. */
export interface RuleSetting {
  readonly severity?: RuleSeverity;
  readonly options?: Readonly<Record<string, unknown>>;
}

export type RuleSettings = Readonly<Record<string, RuleSetting>>;

/** A rule setting as it is written; the object may hold the keys of the catalogue too. */
export type WrittenSetting =
  | Severity
  | 'off'
  | {
      readonly severity?: Severity | 'off';
      readonly options?: Readonly<Record<string, unknown>>;
      /** For people. */
      readonly reason?: string;
      /** Only in a copy of `rules.json`. */
      readonly ownSeverity?: Severity;
    };

/** `proxylint.json` as it is written, once it is known to be valid. */
export interface ConfigDocument {
  readonly extends?: string | readonly string[];
  readonly plugins?: readonly string[];
  readonly rules?: Readonly<Record<string, WrittenSetting>>;
  readonly overrides?: readonly {
    readonly files: string | readonly string[];
    readonly rules: Readonly<Record<string, WrittenSetting>>;
  }[];
  readonly ignore?: readonly string[];
  readonly target?: Readonly<Partial<Record<Dialect, string>>>;
  readonly topology?: WrittenTopology;
  readonly applications?: Readonly<Record<string, string>>;
  readonly format?: FormatOptions;
  readonly root?: string;
  readonly includeRoots?: readonly string[];
}

/** Paths and globs relative to the document. */
export interface WrittenTopology {
  readonly machines?: readonly {
    readonly name: string;
    readonly files: string | readonly string[];
    readonly addresses?: readonly string[];
  }[];
  readonly compose?: string | readonly string[];
}

/** One config document with the directory that its paths and globs are relative to. */
export interface ConfigLayer {
  readonly path: string;
  readonly directory: string;
  readonly document: ConfigDocument;
}

/** File access and path arithmetic of the host, all paths absolute. */
export interface ConfigHost {
  /** Whether there is something at a path, be it readable or not. */
  exists(path: string): boolean;
  /** Undefined if there is no such file. Throws for one that cannot be read. */
  read(path: string): string | undefined;
  /** The directory of a path; of the root directory, itself. */
  directoryOf(path: string): string;
  resolve(directory: string, path: string): string;
  /** The path of `path` as seen from `directory`, with `/` between names. */
  relative(directory: string, path: string): string;
}

/** A config file that cannot be used. Each line names the file and a mistake in it. */
export class ConfigError extends Error {
  readonly lines: readonly string[];

  constructor(lines: string | readonly string[], options?: ErrorOptions) {
    const all = typeof lines === 'string' ? [lines] : lines;
    super(all.join('\n'), options);
    this.lines = all;
  }
}
