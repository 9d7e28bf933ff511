/**
 * Writes `test/inventory/sslh.json`: what sslh and libconfig can say of a config when they read it.
 *
 *     SSLH_GIT=DIR LIBCONFIG_GIT=DIR npx tsx scripts/inventory-sslh/main.ts
 *
 * The directories are git directories of https://github.com/yrutschle/sslh and https://github.com/hyperrealm/libconfig. Two releases of
 * sslh are read: the one that the tests have installed, and the newest. What is known of a message stays; new ones are `open`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

import { libconfigMessages, sslhMessages } from './messages.ts';
import { scopeOf } from './scope.ts';
import type { SslhEntry, SslhInventory, SslhMessage } from './types.ts';

const output = 'test/inventory/sslh.json';
const { SSLH_GIT: sslhGit, LIBCONFIG_GIT: libconfigGit } = process.env;
if (!sslhGit || !libconfigGit) {
  console.error('Set SSLH_GIT and LIBCONFIG_GIT to git directories of sslh and libconfig.');
  process.exit(2);
}
const git = (directory: string, ...args: string[]): string =>
  execFileSync('git', [`--git-dir=${directory}`, ...args], { encoding: 'utf8' });

const releases = { old: 'v1.20', newest: 'HEAD' } as const;
const messages = new Map<string, SslhMessage>();
const idOf = ({ program, file, message }: SslhMessage): string => `${program} ${file} ${message}`;

for (const release of ['old', 'newest'] as const) {
  for (const path of sourcesIn(sslhGit, releases[release])) {
    if (/^(?:argtable3|echosrv|systemd-sslh-generator)/.test(path)) continue;
    const source = git(sslhGit, 'show', `${releases[release]}:${path}`);
    for (const found of sslhMessages(path.replace(/\.c$/, ''), source)) add({ ...found, releases: [release] });
  }
}
for (const path of ['lib/grammar.y', 'lib/libconfig.c', 'lib/scanctx.c']) {
  const name = path.replace(/^lib\/|\.\w$/g, '');
  for (const found of libconfigMessages(name, git(libconfigGit, 'show', `HEAD:${path}`)))
    add({ ...found, releases: ['old', 'newest'] });
}

function sourcesIn(directory: string, ref: string): string[] {
  const paths = git(directory, 'ls-tree', '--name-only', ref).split('\n');
  return paths.filter((path) => path.endsWith('.c'));
}

function add(message: SslhMessage): void {
  const known = messages.get(idOf(message));
  if (!known) messages.set(idOf(message), message);
  else if (!known.releases.includes(message.releases[0]!))
    messages.set(idOf(message), { ...known, releases: [...known.releases, ...message.releases] });
}

const before = existsSync(output) ? (JSON.parse(readFileSync(output, 'utf8')) as SslhInventory).messages : [];
const fixtures = new Map(before.flatMap((entry) => (entry.status === 'checked' ? [[idOf(entry), entry.fixture]] : [])));
const entries = [...messages.values()].map((message): SslhEntry => {
  const fixture = fixtures.get(idOf(message));
  if (fixture !== undefined) return { ...message, status: 'checked', fixture };
  return { ...message, ...(scopeOf(message) ?? { status: 'open' }) };
});
const inventory: SslhInventory = {
  source: 'https://github.com/yrutschle/sslh and https://github.com/hyperrealm/libconfig',
  sslh: { old: releases.old.slice(1), newest: git(sslhGit, 'describe', '--tags', 'HEAD').trim() },
  libconfig: git(libconfigGit, 'rev-parse', '--short', 'HEAD').trim(),
  date: new Date().toISOString().slice(0, 10),
  messages: entries,
};
writeFileSync(output, `${JSON.stringify(inventory, undefined, 2)}\n`);
for (const status of ['checked', 'environment', 'out of scope', 'open']) {
  console.log(`${status}: ${entries.filter((entry) => entry.status === status).length}`);
}
