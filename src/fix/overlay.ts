import type { FileAccess } from '../text/files.ts';

/** File access with some texts (by canonical path) in place of those of the files. */
export function overlay(files: FileAccess, texts: ReadonlyMap<string, string>): FileAccess {
  if (texts.size === 0) return files;
  return {
    read(path) {
      const text = texts.get(files.canonical(path));
      return text === undefined ? files.read(path) : { ok: true, text };
    },
    glob: (pattern) => files.glob(pattern),
    canonical: (path) => files.canonical(path),
    ...(files.refuse && { refuse: (path: string) => files.refuse!(path) }),
  };
}
