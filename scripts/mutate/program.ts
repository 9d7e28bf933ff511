/**
 * The modules of the project, loaded anew for each mutation: a source is compiled once in a process, and running its body again gives a
 * module without any state of the mutation before. Packages are loaded once.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileFunction } from 'node:vm';

import { compile } from './compile.ts';

type Require = (specifier: string) => unknown;
type Body = (exports: object, require: Require, module: object, __dirname: string, __url: string) => void;

const parameters = ['exports', 'require', 'module', '__dirname', '__url'];
const bodies = new Map<string, Body>();
const data = new Map<string, unknown>();

function bodyOf(path: string, source: string): Body {
  const code = compile(source);
  if (code === undefined) throw new Error(`${path} cannot be compiled as CommonJS`);
  return compileFunction(code, parameters, { filename: pathToFileURL(path).href }) as Body;
}

function unmutated(path: string): Body {
  let body = bodies.get(path);
  if (!body) bodies.set(path, (body = bodyOf(path, readFileSync(path, 'utf8'))));
  return body;
}

function readData(path: string): unknown {
  if (!data.has(path)) data.set(path, JSON.parse(readFileSync(path, 'utf8')));
  return data.get(path);
}

function builtinModule(name: string): object {
  const module = process.getBuiltinModule(name);
  if (!module) throw new Error(`"${name}" is missing in the list of packages of worker.ts`);
  return module;
}

export interface MutatedFile {
  readonly path: string;
  readonly source: string;
}

/** What packages export, by the name that they are imported by. */
export type Packages = ReadonlyMap<string, object>;

/** Loads a module and what it imports, each once. Paths are absolute. */
export function loaderOf(packages: Packages, mutated?: MutatedFile): (path: string) => unknown {
  const loaded = new Map<string, { exports: object }>();
  const load = (path: string): unknown => {
    if (path.endsWith('.json')) return readData(path);
    const known = loaded.get(path);
    if (known) return known.exports;
    const module = { exports: {} };
    loaded.set(path, module);
    const body = mutated?.path === path ? bodyOf(path, mutated.source) : unmutated(path);
    const folder = dirname(path);
    const require = (specifier: string): unknown =>
      specifier.startsWith('.') ? load(join(folder, specifier)) : (packages.get(specifier) ?? builtinModule(specifier));
    body(module.exports, require, module, folder, pathToFileURL(path).href);
    return module.exports;
  };
  return load;
}
