/** The config files and the command line put together, for each file that is linted. */
import { dirname, resolve } from 'node:path';
import { selectRules } from '../config/active-rules.ts';
import { findConfigFile, loadConfig, type LoadedConfig, type PluginAccess } from '../config/load.ts';
import { loadSet } from '../config/sets.ts';
import type * as resolving from '../config/resolve.ts';
import { ConfigError, type ConfigHost, type ConfigLayer, type RuleSettings } from '../config/types.ts';
import type { Finding } from '../rules/finding.ts';
import type { LintSettings } from '../lint/read.ts';
import type { ActiveRule } from '../lint/run.ts';
import type { Rule } from '../rules/define-rule.ts';
import { rules as builtIn } from '../rules/index.gen.ts';
import type { Targets } from '../model/versions.ts';
import { findRule } from './find-rule.ts';
import { hostFor, loadPlugin, searchHost as host } from './host.ts';
import { parseRuleSettings, parseTargets, type PluginOptions, type ProjectOptions } from './options.ts';
import { projectOf, ReadScope, scopeOf } from './read-scope.ts';

export interface ProjectSettings extends LintSettings {
  /** What the includes of the file may read. */
  readonly scope: ReadScope;
}

export class Project {
  readonly #options: ProjectOptions;
  readonly #settings: RuleSettings;
  readonly #targets: Targets;
  readonly #configs = new Map<string, Promise<LoadedConfig>>();
  readonly #rules = new Set(builtIn);
  #areIdsChecked = false;
  /** Only config files and profiles need it, and the library of globs with it. */
  #resolve: typeof resolving | undefined;

