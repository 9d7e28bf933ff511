/** What a loaded config says about one file. */
import { readSettings, type ApplicationSetting } from '../facts/applications/told.ts';
import type { FormatOptions } from '../format/options.ts';
import { Cache } from '../text/cache.ts';
import type { Dialect } from '../syntax/tree.ts';
import { parseVersion, type Targets, type Version } from '../model/versions.ts';
import { matchesGlob, parseGlob, type Glob } from './glob.ts';
import {
  ConfigError,
  type ConfigHost,
  type ConfigLayer,
  type RuleSetting,
  type RuleSettings,
  type WrittenSetting,
} from './types.ts';

/** Whether one of the layers ignores the file (an absolute path). */
export function isIgnored(layers: readonly ConfigLayer[], path: string, host: ConfigHost): boolean {
  return layers.some(
    ({ directory, document }) => document.ignore && matches(document.ignore, host.relative(directory, path), true),
  );
}

/** The rule settings for a file (an absolute path), to be applied in order. */
export function settingsFor(layers: readonly ConfigLayer[], path: string, host: ConfigHost): RuleSettings[] {
  return layers.flatMap(({ directory, document }) => {
    const overrides = (document.overrides ?? []).filter(({ files }) =>
      matches([files].flat(), host.relative(directory, path), false),
    );
    return [document.rules ?? {}, ...overrides.map(({ rules }) => rules)].map(normalize);
  });
}

/** Names the overrides that apply to a file (an absolute path): files with the same have the same rule settings. */
export function overridesFor(layers: readonly ConfigLayer[], path: string, host: ConfigHost): string {
  const applying = layers.map(({ directory, document: { overrides } }) => {
    if (!overrides) return '';
    const relative = host.relative(directory, path);
    return overrides.map(({ files }) => (matches([files].flat(), relative, false) ? '1' : '0')).join('');
  });
  return applying.join(' ');
}

export function targetsOf(layers: readonly ConfigLayer[]): Targets {
  const targets: Partial<Record<Dialect, Version>> = {};
  for (const { document } of layers) {
    for (const [dialect, text] of Object.entries(document.target ?? {})) {
      targets[dialect as Dialect] = parseVersion(text)!;
    }
  }
  return targets;
}

/** The layer whose topology holds; undefined where none says anything. */
export function topologyOf(layers: readonly ConfigLayer[]): ConfigLayer | undefined {
  return layers.findLast(({ document }) => document.topology !== undefined);
}

/** Whether a file (an absolute path) is one of those that globs of the layer mean. */
export function isNamedBy(
  { directory }: ConfigLayer,
  globs: string | readonly string[],
  path: string,
  host: ConfigHost,
): boolean {
  return matches([globs].flat(), host.relative(directory, path), false);
}

/** Which applications stand behind hosts and backends; the last layer that names one wins. */
export function applicationsOf(layers: readonly ConfigLayer[]): readonly ApplicationSetting[] {
  const written = Object.assign({}, ...layers.map(({ document }) => document.applications ?? {})) as Record<
    string,
    string
  >;
  return readSettings(written).settings;
}

/** How files are laid out; of an option that several layers set, the last one holds. */
export function formatOf(layers: readonly ConfigLayer[]): FormatOptions {
  return Object.assign({}, ...layers.map(({ document }) => document.format ?? {})) as FormatOptions;
}

/** The prefix for absolute include paths, as an absolute path. */
export function rootOf(layers: readonly ConfigLayer[], host: ConfigHost): string | undefined {
  const layer = layers.findLast(({ document }) => document.root !== undefined);
  return layer && host.resolve(layer.directory, layer.document.root!);
}

/** The directories that the includes may lie in as well, as absolute paths. */
export function includeRootsOf(layers: readonly ConfigLayer[], host: ConfigHost): string[] {
  return layers.flatMap(({ directory, document }) =>
    (document.includeRoots ?? []).map((root) => host.resolve(directory, root)),
  );
}

function normalize(written: Readonly<Record<string, WrittenSetting>>): RuleSettings {
  return Object.fromEntries(Object.entries(written).map(([id, setting]) => [id, normalizeSetting(setting)]));
}

function normalizeSetting(setting: WrittenSetting): RuleSetting {
  if (typeof setting === 'string') return { severity: setting };
  const { severity, ownSeverity, options } = setting;
  return {
    // An untouched entry of the catalogue leaves each finding the severity that the rule gives it.
    ...(severity && { severity: severity === ownSeverity ? 'default' : severity }),
    ...(options && { options }),
  };
}

/** A glob without a slash matches names in any folder; with `folders`, a match covers all below it. */
function matches(globs: readonly string[], relative: string, folders: boolean): boolean {
  if (relative.startsWith('../')) return false;
  return globs.some((glob) => {
    const trimmed = glob.replace(/^\.\//, '').replace(/\/$/, '');
    const anchored = trimmed.includes('/') ? trimmed.replace(/^\//, '') : `**/${trimmed}`;
    return matchesGlob(globOf(folders ? `${anchored}/**` : anchored), relative);
  });
}

const parsed = new Cache<string, Glob>(2000);

/** Throws {@link ConfigError}. */
function globOf(text: string): Glob {
  let glob = parsed.get(text);
  if (!glob) {
    glob = parseGlob(text);
    if (!glob) throw new ConfigError(`the glob "${text}" of a config file stands for too many others`);
    parsed.set(text, glob);
  }
  return glob;
}
