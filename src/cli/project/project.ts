/** The config files and the command line put together, for each file that is linted. */
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { selectRules } from '../../config/active-rules.ts';
import type { ConfigEffect } from '../../config/effect.ts';
import type { ConfigLayer, RuleSettings } from '../../config/types.ts';
import type { Finding } from '../../rules/finding.ts';
import type { ActiveRule } from '../../lint/plan.ts';
import type { Rule } from '../../rules/define-rule.ts';
import { rules as builtIn } from '../../rules/index.gen.ts';
import type { Targets } from '../../model/versions.ts';
import { findRule } from './find-rule.ts';
import { host } from './host.ts';
import { ProjectConfigs, type ProjectConfig } from './project-configs.ts';
import type { ProjectSettings } from './settings.ts';
import { shown } from './shown.ts';
import { parseRuleSettings, parseTargets, type PluginOptions, type ProjectOptions } from '../options.ts';
import { ReadScope, scopeOf } from '../files/read-scope.ts';
import { UsageError } from '../usage-error.ts';

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

export class Project {
  readonly #options: ProjectOptions;
  readonly #settings: RuleSettings;
  readonly #configs: ProjectConfigs;
  readonly #prefixed = new Map<string, ReadScope>();
  #areIdsChecked = false;

  /** Throws {@link UsageError} for a value that is no rule, severity or version. */
  constructor(options: ProjectOptions) {
    this.#options = options;
    this.#settings = parseRuleSettings(options.rule);
    for (const id of this.#namedRules()) if (!isOfPlugin(id)) findRule(id, builtIn);
    refuseContradiction(options.only, options.skip, this.#settings);
    this.#configs = new ProjectConfigs(options, parseTargets(options.target));
    refuseMissingRoot(options.root);
  }

  /** All rules that the config of the working directory, or of `--config`, brings together. Throws {@link ConfigError}. */
  static async rulesOf(options: PluginOptions): Promise<readonly Rule[]> {
    const project = new Project({ ...noOptions, ...options });
    return (await project.#configs.for(process.cwd())).rules;
  }

  /** All rules, with those of the plugins that were loaded for the files so far. */
  get rules(): readonly Rule[] {
    return this.#configs.rules;
  }

  /** What the config files take away from the files so far. */
  get effects(): readonly ConfigEffect[] {
    return this.#configs.effects;
  }

  /** Undefined if the file is ignored. Throws {@link ConfigError}. */
  async settingsFor(path: string): Promise<ProjectSettings | undefined> {
    await this.#checkPluginRules();
    const absolute = resolve(path);
    const config = await this.#configs.for(dirname(absolute));
    if (this.#configs.resolve?.isIgnored(config.layers, absolute, host)) {
      config.file?.effect.addIgnored(absolute);
      return undefined;
    }
    return this.#settingsOf(config, this.#rulesFor(config, absolute), absolute);
  }

  /** What holds for a file, there or not, and where it is written. Throws {@link ConfigError}. */
  async inForce(path: string): Promise<InForce> {
    await this.#checkPluginRules();
    const absolute = resolve(path);
    const { layers, rules, targets } = await this.#configs.for(dirname(absolute));
    const root = this.#options.root ?? this.#configs.resolve?.rootOf(layers, host);
    const active = new Map(this.#select(rules, layers, absolute).map((each) => [each.rule, each]));
    return {
      layers: layers.map((layer) => shown(layer.path)),
      isIgnored: this.#configs.resolve?.isIgnored(layers, absolute, host) === true,
      targets,
      root: root === undefined ? undefined : shown(root),
      includeRoots: [...this.#options.includeRoot, ...(this.#configs.resolve?.includeRootsOf(layers, host) ?? [])].map(
        shown,
      ),
      rules: rules.map((rule) => ({ rule, active: active.get(rule), from: this.#sourceOf(rule, layers, absolute) })),
    };
  }

  #sourceOf({ id, meta }: Rule, layers: readonly ConfigLayer[], path: string): string {
    const { only, skip } = this.#options;
    if (Object.hasOwn(this.#settings, id) || only.length > 0 || skip.includes(id)) return 'the command line';
    const says = (layer: ConfigLayer): boolean =>
      this.#configs.resolve?.settingsFor([layer], path, host).some((settings) => Object.hasOwn(settings, id)) ?? false;
    const layer = layers.findLast(says);
    return layer ? shown(layer.path) : `the ${meta.set} set`;
  }

  #settingsOf(config: ProjectConfig, rules: readonly ActiveRule[], absolute: string): ProjectSettings {
    const { minConfidence, root, includeRoot, suppressions } = this.#options;
    const { layers, knownRules, targets, applications, format, plugins } = config;
    const prefix = root === undefined ? this.#configs.resolve?.rootOf(layers, host) : resolve(root);
    const scope = this.#scopeFor(prefix, absolute);
    let byScope = config.settings.get(rules);
    if (!byScope) config.settings.set(rules, (byScope = new Map()));
    let settings = byScope.get(scope);
    if (!settings) {
      settings = {
        scope: scope.with([...includeRoot, ...(this.#configs.resolve?.includeRootsOf(layers, host) ?? [])]),
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
    const { layers } = await this.#configs.for(dirname(resolve(path)));
    return this.#configs.resolve?.topologyOf(layers);
  }

  /** What the config of the root file says about a finding in an included file; undefined drops it. */
  async adjust(finding: Finding, rootPath: string): Promise<Finding | undefined> {
    const path = finding.place.file.path;
    if (path === rootPath) return finding;
    const config = await this.#configs.for(dirname(resolve(rootPath)));
    if (config.layers.length === 0) return finding;
    if (this.#configs.resolve?.isIgnored(config.layers, resolve(path), host)) {
      config.file?.effect.addIgnored(resolve(path));
      return undefined;
    }
    const active = this.#rulesFor(config, resolve(path)).find(({ rule }) => rule.id === finding.rule);
    return active && { ...finding, ...(active.severity && { severity: active.severity }) };
  }

  #rulesFor({ layers, rules, file, active }: ProjectConfig, path: string): readonly ActiveRule[] {
    const key = this.#configs.resolve?.overridesFor(layers, path, host) ?? '';
    let selected = active.get(key);
    if (!selected) {
      active.set(key, (selected = this.#select(rules, layers, path)));
      file?.effect.add(this.#select(rules, file.without, path), selected);
    }
    return selected;
  }

  #select(rules: readonly Rule[], layers: readonly ConfigLayer[], path: string): ActiveRule[] {
    const { only, skip } = this.#options;
    const written = this.#configs.resolve?.settingsFor(layers, path, host) ?? [];
    return selectRules(rules, { settings: [...written, this.#settings], only, skip });
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
    const { rules } = await this.#configs.for(process.cwd());
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
