import type { Config, Level } from '../syntax/config.ts';
import type { ConfigFile } from '../syntax/tree.ts';
import { allFiles } from '../syntax/walk.ts';
import type { Notice } from '../text/budget.ts';
import { serverOf } from './index.ts';

/** The config of a root file whose includes are expanded. Without `level`, it is inferred. */
export function configOf(file: ConfigFile, level?: Level, notices: readonly Notice[] = []): Config {
  const { dialect } = file;
  const files = allFiles(file);
  return {
    dialect,
    file,
    files,
    level: level ?? serverOf(dialect).inferLevel(file),
    complete: isComplete(file, files),
    notices,
  };
}

/** Whether this is all that the server reads: a whole config of which every include could be followed. */
function isComplete(file: ConfigFile, files: readonly ConfigFile[]): boolean {
  if (file.source.outer?.kind === 'document' || files.some(({ source }) => source.template)) return false;
  return serverOf(file.dialect).isComplete(file);
}
