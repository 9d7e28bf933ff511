import type { LintSettings } from '../../lint/lint-source.ts';
import type { ReadScope } from '../files/read-scope.ts';
import type { PluginModule } from './plugin-files.ts';

/** One object for all files that have the same. */
export interface ProjectSettings extends LintSettings {
  /** What the includes of the file may read. */
  readonly scope: ReadScope;
  /** Whose rules may run. */
  readonly plugins: readonly PluginModule[];
}
