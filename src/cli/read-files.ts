import { messageOf, stackOf } from '../lint/failure.ts';
import { OpenFile } from '../lint/open-file.ts';
import { Budget } from '../text/budget.ts';
import { AccessRun, fileAccess } from './file-access.ts';
import { collectInputs } from './files.ts';
import type { ReadOptions } from './options.ts';
import { isDebugging, runtime, tell } from './output.ts';
import { Project } from './project.ts';
import { version } from './version.ts';

export interface FromFiles<Result> {
  readonly results: readonly Result[];
  /** How many configs, or files, could not be read; each is told. */
  readonly failures: number;
}

/** What `use` makes of each file that the paths stand for. Throws `UsageError`. */
export async function readFiles<Result>(
  paths: readonly string[],
  options: ReadOptions,
  use: (file: OpenFile) => Promise<readonly Result[]>,
): Promise<FromFiles<Result>> {
  const project = new Project({ ...options, rule: [], only: [], skip: [], profile: [] });
  const results: Result[] = [];
  const { inputs, unread } = await collectInputs(paths, options.stdinFilename);
  tell(...unread.map(({ message }) => message));
  let failures = unread.length;
  const budget = new Budget();
  const access = new AccessRun();
  for (const { path, text } of inputs) {
    const settings = await project.settingsFor(path);
    if (!settings) continue;
    const files = fileAccess(settings.scope, access);
    try {
      const file = new OpenFile({ path, text, dialect: options.type }, { ...settings, files, budget });
      failures += await tellLimits(file);
      results.push(...(await use(file)));
    } catch (error) {
      failures++;
      tellFailure(path, error);
    }
  }
  return { results, failures };
}

/** Says what is left out for a limit. @returns how many configs are too large to be read at all */
async function tellLimits(file: OpenFile): Promise<number> {
  let tooLarge = 0;
  for (const { notices = [], file: root } of await file.read()) {
    tell(...notices.filter(({ kind }) => kind === 'limit').map(({ message }) => message));
    if (root.unread !== undefined) tooLarge++;
  }
  return tooLarge;
}

/** The other configs go on. */
function tellFailure(path: string, error: unknown): void {
  tell(
    `${path}: internal error: ${messageOf(error)}`,
    `please report it at https://github.com/proxylint/proxylint/issues, with the config and this: proxylint ${version}, ${runtime}`,
  );
  if (isDebugging()) tell(...(stackOf(error) ?? '').split('\n'));
}
