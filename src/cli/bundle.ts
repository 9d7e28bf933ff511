/**
 * Runs the bundled program from a directory of files that hold CommonJS chunks, each file compiled from the code cache beside it.
 * Compiling is most of the start-up time of a small run; node itself has no code cache for modules before version 22.
 */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Script } from 'node:vm';

export const mainChunk = 'main.js';

type ChunkFunction = (exports: object, require: (id: string) => unknown, module: { exports: object }) => void;

/** A file gives its chunks by name. A chunk that no file read so far has brought along stands in a file of its own name. */
export function fileOfChunks(codes: readonly (readonly [name: string, code: string])[]): string {
  const entries = codes.map(([name, code]) => `${JSON.stringify(name)}:function(exports,require,module){${code}\n}`);
  return `({${entries.join(',')}})`;
}

/**
 * Runs the main chunk. The result gains an entry by file name for each file that is read. `requireBuiltin` loads the
 * modules of node.
 */
export function runBundle(directory: string, requireBuiltin: (id: string) => unknown): ReadonlyMap<string, Script> {
  const scripts = new Map<string, Script>();
  const chunks = new Map<string, ChunkFunction>();
  const modules = new Map<string, { exports: object }>();
  const chunkOf = (name: string): ChunkFunction => {
    if (!chunks.has(name)) {
      const script = compile(join(directory, name));
      scripts.set(name, script);
      for (const [each, chunk] of Object.entries(script.runInThisContext() as object)) chunks.set(each, chunk);
    }
    return chunks.get(name)!;
  };
  const load = (name: string): object => {
    let module = modules.get(name);
    if (!module) {
      modules.set(name, (module = { exports: {} }));
      chunkOf(name)(module.exports, (id) => (id.startsWith('./') ? load(basename(id)) : requireBuiltin(id)), module);
    }
    return module.exports;
  };
  load(mainChunk);
  return scripts;
}

/** V8 rejects a cache that another version of it wrote, and compiles the source. */
function compile(path: string): Script {
  // The bundler escapes all that is not ASCII.
  const source = readFileSync(path, 'latin1');
  const cachedData = readCache(cachePath(path));
  return new Script(source, { filename: path, ...(cachedData && { cachedData }) });
}

export function cachePath(path: string): string {
  return `${path}.cache`;
}

function readCache(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
