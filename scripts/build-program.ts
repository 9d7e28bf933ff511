/** Bundles the program: `dist/cli.cjs` with its chunks in `dist/cli`, and the code that V8 compiled for them. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Script } from 'node:vm';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { cacheOf, chunkIn, fileOfChunks, mainChunk } from '../src/cli/start/bundle.ts';
import { rules } from '../src/rules/index.gen.ts';
import { dialects } from '../src/syntax/tree.ts';
import { filesOfChunks, seldomFile } from './chunk-files.ts';
import { commonJsOf } from './common-js.ts';
import { lazyFunctions } from './lazy-functions.ts';
import { lazyRules } from './lazy-rules.ts';
import { rulesAtWork, sampleOf } from './rules-at-work.ts';

const directory = 'dist/cli';

/**
 * The arguments of one run a dialect: what runs then is what the code cache will hold. The first fills the cache of all files that it loads,
 * and the others only those of their own: functions that a run does not need cost it time to load.
 */
const runs: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(dialects.map((dialect) => [dialect, [sampleOf(dialect)]])),
  command: ['--version'],
};

/** Gives the files that went into it. Chunks are in files of their own first, to see which of them the runs load. */
export async function bundleProgram(common: BuildOptions): Promise<string[]> {
  const { outputFiles, metafile } = await build({
    ...common,
    entryPoints: { [basename(mainChunk, '.js')]: 'src/cli/main.ts' },
    plugins: [withoutSubprograms, lazyFunctions(), lazyRules(rules, await rulesAtWork())],
    outdir: directory,
    splitting: true,
    chunkNames: '[name]-[hash]',
    format: 'esm',
    write: false,
    metafile: true,
  });
  const chunks = new Map(outputFiles!.map(({ path, text }) => [basename(path), text]));
  await build({
    ...common,
    entryPoints: ['src/cli/start/launch.ts'],
    outfile: 'dist/cli.cjs',
    format: 'cjs',
    banner: { js: '#!/usr/bin/env node' },
  });
  chmodSync('dist/cli.cjs', 0o755);
  writeChunks(chunks, new Map());
  const loaded = Object.fromEntries(Object.entries(runs).map(([name, args]) => [name, chunksOf(args)]));
  writeChunks(chunks, filesOfChunks(new Map([...chunks].map(([name, code]) => [name, code.length])), loaded));
  for (const args of Object.values(runs)) run(['scripts/code-cache.ts', ...args]);
  // Without a run it says where the functions are, which spares to look for their ends.
  const seldom = join(directory, seldomFile);
  writeFileSync(
    cacheOf(seldom),
    new Script(readFileSync(seldom, 'latin1'), { filename: seldomFile }).createCachedData(),
  );
  return Object.keys(metafile!.inputs);
}

/** @param files by chunk; without one it has a file of its own */
function writeChunks(chunks: ReadonlyMap<string, string>, files: ReadonlyMap<string, string>): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const fileOf = (name: string): string => files.get(name) ?? name;
  const idOf = (name: string): string => chunkIn(fileOf(name), name);
  const byFile = new Map<string, [id: string, code: string][]>();
  for (const [name, module] of chunks) {
    const code = commonJsOf(name, module, idOf);
    refuseOtherThanAscii(name, code);
    const file = fileOf(name);
    byFile.set(file, [...(byFile.get(file) ?? []), [idOf(name), code]]);
  }
  for (const [file, codes] of byFile) writeFileSync(join(directory, file), fileOfChunks(codes));
}

/** The chunks that the program loads with these arguments, each of which is in a file of its own. */
function chunksOf(args: readonly string[]): ReadonlySet<string> {
  const list = join(directory, 'loaded.json');
  run(['scripts/loaded-files.ts', list, ...args]);
  return new Set(JSON.parse(readFileSync(list, 'utf8')) as string[]);
}

function run(args: readonly string[]): void {
  execFileSync(process.execPath, ['--import', 'tsx', ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** The program reads its chunks byte by byte. Of regular expressions the bundler escapes nothing. */
function refuseOtherThanAscii(name: string, code: string): void {
  const found = /.{0,40}[^\0-\x7f]/.exec(code)?.[0];
  if (found !== undefined)
    throw new Error(`${name}: "${found}" is not ASCII; write "\\u" escapes in regular expressions`);
}

/**
 * commander loads `node:child_process`, with all of node's networking, for subcommands that are programs of their own. There are
 * none here, and the module is a tenth of the start-up time.
 */
const withoutSubprograms: Plugin = {
  name: 'without-subprograms',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer, path }) =>
      /[\\/]commander[\\/]/.test(importer) ? { path, namespace: 'without-subprograms' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'without-subprograms' }, () => ({ contents: 'export {}' }));
  },
};
