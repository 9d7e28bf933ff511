import { Budget } from '../budget.ts';
import type { Config } from '../syntax/config.ts';
import { findConfigs, readConfig } from '../lint/read.ts';
import type { Targets } from '../model/versions.ts';
import { EntryCounter, fileAccess } from './file-access.ts';
import { collectInputs } from './files.ts';
import type { ReadOptions } from './options.ts';
import { Project } from './project.ts';
import { UsageError } from './usage-error.ts';

export interface ReadConfig {
  readonly config: Config;
  readonly targets: Targets;
}

/** The nginx and httpd configs that the paths stand for, includes expanded. Throws `UsageError`. */
export async function readConfigs(paths: readonly string[], options: ReadOptions): Promise<ReadConfig[]> {
  const project = new Project({ ...options, rule: [], only: [], skip: [], profile: [] });
  const configs: ReadConfig[] = [];
  const budget = new Budget();
  const entries = new EntryCounter();
  const { inputs, unread } = await collectInputs(paths, options.stdinFilename);
  if (unread[0]) throw new UsageError(unread[0].message);
  for (const input of inputs) {
    const settings = await project.settingsFor(input.path);
    if (!settings) continue;
    for (const found of findConfigs(input.path, input.text, options.type)) {
      if (found.dialect === 'sslh') continue;
      const config = await readConfig(found, { ...settings, files: fileAccess(settings.scope, entries), budget });
      if (config.file.unread !== undefined) throw new UsageError(config.notices![0]!.message);
      configs.push({
        config,
        targets: settings.targets ?? {},
      });
    }
  }
  return configs;
}
