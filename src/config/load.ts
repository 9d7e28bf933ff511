/** Reads config files with what they extend, and the plugins that they name. */
import type { Rule } from '../rules/define-rule.ts';
import { LineIndex } from '../text/source.ts';
import { suggest } from '../text/suggest.ts';
import { JsonError, parseJsonc } from './jsonc.ts';
import { isSetName, loadSet, setNames, type SetName } from './sets.ts';
import { ConfigError, type ConfigHost, type ConfigLayer } from './types.ts';
import { manifestSection } from './find-config.ts';

/** A config with what it extends. */
export interface LoadedConfig {
  /** The base first. */
  readonly layers: readonly ConfigLayer[];
  /** All rules there are: the given ones, then those of the plugins. */
  readonly rules: readonly Rule[];
}

/** Loads what a config names in `plugins`, as seen from its directory. Undefined: plugins are refused, for the reason. */
export interface PluginAccess {
  readonly load?: (specifier: string, directory: string) => unknown;
  /** Why not, as the end of an error message. */
  readonly refusal?: string;
}

/** What a config file may draw in. */
export interface ConfigAccess {
  readonly plugins: PluginAccess;
  /** Whether it may be, or extend, this file; left out: any. */
  readonly mayRead?: (path: string) => boolean;
}

/** Throws {@link ConfigError}. */
export async function loadConfig(
  path: string,
  builtIn: readonly Rule[],
  host: ConfigHost,
  access: ConfigAccess,
): Promise<LoadedConfig> {
  const parsed = parseWithBases({ path, name: path }, host, access, { from: [], count: { files: 0 } });
  const rules = [...builtIn, ...(await loadPlugins(parsed, access.plugins))];
  const known = rules.length === builtIn.length ? builtIn : rules;
  // Most runs have no config file: ajv is loaded only for those that do.
  const { validateConfig } = await import('./validate.ts');
  const layers: ConfigLayer[] = [];
  for (const document of parsed) {
    if (typeof document === 'string') layers.push(await loadSet(document, known));
    else layers.push({ ...document, document: validateConfig(document.name, document.value, known) });
  }
  return { layers, rules: known };
}

/** A config file before it is known to be valid. */
interface Parsed {
  readonly path: string;
  readonly directory: string;
  /** What errors call it. */
  readonly name: string;
  readonly value: unknown;
}

/** A path, and what is written for it. */
interface Named {
  readonly path: string;
  readonly name: string;
}

/** The files that extend one another down to the current one, and how many were read so far in all. */
interface Chain {
  readonly from: readonly string[];
  readonly count: { files: number };
}

/** Two files that extend the next two each, and so on, would double with every step. */
const maxFiles = 100;

/** The config file behind those that it extends; sets of rules by name. */
function parseWithBases(
  { path, name }: Named,
  host: ConfigHost,
  access: ConfigAccess,
  { from, count }: Chain,
): (Parsed | SetName)[] {
  if (from.includes(path)) throw new ConfigError(`${[...from, path].join(' extends ')}, which is a circle`);
  if (++count.files > maxFiles) throw new ConfigError(`${from[0]}: extends more than ${maxFiles} files`);
  const text = read({ path, name }, host, access, from.at(-1));
  const isManifest = /(?:^|[\\/])package\.json$/.test(path);
  const value = isManifest ? manifestSection(text) : parseJson(path, text);
  if (value === undefined) throw new ConfigError(`${path}: no "proxylint" in it`);
  const directory = host.directoryOf(path);
  const bases = stringsIn(value, 'extends').flatMap((name) =>
    isSetName(name)
      ? [name]
      : parseWithBases({ path: host.resolve(directory, name), name }, host, access, { from: [...from, path], count }),
  );
  return [...bases, { path, directory, name: isManifest ? `${path}: proxylint` : path, value }];
}

/** What is no text is left to the validation. */
function stringsIn(value: unknown, key: 'extends' | 'plugins'): string[] {
  const written: unknown = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : [];
  return [written].flat().filter((item) => typeof item === 'string');
}

/** The rules of the plugins, each plugin once. */
async function loadPlugins(parsed: readonly (Parsed | SetName)[], { load, refusal }: PluginAccess): Promise<Rule[]> {
  const rules = new Map<string, Rule>();
  for (const document of parsed) {
    if (typeof document === 'string') continue;
    for (const specifier of stringsIn(document.value, 'plugins')) {
      const where = `${document.name}: plugins: ${specifier}`;
      if (!load) throw new ConfigError(`${where}: ${refusal ?? 'plugins cannot be loaded here'}`);
      const { rulesOfPlugin } = await import('./plugins.ts');
      for (const rule of rulesOfPlugin(
        where,
        loadOne(where, () => load(specifier, document.directory)),
      )) {
        rules.set(rule.id, rule);
      }
    }
  }
  return [...rules.values()];
}

function loadOne(where: string, load: () => unknown): unknown {
  try {
    return load();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`${where}: cannot be loaded: ${message.split('\n')[0]}`, { cause: error });
  }
}

function read(
  { path, name }: Named,
  host: ConfigHost,
  { mayRead }: ConfigAccess,
  extendedBy: string | undefined,
): string {
  const where = extendedBy === undefined ? path : `${extendedBy}: extends ${path}`;
  if (mayRead && !mayRead(path)) {
    throw new ConfigError(
      `${where}: lies outside of the project; only a config file that --config names may draw it in`,
    );
  }
  let text: string | undefined;
  try {
    text = host.read(path);
  } catch (error) {
    throw new ConfigError(`${where}: ${error instanceof Error ? error.message : 'cannot be read'}`, { cause: error });
  }
  if (text === undefined) {
    const near = extendedBy === undefined ? undefined : suggest(name, setNames);
    throw new ConfigError(`${where}: no such file${near === undefined ? '' : `; did you mean "${near}"?`}`);
  }
  return text;
}

function parseJson(path: string, text: string): unknown {
  try {
    return parseJsonc(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const { line, column } = new LineIndex(text).positionAt(error.offset);
    throw new ConfigError(`${path}:${line}:${column}: not valid JSON: ${error.message}`, { cause: error });
  }
}
