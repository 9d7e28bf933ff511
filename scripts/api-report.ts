/**
 * Writes `etc/api.md`: every declaration that the package exports, and those that they name, from the emitted types. With `--check` it
 * fails where the committed report differs, so that what is public changes only knowingly.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Declarations } from './api/declarations.ts';
import { report } from './api/report.ts';
import { readIfThere } from './gen/registry.ts';

const path = 'etc/api.md';
const entries = { proxylint: 'index.d.ts', 'proxylint/testing': 'testing/index.d.ts' };

const types = mkdtempSync(join(tmpdir(), 'proxylint-types-'));
try {
  const emit = ['-p', 'tsconfig.build.json', '--outDir', types];
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', ...emit], { stdio: 'inherit' });
  const text = report(entries, new Declarations(types));
  if (!process.argv.includes('--check')) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } else if (readIfThere(path) !== text) {
    console.error(`What is public has changed; if it is meant to, run "npm run api" and commit ${path}`);
    process.exitCode = 1;
  }
} finally {
  rmSync(types, { recursive: true, force: true });
}
