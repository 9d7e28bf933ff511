/** The config files of a run, each loaded once, and what may be loaded with them. */
import { dirname, resolve } from 'node:path';
import { EffectCollector, takesAway, type ConfigEffect } from '../../config/effect.ts';
import { findConfigFile } from '../../config/find-config.ts';
import { loadConfig, type ConfigAccess, type LoadedConfig, type PluginAccess } from '../../config/load.ts';
import type * as resolving from '../../config/resolve.ts';
import { isSetName, loadSet, setNames } from '../../config/sets.ts';
import { ConfigError, type ConfigHost, type ConfigLayer } from '../../config/types.ts';
import type { LintSettings } from '../../lint/lint-source.ts';
import type { ActiveRule } from '../../lint/plan.ts';
import type { Targets } from '../../model/versions.ts';
import type { Rule } from '../../rules/define-rule.ts';
import { rules as builtIn } from '../../rules/index.gen.ts';
import { projectScopeOf, type ReadScope } from '../files/read-scope.ts';
import type { ProjectOptions } from '../options.ts';
import { host, loadPlugin } from './host.ts';
import type { PluginModule } from './plugin-files.ts';
import type { ProjectSettings } from './settings.ts';
import { shown } from './shown.ts';

export interface ProjectConfig extends LoadedConfig {
  readonly plugins: readonly PluginModule[];
  readonly knownRules: ReadonlySet<string>;
  readonly targets: Targets;
  readonly applications: NonNullable<LintSettings['applications']>;
  readonly format: NonNullable<LintSettings['format']>;
  /** The rules that run, by the overrides that apply. */
  readonly active: Map<string, readonly ActiveRule[]>;
  /** By the rules that run, and what may be read. */
  readonly settings: Map<readonly ActiveRule[], Map<ReadScope, ProjectSettings>>;
  /** What the config file takes away, and the layers that there would be without it; undefined: there is none. */
  readonly file?: {
    readonly effect: EffectCollector;
    readonly without: readonly ConfigLayer[];
  };
}

export class ProjectConfigs {
  readonly #options: ProjectOptions;
  /** What the command line says of versions; it outweighs the config files. */
  readonly #targets: Targets;
  /** By directory. */
  readonly #configs = new Map<string, Promise<ProjectConfig>>();
  /** By the path of the config file; empty for none. */
  readonly #loaded = new Map<string, Promise<ProjectConfig>>();
  readonly #effects = new Map<string, EffectCollector>();
  /** Of the config files, by directory. */
  readonly #paths = new Map<string, string | undefined>();
  readonly #rules = new Set(builtIn);
  #resolve: typeof resolving | undefined;

  constructor(options: ProjectOptions, targets: Targets) {
    this.#options = options;
    this.#targets = targets;
  }

