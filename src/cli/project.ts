/** The config files and the command line put together, for each file that is linted. */
import { dirname, resolve } from 'node:path';
import { selectRules } from '../config/active-rules.ts';
import { findConfigFile, loadConfig } from '../config/load.ts';
import { isIgnored, rootOf, settingsFor, targetsOf } from '../config/resolve.ts';
import type { ConfigLayer, RuleSettings } from '../config/types.ts';
import type { Finding } from '../finding.ts';
import type { LintSettings } from '../lint.ts';
import type { ActiveRule } from '../linter.ts';
import { rules } from '../rules/index.gen.ts';
import type { Targets } from '../versions.ts';
import { findRule } from './find-rule.ts';
import { host } from './host.ts';
import { parseRuleSettings, parseTargets, type ProjectOptions } from './options.ts';

const ruleIds: ReadonlySet<string> = new Set(rules.map(({ id }) => id));

export class Project {
  readonly #options: ProjectOptions;
  readonly #settings: RuleSettings;
  readonly #targets: Targets;
  readonly #layers = new Map<string, Promise<readonly ConfigLayer[]>>();

  /** Throws {@link UsageError} for a value that is no rule, severity or version. */
  constructor(options: ProjectOptions) {
    this.#options = options;
    this.#settings = parseRuleSettings(options.rule);
    for (const id of [...Object.keys(this.#settings), ...options.only, ...options.skip]) findRule(id);
    this.#targets = parseTargets(options.target);
  }

  /** Undefined if the file is ignored. Throws {@link ConfigError}. */
  async settingsFor(path: string): Promise<LintSettings | undefined> {
    const { minConfidence, root } = this.#options;
    const absolute = resolve(path);
    const layers = await this.#layersFor(dirname(absolute));
    if (isIgnored(layers, absolute, host)) return undefined;
    const prefix = root === undefined ? rootOf(layers, host) : resolve(root);
    return {
      rules: this.#rulesFor(layers, absolute),
      knownRules: ruleIds,
      targets: { ...targetsOf(layers), ...this.#targets },
      ...(minConfidence && { minConfidence }),
      ...(prefix !== undefined && { root: prefix }),
    };
  }

  /** What the config of the root file says about a finding in an included file; undefined drops it. */
  async adjust(finding: Finding, rootPath: string): Promise<Finding | undefined> {
    const path = finding.place.file.path;
    if (path === rootPath) return finding;
    const layers = await this.#layersFor(dirname(resolve(rootPath)));
    if (layers.length === 0) return finding;
    if (isIgnored(layers, resolve(path), host)) return undefined;
    const active = this.#rulesFor(layers, resolve(path)).find(({ rule }) => rule.id === finding.rule);
    return active && { ...finding, ...(active.severity && { severity: active.severity }) };
  }

  #rulesFor(layers: readonly ConfigLayer[], path: string): ActiveRule[] {
    const { only, skip } = this.#options;
    return selectRules(rules, { settings: [...settingsFor(layers, path, host), this.#settings], only, skip });
  }

  #layersFor(directory: string): Promise<readonly ConfigLayer[]> {
    const { config } = this.#options;
    const key = config === undefined ? directory : '';
    let layers = this.#layers.get(key);
    if (!layers) {
      const path = config === undefined ? findConfigFile(directory, host) : resolve(config);
      layers = path === undefined ? Promise.resolve([]) : loadConfig(path, rules, host);
      this.#layers.set(key, layers);
    }
    return layers;
  }
}
