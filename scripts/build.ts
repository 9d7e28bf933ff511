/**
 * Bundles the program and the library, so that the package has no dependency at run time: `dist/cli.cjs` with its
 * chunks in `dist/cli`, `dist/index.js` with its chunks in `dist/chunks`.
 */
import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { fileOfChunks, mainChunk } from '../src/cli/start/bundle.ts';
import { dialects } from '../src/syntax/tree.ts';
import { digestOfSources, recordBuild } from './build-record.ts';
import { commonJsOf } from './common-js.ts';
import { licensesOf } from './licenses.ts';

const digest = digestOfSources();

const common = {
  bundle: true,
  platform: 'node',
  // Some packages have modules beside a form that no bundler can look into.
  mainFields: ['module', 'main'],
  target: 'node20.19',
  minify: true,
  define: { PROXYLINT_SHIPPED: 'true', PROXYLINT_BUILD: JSON.stringify(digest) },
  // The licenses are in a file of their own.
  legalComments: 'none',
  metafile: true,
} satisfies BuildOptions;

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

/**
 * One sample a dialect: what runs on them is what the code cache will hold. The first fills the cache of all chunks that it loads, and
 * the others only those of their own: functions that a run does not need cost it time to load.
 */
const samples = dialects.map((dialect) => `scripts/samples/${dialect}.conf`);

/** A chunk up to this size stands in the file of the main chunk: opening a file of its own would take longer than reading it. */
const maxAlong = 4000;

rmSync('dist', { recursive: true, force: true });
const types = writeTypes();
const bundled = [...(await bundleLibrary()), ...(await bundleProgram())];
writeFileSync('dist/third-party-licenses.txt', licensesOf(bundled));
for (const sample of samples) {
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/code-cache.ts', sample], {
    stdio: ['ignore', 'inherit', 'pipe'],
  });
}

await types;
recordBuild(digest);

async function writeTypes(): Promise<void> {
  await promisify(execFile)(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json']).catch(
    ({ stdout }: { readonly stdout: string }) => {
      throw new Error(stdout);
    },
  );
}

/** Gives the files that went into it. */
async function bundleLibrary(): Promise<string[]> {
  const { metafile } = await build({
    ...common,
    entryPoints: { index: 'src/index.ts', testing: 'src/testing/index.ts' },
    outdir: 'dist',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    banner: {
      // Bundled CommonJS packages ask for node's own modules through `require`.
      js: `import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);`,
    },
  });
  return Object.keys(metafile.inputs);
}

/** The program reads its chunks byte by byte. Of regular expressions the bundler escapes nothing. */
function refuseOtherThanAscii(name: string, code: string): void {
  const found = /.{0,40}[^\0-\x7f]/.exec(code)?.[0];
  if (found !== undefined)
    throw new Error(`${name}: "${found}" is not ASCII; write "\\u" escapes in regular expressions`);
}

/** esbuild splits only ES modules, so the chunks are made CommonJS afterwards; see `common-js.ts` and `src/cli/start/bundle.ts`. */
async function bundleProgram(): Promise<string[]> {
  const { outputFiles, metafile } = await build({
    ...common,
    entryPoints: { [basename(mainChunk, '.js')]: 'src/cli/main.ts' },
    plugins: [withoutSubprograms],
    outdir: 'dist/cli',
    splitting: true,
    chunkNames: '[name]-[hash]',
    format: 'esm',
    write: false,
  });
  mkdirSync('dist/cli', { recursive: true });
  const along: [name: string, code: string][] = [];
  for (const { path, text } of outputFiles) {
    const name = basename(path);
    const code = commonJsOf(name, text);
    refuseOtherThanAscii(name, code);
    if (name === mainChunk || code.length <= maxAlong) along.push([name, code]);
    else writeFileSync(join('dist/cli', name), fileOfChunks([[name, code]]));
  }
  writeFileSync(join('dist/cli', mainChunk), fileOfChunks(along));
  await build({
    ...common,
    entryPoints: ['src/cli/start/launch.ts'],
    outfile: 'dist/cli.cjs',
    format: 'cjs',
    banner: { js: '#!/usr/bin/env node' },
  });
  chmodSync('dist/cli.cjs', 0o755);
  return Object.keys(metafile.inputs);
}
