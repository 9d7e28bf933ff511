/** What the code of plugins is made of, so that a result is known to be that of the same code. */
import { readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import type { Digest } from '../../lint/recorded-access.ts';

/** A module as a config file names it, and the directory of that file. */
export interface PluginModule {
  readonly specifier: string;
  readonly directory: string;
}

/** Plugins of more modules than that have never the same digest. */
const maxModules = 2000;

/**
 * Of the modules, all that they import or require, and the manifests of packages. What a rule reads when it runs cannot be seen from
 * here. One that imports by a name that is made up at run time never has the same digest.
 */
export function digestOfPlugins(plugins: readonly PluginModule[], digest: Digest): string {
  const texts = new Map<string, string>();
  const waiting = plugins.map((plugin) => resolveModule(plugin));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (texts.has(path)) continue;
    const text = readIfPossible(path);
    texts.set(path, text);
    if (!/\.(?:[cm]?[jt]s|node)$/.test(path)) continue;
    texts.set(`${path}\0package.json`, manifestAround(path));
    if (texts.size > maxModules || computed.test(text)) return unlike();
    for (const [, , specifier] of text.matchAll(imported)) {
      if (!isBuiltin(specifier!)) waiting.push(resolveModule({ specifier: specifier!, directory: dirname(path) }));
    }
  }
  return digest(JSON.stringify([...texts].sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** Also what only looks like it, in a comment: one file more does no harm. */
const imported = /\b(?:from|import|require)\s*\(?\s*(["'`])([^"'`\n]+)\1/g;
const computed = /\b(?:import|require)\s*\(\s*(?!["'`]|\))|\b(?:import|require)\s*\(\s*`[^`]*\$\{/;

let count = 0;

function unlike(): string {
  return `${process.pid} ${Date.now()} ${count++}`;
}

function resolveModule({ specifier, directory }: PluginModule): string {
  try {
    return createRequire(join(directory, 'proxylint.json')).resolve(specifier);
  } catch {
    return `${directory}\0${specifier}`;
  }
}

function readIfPossible(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

/** Says the version of a package, and how its modules are read. */
function manifestAround(path: string): string {
  for (let directory = dirname(path); ; directory = dirname(directory)) {
    const text = readIfPossible(join(directory, 'package.json'));
    if (text !== '' || dirname(directory) === directory) return text;
  }
}
