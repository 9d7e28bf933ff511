/** What the language server asks of its surroundings: the file system and the config files lie behind it. */
import type { AdjustFinding } from '../lint/open-file.ts';
import type { LintSettings } from '../lint/lint-source.ts';
import type { Dialect } from '../syntax/tree.ts';

/** A folder that the editor has open, with what its settings say of proxylint: the keys of a config file, or nothing. */
export interface Folder {
  readonly path: string;
  readonly settings: unknown;
}

export interface LspHost {
  readonly version: string;
  /** How a file is read and linted; undefined for one that is left out. Throws `ConfigError`. */
  settingsFor(path: string): Promise<LintSettings | undefined>;
  /** As {@link settingsFor}, whatever the config files say: without rules. */
  plainSettingsFor(path: string): Promise<LintSettings>;
  readonly adjust: AdjustFinding;
  /** What the user says that a file is, whatever is in it; left out: its text tells. */
  dialectOf?(path: string): Dialect | undefined;
  /** Forgets what was read of config files and of the file system. */
  reset(folders: readonly Folder[]): void;
  /** Without symbolic links. */
  canonical(path: string): string;
  /** The path of a file; undefined for a URI that is no file's. */
  toPath(uri: string): string | undefined;
  toUri(path: string): string;
}
