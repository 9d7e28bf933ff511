/** How configs are named: by path, those in a document with a line. */
import { isEditedOutside, type SourceFile } from '../text/source.ts';

/** `nginx.conf`; `README.md:12`, the line that it begins in. */
export function nameOf(file: SourceFile): string {
  return isEditedOutside(file.outer) ? `${file.outer.path}:${file.outerPositionAt(0)!.line}` : file.path;
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
