/**
 * Runs the bundled program from files that hold CommonJS chunks, each file compiled from the code cache beside it.
 * Compiling is most of the start-up time of a small run; node itself has no code cache for modules before version 22.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';

export const mainChunk = 'main.js';

interface Module {
  exports: object;
}

/** `__load` gives what a chunk exports, `require` what a module of node does. */
type ChunkFunction = (module: Module, __load: (id: string) => object, require: (id: string) => unknown) => void;

/** By what a chunk is loaded. */
export function chunkIn(file: string, name: string): string {
  return file === name ? name : `${file}:${name}`;
}

/** A file gives its chunks by their ids, see {@link chunkIn}. */
export function fileOfChunks(codes: readonly (readonly [id: string, code: string])[]): string {
  const entries = codes.map(([id, code]) => `${JSON.stringify(id)}:function(module,__load,require){${code}\n}`);
  return `({${entries.join(',')}})`;
}

/** Gives a file by its name, or throws. */
type ReadFile = (name: string) => Buffer;

export function filesIn(directory: string): ReadFile {
  return (name) => readFileSync(join(directory, name));
}

/**
 * Runs the main chunk. The result gains an entry by file name for each file that is read. `requireBuiltin` loads the
 * modules of node.
 */
export function runBundle(read: ReadFile, requireBuiltin: (id: string) => unknown): ReadonlyMap<string, Script> {
  const scripts = new Map<string, Script>();
  const hasCache = readIfThere(read, cacheKeyFile)?.toString('latin1') === cacheKey();
  const chunks = new Map<string, ChunkFunction>();
  const modules = new Map<string, Module>();
  const chunkOf = (id: string): ChunkFunction => {
    if (!chunks.has(id)) {
      const [file] = id.split(':', 1) as [string];
      const script = compile(read, file, hasCache);
      scripts.set(file, script);
      for (const [each, chunk] of Object.entries(script.runInThisContext() as object)) chunks.set(each, chunk);
    }
    return chunks.get(id)!;
  };
  const load = (id: string): object => {
    let module = modules.get(id);
    if (!module) {
      modules.set(id, (module = { exports: {} }));
      chunkOf(id)(module, load, requireBuiltin);
    }
    return module.exports;
  };
  load(mainChunk);
  return scripts;
}

function compile(read: ReadFile, name: string, hasCache: boolean): Script {
  // The bundler escapes all that is not ASCII.
  const source = read(name).toString('latin1');
  const cachedData = hasCache ? readIfThere(read, cacheOf(name)) : undefined;
  return new Script(source, { filename: name, ...(cachedData && { cachedData }) });
}

export function cacheOf(name: string): string {
  return `${name}.cache`;
}

export const cacheKeyFile = 'cache-key.json';

/**
 * Whose cache it is. V8 rejects one that another version of V8 wrote, but not one of another node with the same version of V8: 20.19 crashes on
 * that of 20.20.
 */
export function cacheKey(): string {
  const { version, versions, platform, arch, config } = process;
  return JSON.stringify([version, versions.v8, platform, arch, config]);
}

function readIfThere(read: ReadFile, name: string): Buffer | undefined {
  try {
    return read(name);
  } catch {
    return undefined;
  }
}
