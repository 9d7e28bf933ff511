import type { Config, Level } from '../syntax/config.ts';
import { enclosing, type ConfigFile, type Directive } from '../syntax/tree.ts';
import { allFiles, directivesByKey } from '../syntax/walk.ts';
import type { Notice } from '../text/budget.ts';
import { serverOf } from './index.ts';
import type { Server } from './server.ts';

/** The config of a root file whose includes are expanded. Without `level`, it is inferred. */
export function configOf(file: ConfigFile, level?: Level, notices: readonly Notice[] = []): Config {
  const { dialect } = file;
  const server = serverOf(dialect);
  const files = allFiles(file);
  return {
    dialect,
    file,
    files,
    level: level ?? server.inferLevel(file),
    ...completenessOf(file, files, server),
    notices,
  };
}

function completenessOf(
  { source, root }: ConfigFile,
  files: readonly ConfigFile[],
  { isWhole, isUnread, isInner }: Server,
): Pick<Config, 'complete' | 'serversComplete'> {
  // What surrounds a document's block, or what a template puts in, is not seen.
  const isPiece = source.outer?.kind === 'document' || files.some((file) => file.source.template !== undefined);
  if (isPiece || !isWhole(root)) return { complete: false, serversComplete: false };
  const unread = (directivesByKey(root).get('include') ?? []).filter(isUnread);
  return { complete: unread.length === 0, serversComplete: unread.every((include) => isWithin(include, isInner)) };
}

function isWithin(directive: Directive, isInner: Server['isInner']): boolean {
  for (let owner = enclosing(directive); owner; owner = enclosing(owner)) if (isInner(owner.key)) return true;
  return false;
}
