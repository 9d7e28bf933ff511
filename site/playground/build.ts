/**
 * Bundles the playground into `.content/public/play`: the page, and the linter as a worker in chunks that load when they are asked for.
 * Usage: `tsx playground/build.ts`
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, type BuildOptions, type Metafile } from 'esbuild';

const here = import.meta.dirname;
const output = join(here, '../.content/public/play');
if (!existsSync(join(here, '../../node_modules/chevrotain')))
  throw new Error('The linter is bundled with what it is made of: run "npm ci" in the root of the project first');

const common = {
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  metafile: true,
  splitting: true,
  outdir: output,
  entryNames: '[name]-[hash]',
  chunkNames: 'chunks/[name]-[hash]',
  loader: { '.conf': 'text' },
  // Of the protocol, the language service needs the values of its types alone.
  alias: { 'vscode-languageserver': 'vscode-languageserver-types' },
  define: { PROXYLINT_SHIPPED: 'true' },
  legalComments: 'linked',
  logLevel: 'warning',
} satisfies BuildOptions;

rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
const names = {
  ...(await bundle('page', 'main.ts')),
  ...(await bundle('style', 'style.css')),
  ...(await bundle('worker', 'worker/main.ts')),
};
const page = readFileSync(join(here, 'index.html'), 'utf8').replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
  if (names[name] === undefined) throw new Error(`index.html names "${name}", which is not built`);
  return names[name];
});
writeFileSync(join(output, 'index.html'), page);

/** Gives the file that was made of an entry, by its name. */
async function bundle(name: string, entry: string): Promise<Record<string, string>> {
  const { metafile } = await build({ ...common, entryPoints: { [name]: join(here, entry) } });
  return { [name]: fileOf(metafile, entry) };
}

function fileOf({ outputs }: Metafile, entry: string): string {
  const made = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint?.endsWith(`playground/${entry}`));
  if (!made) throw new Error(`nothing was built of ${entry}`);
  return basename(made[0]);
}
