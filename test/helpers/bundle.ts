import { join } from 'node:path';
import { build } from 'esbuild';

/** Makes one file of a program of TypeScript, so that its processes start in no time; returns its path. */
export async function bundle(entry: string, directory: string): Promise<string> {
  const outfile = join(directory, 'program.mjs');
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    define: { PROXYLINT_SHIPPED: 'true' },
    banner: { js: `import{createRequire}from"node:module";const require=createRequire(import.meta.url);` },
    logLevel: 'error',
  });
  return outfile;
}
