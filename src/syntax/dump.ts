/** Takes apart what `nginx -T` prints: every file of a configuration in one text. */
import type { FileAccess } from '../text/files.ts';
import { globMatcher } from '../text/glob.ts';
import { compareText, normalize } from '../text/paths.ts';
import { SourceFile, type OuterText } from '../text/source.ts';

const header = /^# configuration file (.+):\r?$/gm;

/** Whether a text is such a dump: nothing but nginx's own messages and blank lines stand before the first file. */
export function isDump(text: string): boolean {
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end === -1 ? undefined : end);
    if (!line.startsWith('nginx: ') && line.trim() !== '') return /^# configuration file .+:\r?$/.test(line);
    if (end === -1) return false;
    start = end + 1;
  }
  return false;
}

/** The files in a dump, the main config first. Each knows its place in the dump. */
export function splitDump(path: string, text: string): SourceFile[] {
  const file = new SourceFile(path, text);
  const headers = [...text.matchAll(header)];
  return headers.map((match, index) => {
    const offset = Math.min(match.index + match[0].length + 1, text.length);
    const next = headers[index + 1]?.index ?? text.length;
    // nginx adds a line feed after each file.
    const end = Math.max(offset, text.endsWith('\n', next) ? next - 1 : next);
    const outer: OuterText = { path, text, offset, kind: 'dump', file };
    return new SourceFile(match[1]!, text.slice(offset, end), outer);
  });
}

/** The files of a dump, for `expandIncludes`. */
export function dumpAccess(sources: readonly SourceFile[]): FileAccess {
  const byPath = new Map(sources.map((source) => [normalize(source.path), source]));
  const paths = [...byPath.keys()].sort(compareText);
  return {
    read(path) {
      const source = byPath.get(normalize(path));
      if (!source) return { ok: false, reason: 'not-found' };
      return { ok: true, text: source.text, ...(source.outer && { outer: source.outer }) };
    },
    glob(pattern) {
      const matcher = globMatcher(pattern);
      return paths.filter((path) => matcher.test(path));
    },
    canonical: normalize,
  };
}
