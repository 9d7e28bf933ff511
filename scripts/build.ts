/** Bundles `dist/cli.js` and `dist/index.js`, so that the package has no dependency at run time. */
import { chmodSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  define: { PROXYLINT_SHIPPED: 'true' },
  legalComments: 'none',
  banner: {
    // Bundled CommonJS packages ask for node's own modules through `require`.
    js: `import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);`,
  },
});
chmodSync('dist/cli.js', 0o755);
