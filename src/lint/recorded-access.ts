import type { FileAccess, ReadResult } from '../text/files.ts';

/** File access that remembers what it was asked and what it answered. */
export class RecordedAccess implements FileAccess {
  readonly #files: FileAccess;
  readonly #reads = new Map<string, ReadResult>();
  readonly #globs = new Map<string, readonly string[]>();
  readonly refuse?: NonNullable<FileAccess['refuse']>;

  constructor(files: FileAccess) {
    this.#files = files;
    if (files.refuse) this.refuse = (path) => files.refuse!(path);
  }

  read(path: string): ReadResult {
    const result = this.#files.read(path);
    this.#reads.set(path, result);
    return result;
  }

  glob(pattern: string): readonly string[] {
    const found = this.#files.glob(pattern);
    this.#globs.set(pattern, found);
    return found;
  }

  canonical(path: string): string {
    return this.#files.canonical(path);
  }

  /** Whether everything would be answered in the same way now. */
  isCurrent(files: FileAccess): boolean {
    for (const [path, before] of this.#reads) if (!isSame(before, files.read(path))) return false;
    for (const [pattern, before] of this.#globs) {
      const now = files.glob(pattern);
      if (now.length !== before.length || now.some((path, index) => path !== before[index])) return false;
    }
    return true;
  }
}

function isSame(before: ReadResult, now: ReadResult): boolean {
  if (before.ok && now.ok) return before.text === now.text;
  return !before.ok && !now.ok && before.reason === now.reason;
}
