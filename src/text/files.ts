import type { OuterText } from './source.ts';

/** File access, as the includes need it. The CLI passes in the real one; an editor or a test its own. */
export interface FileAccess {
  /** The text of a regular file, without BOM handling. */
  read(path: string): ReadResult;
  /** Paths that match the glob pattern, in the order of the C library's `glob` (sorted by byte). */
  glob(pattern: string): readonly string[];
  /** The path without symbolic links; the path itself if there is no such file. */
  canonical(path: string): string;
}

export type ReadResult =
  /** `outer`: the dump that holds the file. */
  | { readonly ok: true; readonly text: string; readonly outer?: OuterText }
  | { readonly ok: false; readonly reason: 'not-found' | 'directory' | 'unreadable' };
