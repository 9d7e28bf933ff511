import type { LintSettings } from '../lint/lint-source.ts';
import type { OpenFile } from '../lint/open-file.ts';
import type { Config } from '../syntax/config.ts';

/** A file that was read, with what it includes. */
export interface Reading {
  readonly path: string;
  readonly file: OpenFile;
  readonly settings: LintSettings;
  readonly configs: readonly Config[];
  /** Canonical paths of the files that it is made of. */
  readonly paths: ReadonlySet<string>;
}
