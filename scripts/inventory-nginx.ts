/**
 * Lists every message with which nginx can refuse a config, or warn of it: `tsx scripts/inventory-nginx.ts FOLDER` with a folder that
 * holds `src` of an nginx release. Writes `test/inventory/nginx.json`; what is known of a message stays, new ones are `open`.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { readMessages } from './inventory-nginx/read-messages.ts';
import type { Inventory, Row } from './inventory-nginx/types.ts';

const output = 'test/inventory/nginx.json';
const folder = process.argv[2];
if (!folder || !existsSync(join(folder, 'src'))) {
  console.error('usage: tsx scripts/inventory-nginx.ts FOLDER (a folder with the "src" of an nginx release)');
  process.exit(2);
}

/** What runs before or while a config is read; `os` and `misc` are of the platform. */
const parts = ['core', 'event', 'http', 'stream', 'mail'];

const known = new Map<string, Row>();
if (existsSync(output)) {
  const { messages } = JSON.parse(readFileSync(output, 'utf8')) as Inventory;
  for (const row of messages) known.set(keyOf(row), row);
}

const messages: Row[] = [];
for (const path of parts.flatMap((part) => sourceFiles(join(folder, 'src', part)))) {
  const module = basename(path, '.c');
  for (const found of readMessages(readFileSync(path, 'utf8'))) {
    const row: Row = { module, ...found, status: 'open' };
    messages.push({ ...known.get(keyOf(row)), ...row, ...statusOf(known.get(keyOf(row))) });
  }
}
messages.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

const head = readFileSync(join(folder, 'src/core/nginx.h'), 'utf8');
const version = /NGINX_VERSION\s+"([\d.]+)"/.exec(head)?.[1] ?? 'unknown';
const date = new Date().toISOString().slice(0, 10);
const rows = messages.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
writeFileSync(
  output,
  `{\n  "source": "https://github.com/nginx/nginx",\n  "version": "${version}",\n  "date": "${date}",\n  "messages": [\n${rows}\n  ]\n}\n`,
);
const open = messages.filter(({ status }) => status === 'open').length;
console.log(`${messages.length} messages of nginx ${version}, ${open} of them open`);

function statusOf(row: Row | undefined): Partial<Row> {
  if (!row) return {};
  const { status, judge, fixture, reason } = row;
  return {
    status,
    ...(judge && { judge }),
    ...(fixture !== undefined && { fixture }),
    ...(reason !== undefined && { reason }),
  };
}

function keyOf({ module, function: name, message }: Row): string {
  return `${module} ${name} ${message}`;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.c'))
    .map((name) => join(folder, name));
}
