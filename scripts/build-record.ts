/** What `dist` was built from, so that it is built again only when that has changed. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Not among the packed files. */
const path = 'dist/.built-from';

const folders = ['src', 'scripts/samples'];
const files = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  ...[
    'build',
    'build-program',
    'build-record',
    'chunk-files',
    'code-cache',
    'common-js',
    'heard-keys',
    'lazy-functions',
    'lazy-rules',
    'licenses',
    'loaded-files',
    'rules-at-work',
    'sample-run',
  ].map((name) => `scripts/${name}.ts`),
];

/** Of all that the program is made of. The registry of the rules must have been written. */
export function digestOfSources(): string {
  const hash = createHash('sha256');
  const found = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name)),
  );
  for (const file of [...found.sort(), ...files]) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  return hash.digest('base64url').slice(0, 22);
}

export function isBuilt(): boolean {
  try {
    return readFileSync(path, 'utf8') === recordOf(digestOfSources());
  } catch {
    return false;
  }
}

/** Called when all of `dist` is there. */
export function recordBuild(digest: string): void {
  writeFileSync(path, recordOf(digest));
}

/** The code cache is that of one V8. */
function recordOf(digest: string): string {
  return `${digest} ${process.version} ${process.platform} ${process.arch}\n`;
}