  /** Throws {@link UsageError} for a value that is no rule, severity or version. */
  constructor(options: ProjectOptions) {
    this.#options = options;
    this.#settings = parseRuleSettings(options.rule);
    for (const id of this.#namedRules()) if (!isOfPlugin(id)) findRule(id, builtIn);
    this.#targets = parseTargets(options.target);
  }

  /** All rules that the config of the working directory, or of `--config`, brings together. Throws {@link ConfigError}. */
  static async rulesOf(options: PluginOptions): Promise<readonly Rule[]> {
    const project = new Project({ ...noOptions, ...options });
    return (await project.#configFor(process.cwd())).rules;
  }

  /** All rules, with those of the plugins that were loaded for the files so far. */
  get rules(): readonly Rule[] {
    return [...this.#rules];
  }

  /** Undefined if the file is ignored. Throws {@link ConfigError}. */
  async settingsFor(path: string): Promise<ProjectSettings | undefined> {
    await this.#checkPluginRules();
    const { minConfidence, root, includeRoot } = this.#options;
    const absolute = resolve(path);
    const config = await this.#configFor(dirname(absolute));
    const { layers, rules } = config;
    if (this.#resolve?.isIgnored(layers, absolute, host)) return undefined;
    const prefix = root === undefined ? this.#resolve?.rootOf(layers, host) : resolve(root);
    const scope = prefix === undefined ? scopeOf(absolute) : new ReadScope([prefix]);
    return {
      scope: scope.with([...includeRoot, ...(this.#resolve?.includeRootsOf(layers, host) ?? [])]),
      rules: this.#rulesFor(config, absolute),
      knownRules: new Set(rules.map(({ id }) => id)),
      targets: { ...this.#resolve?.targetsOf(layers), ...this.#targets },
      ...(minConfidence && { minConfidence }),
      ...(prefix !== undefined && { root: prefix }),
    };
  }

  /** What the config of the root file says about a finding in an included file; undefined drops it. */
  async adjust(finding: Finding, rootPath: string): Promise<Finding | undefined> {
    const path = finding.place.file.path;
    if (path === rootPath) return finding;
    const config = await this.#configFor(dirname(resolve(rootPath)));
    if (config.layers.length === 0) return finding;
    if (this.#resolve?.isIgnored(config.layers, resolve(path), host)) return undefined;
    const active = this.#rulesFor(config, resolve(path)).find(({ rule }) => rule.id === finding.rule);
    return active && { ...finding, ...(active.severity && { severity: active.severity }) };
  }

  #rulesFor({ layers, rules }: LoadedConfig, path: string): ActiveRule[] {
    const { only, skip } = this.#options;
    const written = this.#resolve?.settingsFor(layers, path, host) ?? [];
    return selectRules(rules, { settings: [...written, this.#settings], only, skip });
  }

  #configFor(directory: string): Promise<LoadedConfig> {
    const { config } = this.#options;
    const key = config === undefined ? directory : '';
    let loaded = this.#configs.get(key);
    if (!loaded) this.#configs.set(key, (loaded = this.#load(directory)));
    return loaded;
  }

  async #load(directory: string): Promise<LoadedConfig> {
    const { config, profile } = this.#options;
    const path = config === undefined ? findConfigFile(directory, host) : resolve(config);
    const { layers, rules }: LoadedConfig =
      path === undefined
        ? { layers: [], rules: builtIn }
        : await loadConfig(path, builtIn, this.#hostOf(path), this.#pluginAccess(path));
    for (const rule of rules) this.#rules.add(rule);
    const profiles: ConfigLayer[] = [];
    for (const name of profile) profiles.push(await loadSet(name, rules));
    const all = [...profiles, ...layers];
    if (all.length > 0) this.#resolve ??= await import('../config/resolve.ts');
    if (path !== undefined && config === undefined) this.#confine(path, layers);
    return { layers: all, rules };
  }

  /** What a config file that was found extends must lie in its project; one that is named may extend any. */
  #hostOf(path: string): ConfigHost {
    return hostFor(this.#options.config === undefined ? new ReadScope([projectOf(dirname(path))]) : undefined);
  }

  /** A tree that is linted must not say which files around it are read. */
  #confine(path: string, layers: readonly ConfigLayer[]): void {
    const scope = new ReadScope([projectOf(dirname(path))]);
    for (const { path: written, directory, document } of layers) {
      for (const [key, values] of Object.entries({
        root: document.root ?? [],
        includeRoots: document.includeRoots ?? [],
      })) {
        const outside = [values].flat().find((value) => !scope.holds(resolve(directory, value)));
        if (outside === undefined) continue;
        throw new ConfigError(
          `${written}: ${key}: "${outside}" lies outside of ${scope.name}; only a config file that --config names may allow that`,
        );
      }
    }
  }

  /** Plugins are code: those that a linted tree brings along are not run. */
  #pluginAccess(path: string): PluginAccess {
    const { config, plugins } = this.#options;
    if (!plugins) return { refusal: 'refused by --no-plugins' };
    if (config !== undefined || dirname(path) === process.cwd()) return { load: loadPlugin };
    return {
      refusal:
        'plugins are code, which is run only for the config file of the working directory or of --config; run proxylint there, or name the file',
    };
  }

  #namedRules(): string[] {
    const { only, skip } = this.#options;
    return [...Object.keys(this.#settings), ...only, ...skip];
  }

  /** Rules of plugins that the command line names must come from the config that may load plugins. */
  async #checkPluginRules(): Promise<void> {
    if (this.#areIdsChecked) return;
    this.#areIdsChecked = true;
    const ids = this.#namedRules().filter(isOfPlugin);
    if (ids.length === 0) return;
    const { rules } = await this.#configFor(process.cwd());
    for (const id of ids) findRule(id, rules);
  }
}

/** What the command line says when it says nothing. */
const noOptions: ProjectOptions = {
  plugins: true,
  rule: [],
  only: [],
  skip: [],
  profile: [],
  target: [],
  includeRoot: [],
  stdinFilename: '',
};

function isOfPlugin(id: string): boolean {
  return id.includes('/');
}
