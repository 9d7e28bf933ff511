import type { Config, Level } from '../syntax/config.ts';
import type { ConfigFile } from '../syntax/tree.ts';
import { allFiles } from '../syntax/walk.ts';
import type { Notice } from '../text/budget.ts';
import { serverOf } from './index.ts';

/** The config of a root file whose includes are expanded. Without `level`, it is inferred. */
export function configOf(file: ConfigFile, level?: Level, notices: readonly Notice[] = []): Config {
  const { dialect } = file;
  const files = allFiles(file);
  const { isComplete, isServersComplete } = isPiece(file, files) ? piece : serverOf(dialect);
  return {
    dialect,
    file,
    files,
    level: level ?? serverOf(dialect).inferLevel(file),
    complete: isComplete(file),
    serversComplete: isServersComplete(file),
    notices,
  };
}

/** What surrounds it, or what a template puts in, is not seen. */
function isPiece({ source }: ConfigFile, files: readonly ConfigFile[]): boolean {
  return source.outer?.kind === 'document' || files.some((file) => file.source.template !== undefined);
}

const piece = { isComplete: () => false, isServersComplete: () => false };
