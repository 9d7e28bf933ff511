/** Finds and reads config files. */
import type { Rule } from '../rules/define-rule.ts';
import { LineIndex } from '../ir/source.ts';
import { ruleSets } from './schema.ts';
import { ConfigError, type ConfigDocument, type ConfigHost, type ConfigLayer } from './types.ts';

const names = ['proxylint.json', '.proxylintrc.json'];

/** The config file for the files of a directory: the nearest upward. */
export function findConfigFile(directory: string, host: ConfigHost): string | undefined {
  for (let current = directory; ; current = host.directoryOf(current)) {
    for (const name of names) {
      const path = host.resolve(current, name);
      if (host.read(path) !== undefined) return path;
    }
    const manifest = host.resolve(current, 'package.json');
    if (manifestSection(host.read(manifest)) !== undefined) return manifest;
    if (host.directoryOf(current) === current) return undefined;
  }
}

/** The "proxylint" key of a package.json. A manifest that is no JSON is not this program's to complain about. */
function manifestSection(text: string | undefined): unknown {
  if (text === undefined || !text.includes('"proxylint"')) return undefined;
  try {
    const manifest: unknown = JSON.parse(text);
    return typeof manifest === 'object' && manifest !== null
      ? (manifest as { proxylint?: unknown }).proxylint
      : undefined;
  } catch {
    return undefined;
  }
}

/** A config with what it extends, the base first. Throws {@link ConfigError}. */
export async function loadConfig(path: string, rules: readonly Rule[], host: ConfigHost): Promise<ConfigLayer[]> {
  return load(path, rules, host, []);
}

async function load(
  path: string,
  rules: readonly Rule[],
  host: ConfigHost,
  from: readonly string[],
): Promise<ConfigLayer[]> {
  if (from.includes(path)) throw new ConfigError(`${[...from, path].join(' extends ')}, which is a circle`);
  const text = read(path, host, from.at(-1));
  const isManifest = /(?:^|[\\/])package\.json$/.test(path);
  const value = isManifest ? manifestSection(text) : parseJson(path, text);
  if (value === undefined) throw new ConfigError(`${path}: no "proxylint" in it`);
  // Most runs have no config file: ajv is loaded only for those that do.
  const { validateConfig } = await import('./validate.ts');
  const document = validateConfig(isManifest ? `${path}: proxylint` : path, value, rules);
  const directory = host.directoryOf(path);
  const layers: ConfigLayer[] = [];
  for (const name of [document.extends ?? []].flat()) {
    if (isRuleSet(name)) layers.push({ path: name, directory, document: ruleSet(name, rules) });
    else layers.push(...(await load(host.resolve(directory, name), rules, host, [...from, path])));
  }
  return [...layers, { path, directory, document }];
}

function read(path: string, host: ConfigHost, extendedBy: string | undefined): string {
  const where = extendedBy === undefined ? path : `${extendedBy}: extends ${path}`;
  let text: string | undefined;
  try {
    text = host.read(path);
  } catch (error) {
    throw new ConfigError(`${where}: ${error instanceof Error ? error.message : 'cannot be read'}`, { cause: error });
  }
  if (text === undefined) throw new ConfigError(`${where}: no such file`);
  return text;
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const offset = /at position (\d+)/.exec(message)?.[1];
    const place = offset === undefined ? undefined : new LineIndex(text).positionAt(Number(offset));
    const where = place ? `${path}:${place.line}:${place.column}` : path;
    throw new ConfigError(
      `${where}: not valid JSON: ${message.split('\n')[0]!.replace(/ in JSON at position.*/, '')}`,
      { cause: error },
    );
  }
}

function isRuleSet(name: string): name is (typeof ruleSets)[number] {
  return (ruleSets as readonly string[]).includes(name);
}

/** The recommended set is on anyway; `pedantic` adds its rules to it. */
function ruleSet(name: (typeof ruleSets)[number], rules: readonly Rule[]): ConfigDocument {
  const members = rules.filter((rule) => rule.meta.set === name || rule.meta.set === 'recommended');
  return {
    rules: Object.fromEntries(
      members.map(({ id, meta }) => [id, { severity: meta.severity, ownSeverity: meta.severity }]),
    ),
  };
}
