import { messageOf, stackOf } from '../failure.ts';
import type { Config } from '../syntax/config.ts';
import { findConfigs, readConfig } from '../lint/read.ts';
import type { Targets } from '../model/versions.ts';
import { fileAccess } from './file-access.ts';
import { collectInputs } from './files.ts';
import { refuseUnreadable } from './lint-inputs.ts';
import type { ReadOptions } from './options.ts';
import { isDebugging, runtime, tell } from './output.ts';
import { Project } from './project.ts';
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
  use: (read: ReadConfig) => Result,
): Promise<FromConfigs<Result>> {
  const project = new Project({ ...options, rule: [], only: [], skip: [], profile: [] });
  const results: Result[] = [];
  const { inputs, unreadable } = await collectInputs(paths, options.stdinFilename);
  refuseUnreadable(unreadable, inputs);
  let failures = unreadable.length;
  for (const input of inputs) {
    const settings = await project.settingsFor(input.path);
    if (!settings) continue;
    try {
      for (const found of findConfigs(input.path, input.text, options.type)) {
        if (found.dialect === 'sslh') continue;
        const config = await readConfig(found, { ...settings, files: fileAccess });
        results.push(use({ config, targets: settings.targets ?? {} }));
      }
    } catch (error) {
      failures++;
      tellFailure(input.path, error);
    }
  }
  return { results, failures };
}

/** The other configs go on. */
function tellFailure(path: string, error: unknown): void {
  tell(
    `${path}: internal error: ${messageOf(error)}`,
    `please report it at https://github.com/proxylint/proxylint/issues, with the config and this: proxylint ${version}, ${runtime}`,
  );
  if (isDebugging()) tell(...(stackOf(error) ?? '').split('\n'));
}
