import type { FileAccess } from '../../src/text/files.ts';
import { globMatcher } from '../../src/text/glob.ts';
import { directoryOf, normalize } from '../../src/text/paths.ts';

/** File access to texts by path; `links` are symbolic links, `unreadable` are devices and the like. */
export function memoryFiles(
  texts: Readonly<Record<string, string>>,
  { links = {}, unreadable = [] }: { links?: Readonly<Record<string, string>>; unreadable?: readonly string[] } = {},
): FileAccess {
  const canonical = (path: string): string => {
    const plain = normalize(path);
    for (const [link, target] of Object.entries(links)) {
      if (plain === link || plain.startsWith(`${link}/`)) return canonical(target + plain.slice(link.length));
    }
    return plain;
  };
  const directories = new Set<string>();
  for (const path of [...Object.keys(texts), ...Object.keys(links), ...unreadable]) {
    for (let directory = directoryOf(path); !directories.has(directory); directory = directoryOf(directory)) {
      directories.add(directory);
    }
  }
  const entries = [...new Set([...Object.keys(texts), ...Object.keys(links), ...unreadable, ...directories])].sort();
  return {
    read(path) {
      const target = canonical(path);
      const text = texts[target];
      if (text !== undefined) return { ok: true, text };
      if (directories.has(target)) return { ok: false, reason: 'directory' };
      return { ok: false, reason: unreadable.includes(target) ? 'unreadable' : 'not-found' };
    },
    glob(pattern) {
      const matcher = globMatcher(pattern);
      return entries.filter((entry) => matcher.test(entry));
    },
    canonical,
  };
}
