/**
 * Makes one executable of the built program and of the node that runs this, a single executable application of node: `build/proxylint`.
 * It holds the files of `dist/cli` as assets, code cache included. For Linux.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
// @ts-expect-error: it has no types.
import { inject } from 'postject';

const chunks = 'dist/cli';
const folder = 'build';
const program = join(folder, 'proxylint');
const main = join(folder, 'launch.cjs');
const blob = join(folder, 'program.blob');
const config = join(folder, 'sea-config.json');

/** What node looks for in itself, see its documentation of single executable applications. */
const sentinelFuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

if (process.platform !== 'linux') throw new Error('The single-file program is made on Linux, for Linux.');
mkdirSync(folder, { recursive: true });
await build({
  entryPoints: ['src/cli/start/launch-single.ts'],
  outfile: main,
  bundle: true,
  platform: 'node',
  format: 'cjs',
});
const assets = Object.fromEntries(readdirSync(chunks).map((name) => [name, join(chunks, name)]));
writeFileSync(config, JSON.stringify({ main, output: blob, disableExperimentalSEAWarning: true, assets }));
execFileSync(process.execPath, ['--experimental-sea-config', config], { stdio: 'pipe' });
// The one that runs would be kept from being written.
rmSync(program, { force: true });
copyFileSync(process.execPath, program);
chmodSync(program, 0o755);
await (inject as (program: string, name: string, data: Buffer, options: object) => Promise<void>)(
  program,
  'NODE_SEA_BLOB',
  readFileSync(blob),
  { sentinelFuse },
);
