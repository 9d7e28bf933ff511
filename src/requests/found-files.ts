/** What is there where everything is: whatever is asked for is a file, but for the directories that a config names as such. */
import type { Config } from '../syntax/config.ts';
import { directivesByKey } from '../syntax/walk.ts';

/** Their last word is a directory with what is served. */
const ofRoots = ['root', 'documentroot', 'directory'];
/** Their last word is a file or a directory. */
const ofTargets = ['alias', 'scriptalias'];

export type FoundFiles = (path: string) => 'file' | 'directory';

const known = new WeakMap<Config, FoundFiles>();

/** Every path is there. A directory is what ends with a slash, what the config serves files from, and what is above that. */
export function foundFiles(config: Config): FoundFiles {
  let lookup = known.get(config);
  if (!lookup) {
    const directories = directoriesOf(config);
    lookup = (path) => (path.endsWith('/') || directories.has(path) ? 'directory' : 'file');
    known.set(config, lookup);
  }
  return lookup;
}

function directoriesOf(config: Config): ReadonlySet<string> {
  const all = new Set<string>();
  const byKey = directivesByKey(config.file.root);
  const pathsOf = (keys: readonly string[]): readonly string[] =>
    keys
      .flatMap((key) => byKey.get(key) ?? [])
      .map(({ args }) => args.at(-1)?.value.replace(/\/$/, '') ?? '')
      .filter((path) => path.startsWith('/'));
  for (const path of pathsOf(ofRoots)) addWithParents(all, path);
  for (const path of pathsOf(ofTargets)) addWithParents(all, parentOf(path));
  return all;
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

/** Ends at the first that is known, whose parents are known too. */
function addWithParents(all: Set<string>, path: string): void {
  for (let each = path; each !== '' && !all.has(each); each = parentOf(each)) all.add(each);
}
