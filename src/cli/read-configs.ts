import { messageOf, stackOf } from '../lint/failure.ts';
import { findConfigs, readConfig, type FoundConfig } from '../lint/read.ts';
import { serverOf } from '../servers/index.ts';
import type { Targets } from '../model/versions.ts';
import type { Config } from '../syntax/config.ts';
import { Budget } from '../text/budget.ts';
import { EntryCounter, fileAccess } from './file-access.ts';
import { collectInputs } from './files.ts';
import type { ReadOptions } from './options.ts';
import { isDebugging, runtime, tell } from './output.ts';
import { Project, type ProjectSettings } from './project.ts';
import { version } from './version.ts';

export interface ReadConfig {
  readonly config: Config;
  readonly targets: Targets;
}

export interface FromConfigs<Result> {
  readonly results: readonly Result[];
  /** How many configs, or files, could not be read; each is told. */
  readonly failures: number;
}

/** What `use` makes of each nginx and httpd config that the paths stand for, includes expanded. Throws `UsageError`. */
export async function readConfigs<Result>(
  paths: readonly string[],
  options: ReadOptions,
  use: (read: ReadConfig) => Result | Promise<Result>,
): Promise<FromConfigs<Result>> {
  const project = new Project({ ...options, rule: [], only: [], skip: [], profile: [] });
  const results: Result[] = [];
  const { inputs, unread } = await collectInputs(paths, options.stdinFilename);
  tell(...unread.map(({ message }) => message));
  let failures = unread.length;
  const read = reader();
  for (const input of inputs) {
    const settings = await project.settingsFor(input.path);
    if (!settings) continue;
    try {
      for (const found of findConfigs(input.path, input.text, options.type)) {
        if (!serverOf(found.dialect).loadTracer) continue;
        const config = await read(found, settings);
        if (config) results.push(await use({ config, targets: settings.targets ?? {} }));
        else failures++;
      }
    } catch (error) {
      failures++;
      tellFailure(input.path, error);
    }
  }
  return { results, failures };
}

/** Reads configs, undefined for one that is too large, and says what is left out for a limit. */
function reader(): (found: FoundConfig, settings: ProjectSettings) => Promise<Config | undefined> {
  const budget = new Budget();
  const entries = new EntryCounter();
  return async (found, settings) => {
    const config = await readConfig(found, { ...settings, files: fileAccess(settings.scope, entries), budget });
    tell(...(config.notices ?? []).filter(({ kind }) => kind === 'limit').map(({ message }) => message));
    return config.file.unread === undefined ? config : undefined;
  };
}

/** The other configs go on. */
function tellFailure(path: string, error: unknown): void {
  tell(
    `${path}: internal error: ${messageOf(error)}`,
    `please report it at https://github.com/proxylint/proxylint/issues, with the config and this: proxylint ${version}, ${runtime}`,
  );
  if (isDebugging()) tell(...(stackOf(error) ?? '').split('\n'));
}
