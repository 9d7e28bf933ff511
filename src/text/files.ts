import type { OuterText } from './source.ts';

/** File access, as the includes need it. The CLI passes in the real one; an editor or a test its own. */
export interface FileAccess {
  /** The text of a regular file, without BOM handling. */
  read(path: string): ReadResult;
  /** Paths that match the glob pattern, in the order of the C library's `glob` (sorted by byte). */
  glob(pattern: string): readonly string[];
  /** The path without symbolic links; the path itself if there is no such file. */
  canonical(path: string): string;
  /** Why nothing is read at a path, or in the directory in which a pattern begins. Without this method everything may be read. */
  refuse?(path: string): Refusal | undefined;
}

export interface Refusal {
  readonly kind: 'outside' | 'limit';
  /** The end of a sentence: "it lies outside of /srv". */
  readonly why: string;
}

export type ReadResult =
  /** `outer`: the dump that holds the file. */
  | { readonly ok: true; readonly text: string; readonly outer?: OuterText }
  /** `unreadable`: no regular file; `denied`: no permission; `too-large`: beyond the limit of proxylint. */
  | { readonly ok: false; readonly reason: 'not-found' | 'directory' | 'unreadable' | 'denied' | 'too-large' };
