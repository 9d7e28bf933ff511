import type { Config } from '../syntax/config.ts';
import { findConfigs, readConfig } from '../lint/read.ts';
import type { Targets } from '../model/versions.ts';
import { fileAccess } from './file-access.ts';
import { collectInputs } from './files.ts';
import type { ReadOptions } from './options.ts';
import { Project } from './project.ts';

export interface ReadConfig {
  readonly config: Config;
  readonly targets: Targets;
}

/** The nginx and httpd configs that the paths stand for, includes expanded. Throws `UsageError`. */
export async function readConfigs(paths: readonly string[], options: ReadOptions): Promise<ReadConfig[]> {
  const project = new Project({ ...options, rule: [], only: [], skip: [], profile: [] });
  const configs: ReadConfig[] = [];
  for (const input of await collectInputs(paths, options.stdinFilename)) {
    const settings = await project.settingsFor(input.path);
    if (!settings) continue;
    for (const found of findConfigs(input.path, input.text, options.type)) {
      if (found.dialect === 'sslh') continue;
      configs.push({
        config: await readConfig(found, { ...settings, files: fileAccess }),
        targets: settings.targets ?? {},
      });
    }
  }
  return configs;
}
