/**
 * Bundles the program and the library, so that the package has no dependency at run time: `dist/cli.cjs` with its
 * chunks in `dist/cli`, `dist/index.js` with its chunks in `dist/chunks`.
 */
import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { build, type BuildOptions } from 'esbuild';
import { bundleProgram } from './build-program.ts';
import { digestOfSources, recordBuild } from './build-record.ts';
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

rmSync('dist', { recursive: true, force: true });
const types = writeTypes();
const bundled = [...(await bundleLibrary()), ...(await bundleProgram(common))];
writeFileSync('dist/third-party-licenses.txt', licensesOf(bundled));
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
