/** What is there where everything is: whatever is asked for is a file, but for the directories that a config names as such. */
import type { Config } from '../syntax/config.ts';
import { directivesByKey } from '../syntax/walk.ts';

/** Their last word is a directory with what is served. */
const ofRoots = ['root', 'documentroot', 'directory'];
/** Their last word is a file or a directory. */
const ofTargets = ['alias', 'scriptalias'];

const known = new WeakMap<Config, ReadonlySet<string>>();

/**
 * Every path is there. A directory is what ends with a slash, what the config serves files from, what is above that, and what a request for
 * `target` passes on its way.
 */
export function foundFiles(config: Config, target: string): (path: string) => 'file' | 'directory' {
  let directories = known.get(config);
  if (!directories) known.set(config, (directories = directoriesOf(config)));
  const names = target.split('?', 1)[0]!.split('/').filter(Boolean);
  const last = names.pop();
  const passed = new Set(names);
  return (path) => {
    if (path.endsWith('/') || directories.has(path)) return 'directory';
    const [name = '', around] = [path.slice(path.lastIndexOf('/') + 1), parentOf(path)];
    const isAsked = name === last && (names.length === 0 || around.endsWith(`/${names.at(-1)}`));
    return !isAsked && passed.has(name) ? 'directory' : 'file';
  };
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
