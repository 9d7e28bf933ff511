/** What a program may set, checked: a wrong name is told with those that there are. */
import { selectRules } from '../config/active-rules.ts';
import type { RuleSettings } from '../config/types.ts';
import { readSettings, type ApplicationSetting } from '../facts/applications/told.ts';
import { mistakesIn } from '../format/options.ts';
import { parseVersion, type Targets, type Version } from '../model/versions.ts';
import { rules } from '../rules/index.gen.ts';
import { dialects, type Dialect } from '../syntax/tree.ts';
import { suggest } from '../text/suggest.ts';
import type { LintSettings } from './lint-source.ts';

export interface SessionOptions extends Omit<
  LintSettings,
  'rules' | 'knownRules' | 'targets' | 'applications' | 'topologyOf' | 'timings'
> {
  /** Settings by rule id; without any, the recommended rules run. */
  readonly rules?: RuleSettings;
  /** The versions that the configs are meant for: `{ nginx: '1.22' }`, or their numbers. */
  readonly targets?: Readonly<Partial<Record<Dialect, string | Version>>>;
  /** Which application stands behind a host name or a backend: `{ 'hub.example.org': 'jupyterhub@4', 'http://127.0.0.1:9000': 'jatos' }`. */
  readonly applications?: Readonly<Record<string, string>>;
}

/** An option that does not exist, or has a value that it cannot have. Each mistake is a line of the message. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

const known = {
  files: true,
  root: true,
  budget: true,
  rules: true,
  targets: true,
  minConfidence: true,
  refusalRules: true,
  suppressions: true,
  applications: true,
  format: true,
} as const satisfies Record<keyof SessionOptions, true>;

/** Throws {@link OptionError}. `more`: names of options that the caller has beside these. */
export async function settingsFrom(options: SessionOptions, more: readonly string[] = []): Promise<LintSettings> {
  refuseUnknown('option', Object.keys(options), [...Object.keys(known), ...more]);
  const { rules: settings, targets = {}, applications, minConfidence, ...rest } = options;
  if (minConfidence !== undefined) refuseUnknown('minConfidence', [minConfidence], ['low', 'medium', 'high']);
  if (settings !== undefined) await checkRules(settings);
  const mistakes = mistakesIn(options.format ?? {});
  if (mistakes.length > 0) throw new OptionError(mistakes.join('\n'));
  return {
    ...rest,
    ...(minConfidence && { minConfidence }),
    rules: selectRules(rules, { settings: settings ? [settings] : [] }),
    knownRules: new Set(rules.map(({ id }) => id)),
    targets: targetsFrom(targets),
    ...(applications && { applications: applicationsFrom(applications) }),
  };
}

/** Throws {@link OptionError}. */
export function checkDialect(dialect: string | undefined): void {
  if (dialect !== undefined) refuseUnknown('dialect', [dialect], dialects);
}

/** The checks of config files, which know the options of each rule; they take time to load. */
async function checkRules(settings: RuleSettings): Promise<void> {
  const { validateConfig } = await import('../config/validate.ts');
  const { ConfigError } = await import('../config/types.ts');
  try {
    const written = Object.entries(settings).map(([id, setting]) => [id, withoutDefault(setting)]);
    validateConfig('options', { rules: Object.fromEntries(written) as unknown }, rules);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new OptionError(error.message, { cause: error });
  }
}

/** `default` is no severity that a config file can name. */
function withoutDefault(setting: RuleSettings[string]): unknown {
  if (typeof setting !== 'object' || setting === null || setting.severity !== 'default') return setting;
  const { options } = setting;
  return { ...(options && { options }) };
}

function targetsFrom(targets: NonNullable<SessionOptions['targets']>): Targets {
  refuseUnknown('targets', Object.keys(targets), dialects);
  const versions = Object.entries(targets).map(([dialect, written]) => {
    const version = typeof written === 'string' ? parseVersion(written) : written;
    if (Array.isArray(version) && version.length > 0 && version.every((part) => Number.isInteger(part) && part >= 0))
      return [dialect, version];
    throw new OptionError(`targets.${dialect}: ${JSON.stringify(written)} is no version; write one such as "1.22.1"`);
  });
  return Object.fromEntries(versions) as Targets;
}

function applicationsFrom(written: Readonly<Record<string, string>>): readonly ApplicationSetting[] {
  const { settings, mistakes } = readSettings(written);
  if (mistakes.length > 0)
    throw new OptionError(mistakes.map(({ key, text }) => `applications["${key}"]: ${text}`).join('\n'));
  return settings;
}

function refuseUnknown(where: string, names: readonly string[], allowed: readonly string[]): void {
  const mistakes = names.filter((name) => !allowed.includes(name)).map((name) => describe(where, name, allowed));
  if (mistakes.length > 0) throw new OptionError(mistakes.join('\n'));
}

function describe(where: string, name: string, allowed: readonly string[]): string {
  const near = suggest(String(name), allowed);
  const hint = near === undefined ? '' : `; did you mean "${near}"?`;
  return `${where}: ${JSON.stringify(name)} is not one of ${allowed.join(', ')}${hint}`;
}
