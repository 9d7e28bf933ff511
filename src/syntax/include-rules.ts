import type { Directive } from './tree.ts';

/** What a server includes, and how it looks for it. */
export interface IncludeRules {
  /** Includes have one argument: the path, or a pattern of paths. */
  readonly isInclude: (directive: Directive) => boolean;
  /** Whether it is no mistake that the file is not there, or that a pattern finds none. */
  readonly mayBeMissing: (directive: Directive, isPattern: boolean) => boolean;
  readonly hasPatterns: boolean;
  /** Whether a path may be that of a folder, of which all files are read, those in its folders too. */
  readonly hasFolders: boolean;
  /** The order of the files that a pattern finds; left out: that of their paths. */
  readonly compare?: (a: string, b: string) => number;
  /** Folders of installed servers: a config there has all of its files around it. */
  readonly installed: RegExp;
  /** Names of files that come with the server's package, so that a config kept elsewhere need not have them beside itself. */
  readonly packaged?: RegExp;
  /** Left out where includes depend on nothing that was read before. */
  readonly begin?: () => IncludeMemory;
}

/** What later includes of one config depend on. */
export interface IncludeMemory {
  /**
   * Takes each directive that is no include, in the order of the text. Gives where relative paths start from here on, as it is written;
   * undefined: where they did before.
   */
  note(directive: Directive, isUnconditional: boolean): string | undefined;
  /** Puts what is known into a path. */
  substitute(path: string): string;
}
