/** Files that other runs of the program have written. */
import { statSync } from 'node:fs';
import { limits } from '../../text/budget.ts';
import { reasonOf } from './read-found.ts';
import { readFileBounded } from './read-bounded.ts';
import { UsageError } from '../usage-error.ts';

/** Throws {@link UsageError}, for what is no JSON with the clause that says what it should be. */
export function readJson(path: string, expected: string): unknown {
  let text: string | undefined;
  try {
    if (!statSync(path).isFile()) throw new UsageError(`${path}: not a regular file`);
    text = readFileBounded(path, limits.resultBytes);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path}: ${reasonOf(error)}`, { cause: error });
  }
  if (text === undefined) throw new UsageError(`${path}: larger than ${limits.resultBytes >> 20} MB`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path}: not valid JSON; ${expected}`, { cause: error });
  }
}
