import type { FileAccess, ReadResult, Refusal } from '../text/files.ts';

/** What was asked of a file access and what it answered, without the texts. */
export interface Answers {
  /** By path: the digest of the text, or why there is none. */
  readonly reads?: Readonly<Record<string, string>>;
  readonly globs?: Readonly<Record<string, readonly string[]>>;
  readonly canonical?: Readonly<Record<string, string>>;
  /** Empty: not refused. */
  readonly refusals?: Readonly<Record<string, string>>;
}

/** Names a text so that two that are not the same have different names. */
export type Digest = (text: string) => string;

const asItIs: Digest = (text) => text;

/** File access that remembers what it was asked and what it answered. */
export class RecordedAccess implements FileAccess {
  readonly #files: FileAccess;
  readonly #reads = new Map<string, ReadResult>();
  readonly #globs = new Map<string, readonly string[]>();
  readonly #canonical = new Map<string, string>();
  readonly #refusals = new Map<string, Refusal | undefined>();
  readonly refuse?: NonNullable<FileAccess['refuse']>;

  constructor(files: FileAccess) {
    this.#files = files;
    if (files.refuse) this.refuse = (path) => noted(this.#refusals, path, files.refuse!(path));
  }

  read(path: string): ReadResult {
    return noted(this.#reads, path, this.#files.read(path));
  }

  glob(pattern: string): readonly string[] {
    return noted(this.#globs, pattern, this.#files.glob(pattern));
  }

  canonical(path: string): string {
    return noted(this.#canonical, path, this.#files.canonical(path));
  }

  /** Whether everything would be answered in the same way now. */
  isCurrent(files: FileAccess): boolean {
    return isAnswered(this.answers(asItIs), files, (path) => describeRead(files.read(path), asItIs));
  }

  answers(digest: Digest): Answers {
    return {
      ...kept('reads', this.#reads, (result) => describeRead(result, digest)),
      ...kept('globs', this.#globs, (paths) => paths),
      ...kept('canonical', this.#canonical, (path) => path),
      ...kept('refusals', this.#refusals, describeRefusal),
    };
  }
}

/** Nothing for what was never asked, as most is. */
function kept<Name extends keyof Answers, Value, Kept>(
  name: Name,
  answers: ReadonlyMap<string, Value>,
  keep: (value: Value) => Kept,
): Partial<Record<Name, Record<string, Kept>>> {
  if (answers.size === 0) return {};
  const all = [...answers].map(([asked, answer]) => [asked, keep(answer)] as const);
  return { [name]: Object.fromEntries(all) } as Partial<Record<Name, Record<string, Kept>>>;
}

/** Whether a file access gives the same answers. `describe`: of reading a path, see {@link describeRead}. */
export function isAnswered(answers: Answers, files: FileAccess, describe: (path: string) => string): boolean {
  const { reads = {}, globs = {}, canonical = {}, refusals = {} } = answers;
  for (const path in canonical) if (files.canonical(path) !== canonical[path]) return false;
  for (const path in refusals) if (describeRefusal(files.refuse?.(path)) !== refusals[path]) return false;
  for (const pattern in globs) if (!isSameList(globs[pattern]!, files.glob(pattern))) return false;
  for (const path in reads) if (describe(path) !== reads[path]) return false;
  return true;
}

/** A colon sets a digest apart from a reason. */
export function describeRead(result: ReadResult, digest: Digest): string {
  return result.ok ? `:${digest(result.text)}` : result.reason;
}

function describeRefusal(refusal: Refusal | undefined): string {
  return refusal ? `${refusal.kind}: ${refusal.why}` : '';
}

function noted<Answer>(answers: Map<string, Answer>, asked: string, answer: Answer): Answer {
  answers.set(asked, answer);
  return answer;
}

function isSameList(before: readonly string[], now: readonly string[]): boolean {
  return now.length === before.length && now.every((path, index) => path === before[index]);
}
