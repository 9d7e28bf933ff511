/**
 * CPU time of parsing 100,000 lines of nginx config, beside that of `nginx -t` on the same file, and of making the lexer
 * and parser. Each run is a process of its own, as on the command line; the runs alternate, as the machine is never quiet.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { generateConfig } from './generate.ts';
import { median, usageOf } from './measure.ts';

const runs = 7;

/** Prints the CPU milliseconds of making the parser and of parsing. */
const probe = `
import { readFileSync } from 'node:fs';
import { SourceFile } from './src/text/source.ts';
import { parseNginx } from './src/parsers/nginx/parse.ts';
const text = readFileSync(process.argv[2], 'utf8');
const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
const start = cpu();
parseNginx(new SourceFile('', 'a;'));
const made = cpu();
parseNginx(new SourceFile('', text));
console.log(made - start, cpu() - made);
`;
const directory = mkdtempSync(join(tmpdir(), 'proxylint-bench-'));
try {
  const config = join(directory, 'nginx.conf');
  writeFileSync(config, generateConfig(6000, directory));
  const script = join(directory, 'parse.mjs');
  await build({
    stdin: { contents: probe, resolveDir: join(import.meta.dirname, '..'), loader: 'ts' },
    outfile: script,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    define: { PROXYLINT_SHIPPED: 'true' },
    logLevel: 'error',
  });
  report(config, script);
} finally {
  rmSync(directory, { recursive: true });
}

function report(config: string, script: string): void {
  const nginx: number[] = [];
  const init: number[] = [];
  const parse: number[] = [];
  for (let run = 0; run < runs; run++) {
    nginx.push(usageOf(['nginx', '-t', '-c', config]).cpu);
    const { stdout } = spawnSync(process.execPath, [script, config], { encoding: 'utf8' });
    const [initTime, parseTime] = stdout.trim().split(' ').map(Number);
    init.push(initTime!);
    parse.push(parseTime!);
  }
  console.log(`nginx -t     ${median(nginx).toFixed(0)} ms CPU`);
  console.log(`make parser  ${median(init).toFixed(0)} ms CPU`);
  console.log(
    `parse        ${median(parse).toFixed(0)} ms CPU = ${(median(parse) / median(nginx)).toFixed(2)} of nginx -t`,
  );
}
