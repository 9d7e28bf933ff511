/** How configs are named: by path, those in a document with a line. */
import { isAbsolute, join, normalize } from '../text/paths.ts';
import { isEditedOutside, type SourceFile } from '../text/source.ts';

/** `nginx.conf`; `README.md:12`, the line that it begins in. `seen`: how a path is to be written. */
export function nameOf(file: SourceFile, seen: (path: string) => string = (path) => path): string {
  const { outer } = file;
  return isEditedOutside(outer) ? `${seen(outer.path)}:${file.outerPositionAt(0)!.line}` : seen(file.path);
}

/** Whether the name is that very path, seen from a directory. */
export function isNameFrom(directory: string, name: string, file: SourceFile): boolean {
  return normalize(nameOf(file)) === (isAbsolute(name) ? normalize(name) : join(directory, name));
}

/** @param name a path or its end, `document:line` with a line that the config stands in */
export function isMeant(name: string, file: SourceFile): boolean {
  const { outer } = file;
  if (!isEditedOutside(outer)) return endsWithPath(file.path, name);
  const colon = name.lastIndexOf(':');
  const line = Number(name.slice(colon + 1));
  const isIn = file.outerPositionAt(0)!.line <= line && line <= file.outerPositionAt(file.text.length)!.line;
  return colon > 0 && isIn && endsWithPath(outer.path, name.slice(0, colon));
}

function endsWithPath(path: string, end: string): boolean {
  const name = end.replace(/^\.\//, '');
  // Either may be seen from a folder further in.
  return path === name || path.endsWith(`/${name}`) || name.endsWith(`/${path}`);
}
