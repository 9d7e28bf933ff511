/** Failures of proxylint itself, or of a plugin: they are told, and the rest of the run goes on. */
import type { Place, SourceFile } from '../text/source.ts';
import type { Dialect } from '../syntax/tree.ts';

/** What broke while one config was looked at. No finding: it says nothing about the config. */
export interface Failure {
  /**
   * The rules that gave up on the config, so that their findings may be missing; several where what they share broke. Empty: the
   * config could not be read at all.
   */
  readonly rules: readonly string[];
  readonly file: SourceFile;
  /** What was looked at, where that is known. */
  readonly place?: Place;
  /** Undefined: it broke before the dialect was told. */
  readonly dialect?: Dialect;
  /** One line. */
  readonly message: string;
  /** For who mends it. */
  readonly stack?: string;
}

const maxMessage = 300;

/** One line about anything that was thrown. */
export function messageOf(error: unknown): string {
  try {
    const isPlain = error instanceof Error && error.constructor === Error;
    const [line = ''] = (isPlain ? error.message : String(error)).split('\n');
    return line.length > maxMessage ? `${line.slice(0, maxMessage)}…` : line;
  } catch {
    return 'something was thrown that cannot be shown';
  }
}

export function stackOf(error: unknown): string | undefined {
  return error instanceof Error && typeof error.stack === 'string' ? error.stack : undefined;
}

/** A config that could not be read. */
export function readingFailure(file: SourceFile, error: unknown, dialect?: Dialect): Failure {
  return withError({ rules: [], file, ...(dialect && { dialect }) }, error);
}

export function withError(failure: Omit<Failure, 'message' | 'stack'>, error: unknown): Failure {
  const stack = stackOf(error);
  return { ...failure, message: messageOf(error), ...(stack !== undefined && { stack }) };
}