  /** All rules, with those of the plugins that were loaded so far. */
  get rules(): readonly Rule[] {
    return [...this.#rules];
  }

  get effects(): readonly ConfigEffect[] {
    return [...this.#effects.values()].map(({ effect }) => effect).filter(takesAway);
  }

  /** Only config files and profiles need it, and the library of globs with it: undefined as long as there are none. */
  get resolve(): typeof resolving | undefined {
    return this.#resolve;
  }

  /** Throws {@link ConfigError}. */
  for(directory: string): Promise<ProjectConfig> {
    const { config } = this.#options;
    const key = config === undefined ? directory : '';
    let found = this.#configs.get(key);
    if (!found) this.#configs.set(key, (found = this.#loadOnce(this.#pathFor(directory))));
    return found;
  }

  #loadOnce(path: string | undefined): Promise<ProjectConfig> {
    let loaded = this.#loaded.get(path ?? '');
    if (!loaded) this.#loaded.set(path ?? '', (loaded = this.#load(path)));
    return loaded;
  }

  async #load(path: string | undefined): Promise<ProjectConfig> {
    const { profile } = this.#options;
    const plugins: PluginModule[] = [];
    const { layers, rules }: LoadedConfig =
      path === undefined
        ? { layers: [], rules: builtIn }
        : await loadConfig(path, builtIn, host, this.#access(path, plugins));
    for (const rule of rules) this.#rules.add(rule);
    const profiles: ConfigLayer[] = [];
    for (const name of profile) profiles.push(await loadSet(name, rules));
    const all = [...profiles, ...(await this.#layersOfEditor(rules)), ...layers];
    if (all.length > 0) this.#resolve ??= await import('../../config/resolve.ts');
    const shared = {
      layers: all,
      rules,
      plugins,
      knownRules: new Set(rules.map(({ id }) => id)),
      targets: { ...this.#resolve?.targetsOf(all), ...this.#targets },
      applications: this.#resolve?.applicationsOf(all) ?? [],
      format: this.#resolve?.formatOf(all) ?? {},
      active: new Map<string, readonly ActiveRule[]>(),
      settings: new Map<readonly ActiveRule[], Map<ReadScope, ProjectSettings>>(),
    };
    if (path === undefined) return shared;
    this.#confine(path, layers);
    const effect = new EffectCollector(shown(path));
    this.#effects.set(path, effect);
    return { ...shared, file: { effect, without: profiles } };
  }

  async #layersOfEditor(rules: readonly Rule[]): Promise<readonly ConfigLayer[]> {
    const { layer } = this.#options;
    if (!layer) return [];
    const { validateConfig } = await import('../../config/validate.ts');
    const { name, directory, value } = layer;
    const document = validateConfig(name, value, rules);
    if (document.plugins) throw new ConfigError(`${name}: plugins: name them in a config file`);
    const sets = await Promise.all(
      [document.extends ?? []].flat().map((set) => {
        if (isSetName(set)) return loadSet(set, rules);
        throw new ConfigError(`${name}: extends: "${set}" is none of ${setNames.join(', ')}`);
      }),
    );
    return [...sets, { path: name, directory, document }];
  }

  /** Of the config file. */
  #pathFor(directory: string): string | undefined {
    const { config } = this.#options;
    if (config === false) return undefined;
    return config === undefined ? findConfigFile(directory, searchHost, this.#paths) : resolve(config);
  }

  /** @param loaded to be told of each plugin */
  #access(path: string, loaded: PluginModule[]): ConfigAccess {
    const plugins = this.#pluginAccess(path, loaded);
    const scope = this.#scopeOfConfig(path);
    return { plugins, ...(scope && { mayRead: (file: string) => scope.holds(file) }) };
  }

  /** What a config file may draw in: the project for one that was found, anything (undefined) for one that is named. */
  #scopeOfConfig(path: string): ReadScope | undefined {
    return this.#options.config === undefined ? projectScopeOf(dirname(path)) : undefined;
  }

  /** A tree that is linted must not say which files around it are read. */
  #confine(path: string, layers: readonly ConfigLayer[]): void {
    const scope = this.#scopeOfConfig(path);
    if (!scope) return;
    for (const { path: written, directory, document } of layers) {
      for (const [key, values] of Object.entries({
        root: document.root ?? [],
        includeRoots: document.includeRoots ?? [],
      })) {
        const outside = [values].flat().find((value) => !scope.holds(resolve(directory, value)));
        if (outside === undefined) continue;
        throw new ConfigError(
          `${written}: ${key}: "${outside}" lies outside of the project; only a config file that --config names may allow that`,
        );
      }
    }
  }

  /** Plugins are code: those that a linted tree brings along are not run. */
  #pluginAccess(path: string, loaded: PluginModule[]): PluginAccess {
    const { config, plugins } = this.#options;
    if (!plugins) return { refusal: 'refused by --no-plugins' };
    const load = (specifier: string, directory: string): unknown => {
      loaded.push({ specifier, directory });
      return loadPlugin(specifier, directory);
    };
    if (config !== undefined || dirname(path) === process.cwd()) return { load };
    return {
      refusal:
        'plugins are code, which is run only for the config file of the working directory or of --config; run proxylint there, or name the file',
    };
  }
}

/** For the search of config files: a link that leads out of its project is not opened. */
const searchHost: ConfigHost = {
  ...host,
  read: (path) => (projectScopeOf(dirname(path)).holds(path) ? host.read(path) : undefined),
};
