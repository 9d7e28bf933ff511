/** Puts the built program beside the extension: `npm run build` in the root of the repository makes it. */
import { cpSync, existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const from = fileURLToPath(new URL('../../../dist/', import.meta.url));
const to = fileURLToPath(new URL('../server/', import.meta.url));
if (!existsSync(`${from}cli.cjs`))
  throw new Error(`${from}cli.cjs is missing: run "npm run build" in the root of the repository`);
rmSync(to, { recursive: true, force: true });
cpSync(`${from}cli.cjs`, `${to}cli.cjs`);
cpSync(`${from}cli`, `${to}cli`, { recursive: true });
