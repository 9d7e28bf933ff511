/** Looks for the config file of a directory. */
import type { ConfigHost } from './types.ts';

/** Files that are nothing else; a `package.json` may hold settings, too. */
export const configFileNames: readonly string[] = ['proxylint.json', '.proxylintrc.json'];

/**
 * The config file for the files of a directory: the nearest upward. `known`: what was found for directories before, and is for this one
 * and those above it.
 */
export function findConfigFile(
  directory: string,
  host: ConfigHost,
  known = new Map<string, string | undefined>(),
): string | undefined {
  const passed: string[] = [];
  let found: string | undefined;
  for (let current = directory; ; current = host.directoryOf(current)) {
    found = known.get(current);
    if (known.has(current)) break;
    passed.push(current);
    found = configFileIn(current, host);
    if (found !== undefined || host.directoryOf(current) === current) break;
  }
  for (const each of passed) known.set(each, found);
  return found;
}

function configFileIn(directory: string, host: ConfigHost): string | undefined {
  for (const name of configFileNames) {
    const path = host.resolve(directory, name);
    if (host.exists(path)) return path;
  }
  const manifest = host.resolve(directory, 'package.json');
  return host.exists(manifest) && manifestSection(readIfPossible(manifest, host)) !== undefined ? manifest : undefined;
}

/** Of a manifest, which belongs to others. */
function readIfPossible(path: string, host: ConfigHost): string | undefined {
  try {
    return host.read(path);
  } catch {
    return undefined;
  }
}

/** The "proxylint" key of a package.json. A manifest that is no JSON is not this program's to complain about. */
export function manifestSection(text: string | undefined): unknown {
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
