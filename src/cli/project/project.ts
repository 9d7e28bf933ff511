/** The config files and the command line put together, for each file that is linted. */
import { statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { selectRules } from '../../config/active-rules.ts';
import { EffectCollector, takesAway, type ConfigEffect } from '../../config/effect.ts';
import { loadConfig, type ConfigAccess, type LoadedConfig, type PluginAccess } from '../../config/load.ts';
import { findConfigFile } from '../../config/find-config.ts';
import { isSetName, loadSet, setNames } from '../../config/sets.ts';
import type * as resolving from '../../config/resolve.ts';
import { ConfigError, type ConfigHost, type ConfigLayer, type RuleSettings } from '../../config/types.ts';
import type { Finding } from '../../rules/finding.ts';
import type { LintSettings } from '../../lint/lint-source.ts';
import type { ActiveRule } from '../../lint/plan.ts';
import type { Rule } from '../../rules/define-rule.ts';
import { rules as builtIn } from '../../rules/index.gen.ts';
import type { Targets } from '../../model/versions.ts';
import { findRule } from './find-rule.ts';
import { host, loadPlugin } from './host.ts';
import { parseRuleSettings, parseTargets, type PluginOptions, type ProjectOptions } from '../options.ts';
import type { PluginModule } from './plugin-files.ts';
import { projectScopeOf, ReadScope, scopeOf } from '../files/read-scope.ts';
import { UsageError } from '../usage-error.ts';

/** One object for all files that have the same. */
export interface ProjectSettings extends LintSettings {
  /** What the includes of the file may read. */
  readonly scope: ReadScope;
  /** Whose rules may run. */
  readonly plugins: readonly PluginModule[];
}

/** See {@link Project.inForce}. */
export interface InForce {
  /** Config files and sets, in the order in which they are applied. */
  readonly layers: readonly string[];
  readonly isIgnored: boolean;
  readonly targets: Targets;
  readonly root: string | undefined;
  readonly includeRoots: readonly string[];
  readonly rules: readonly {
    readonly rule: Rule;
    /** Undefined: it is off. */
    readonly active: ActiveRule | undefined;
    /** What said so last. */
    readonly from: string;
  }[];
}

interface ProjectConfig extends LoadedConfig {
  readonly plugins: readonly PluginModule[];
  readonly knownRules: ReadonlySet<string>;
  readonly targets: Targets;
  readonly applications: NonNullable<LintSettings['applications']>;
  readonly format: NonNullable<LintSettings['format']>;
  /** The rules that run, by the overrides that apply. */
  readonly active: Map<string, readonly ActiveRule[]>;
  /** By the rules that run, and what may be read. */
  readonly settings: Map<readonly ActiveRule[], Map<ReadScope, ProjectSettings>>;
  /** What the config file takes away, and the rules that would run without it; undefined: there is none. */
  readonly file?: {
    readonly effect: EffectCollector;
    readonly without: readonly ActiveRule[];
  };
}

export class Project {
  readonly #options: ProjectOptions;
  readonly #settings: RuleSettings;
  readonly #targets: Targets;
  /** By directory. */
  readonly #configs = new Map<string, Promise<ProjectConfig>>();
  /** By the path of the config file; empty for none. */
  readonly #loaded = new Map<string, Promise<ProjectConfig>>();
  readonly #effects = new Map<string, EffectCollector>();
  /** Of the config files, by directory. */
  readonly #paths = new Map<string, string | undefined>();
  readonly #prefixed = new Map<string, ReadScope>();
  readonly #rules = new Set(builtIn);
  #areIdsChecked = false;
  /** Only config files and profiles need it, and the library of globs with it. */
  #resolve: typeof resolving | undefined;

  /** Throws {@link UsageError} for a value that is no rule, severity or version. */
  constructor(options: ProjectOptions) {
    this.#options = options;
    this.#settings = parseRuleSettings(options.rule);
    for (const id of this.#namedRules()) if (!isOfPlugin(id)) findRule(id, builtIn);
    refuseContradiction(options.only, options.skip, this.#settings);
    this.#targets = parseTargets(options.target);
    refuseMissingRoot(options.root);
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

  /** What the config files take away from the files so far. */
  get effects(): readonly ConfigEffect[] {
    return [...this.#effects.values()].map(({ effect }) => effect).filter(takesAway);
  }

  /** Undefined if the file is ignored. Throws {@link ConfigError}. */
  async settingsFor(path: string): Promise<ProjectSettings | undefined> {
    await this.#checkPluginRules();
    const absolute = resolve(path);
    const config = await this.#configFor(dirname(absolute));
    if (this.#resolve?.isIgnored(config.layers, absolute, host)) {
      config.file?.effect.addIgnored(absolute);
      return undefined;
    }
    return this.#settingsOf(config, this.#rulesFor(config, absolute), absolute);
  }

  /** What holds for a file, there or not, and where it is written. Throws {@link ConfigError}. */
  async inForce(path: string): Promise<InForce> {
    await this.#checkPluginRules();
    const absolute = resolve(path);
    const { layers, rules, targets } = await this.#configFor(dirname(absolute));
    const root = this.#options.root ?? this.#resolve?.rootOf(layers, host);
    const active = new Map(this.#select(rules, layers, absolute).map((each) => [each.rule, each]));
    return {
      layers: layers.map((layer) => shown(layer.path)),
      isIgnored: this.#resolve?.isIgnored(layers, absolute, host) === true,
      targets,
      root: root === undefined ? undefined : shown(root),
      includeRoots: [...this.#options.includeRoot, ...(this.#resolve?.includeRootsOf(layers, host) ?? [])].map(shown),
      rules: rules.map((rule) => ({ rule, active: active.get(rule), from: this.#sourceOf(rule, layers, absolute) })),
    };
  }

  #sourceOf({ id, meta }: Rule, layers: readonly ConfigLayer[], path: string): string {
    const { only, skip } = this.#options;
    if (Object.hasOwn(this.#settings, id) || only.length > 0 || skip.includes(id)) return 'the command line';
    const says = (layer: ConfigLayer): boolean =>
      this.#resolve?.settingsFor([layer], path, host).some((settings) => Object.hasOwn(settings, id)) ?? false;
    const layer = layers.findLast(says);
    return layer ? shown(layer.path) : `the ${meta.set} set`;
  }

  #settingsOf(config: ProjectConfig, rules: readonly ActiveRule[], absolute: string): ProjectSettings {
    const { minConfidence, root, includeRoot, suppressions } = this.#options;
    const { layers, knownRules, targets, applications, format, plugins } = config;
    const prefix = root === undefined ? this.#resolve?.rootOf(layers, host) : resolve(root);
    const scope = this.#scopeFor(prefix, absolute);
    let byScope = config.settings.get(rules);
    if (!byScope) config.settings.set(rules, (byScope = new Map()));
    let settings = byScope.get(scope);
    if (!settings) {
      settings = {
        scope: scope.with([...includeRoot, ...(this.#resolve?.includeRootsOf(layers, host) ?? [])]),
        rules,
        knownRules,
        targets,
        applications,
        format,
        plugins,
        ...(minConfidence && { minConfidence }),
        ...(suppressions === false && { suppressions }),
        ...(prefix !== undefined && { root: prefix }),
      };
      byScope.set(scope, settings);
    }
    return settings;
  }

  /** The same object for the same directories. */
  #scopeFor(prefix: string | undefined, absolute: string): ReadScope {
    if (prefix === undefined) return scopeOf(absolute);
    let scope = this.#prefixed.get(prefix);
    if (!scope) this.#prefixed.set(prefix, (scope = new ReadScope([prefix])));
    return scope;
  }

  /** What the config files say of how servers stand behind each other; undefined: nothing. Throws {@link ConfigError}. */
  async topologyFor(path: string): Promise<ConfigLayer | undefined> {
    const { layers } = await this.#configFor(dirname(resolve(path)));
    return this.#resolve?.topologyOf(layers);
  }

  /** What the config of the root file says about a finding in an included file; undefined drops it. */
  async adjust(finding: Finding, rootPath: string): Promise<Finding | undefined> {
    const path = finding.place.file.path;
    if (path === rootPath) return finding;
    const config = await this.#configFor(dirname(resolve(rootPath)));
    if (config.layers.length === 0) return finding;
    if (this.#resolve?.isIgnored(config.layers, resolve(path), host)) {
      config.file?.effect.addIgnored(resolve(path));
      return undefined;
    }
    const active = this.#rulesFor(config, resolve(path)).find(({ rule }) => rule.id === finding.rule);
    return active && { ...finding, ...(active.severity && { severity: active.severity }) };
  }

  #rulesFor({ layers, rules, file, active }: ProjectConfig, path: string): readonly ActiveRule[] {
    const key = this.#resolve?.overridesFor(layers, path, host) ?? '';
    let selected = active.get(key);
    if (!selected) {
      active.set(key, (selected = this.#select(rules, layers, path)));
      file?.effect.add(file.without, selected);
    }
    return selected;
  }

  #select(rules: readonly Rule[], layers: readonly ConfigLayer[], path: string): ActiveRule[] {
    const { only, skip } = this.#options;
    const written = this.#resolve?.settingsFor(layers, path, host) ?? [];
    return selectRules(rules, { settings: [...written, this.#settings], only, skip });
  }

  #configFor(directory: string): Promise<ProjectConfig> {
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
    return { ...shared, file: { effect, without: this.#select(rules, profiles, path) } };
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

function refuseContradiction(only: readonly string[], skip: readonly string[], settings: RuleSettings): void {
  const off = only.find((id) => settings[id]?.severity === 'off' || skip.includes(id));
  if (off === undefined) return;
  const other = skip.includes(off) ? `--skip ${off}` : `--rule ${off}=off`;
  throw new UsageError(`--only ${off} and ${other} contradict each other`);
}

function refuseMissingRoot(root: string | undefined): void {
  if (root !== undefined && !statSync(root, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`--root ${root}: no such directory`);
}

/** For the search of config files: a link that leads out of its project is not opened. */
const searchHost: ConfigHost = {
  ...host,
  read: (path) => (projectScopeOf(dirname(path)).holds(path) ? host.read(path) : undefined),
};

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

/** Beside or below the working directory as seen from there. */
function shown(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
}

function isOfPlugin(id: string): boolean {
  return id.includes('/');
}
