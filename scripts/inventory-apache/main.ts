/**
 * Writes `test/inventory/apache.json`: every message with which httpd refuses a config, or warns of it, while it loads.
 *
 *     npx tsx scripts/inventory-apache/main.ts /path/to/httpd-source [configs ...]
 *
 * A message is `checked` by a config for which the server prints it; those are kept from the present file. Further ones are taken from
 * `configs`, files in which lines of three dashes stand between the configs: the installed server is asked what it prints for each.
 */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Oracle } from '../../test/oracle/lib/oracle.ts';
import { patternOf, readInventory, type Entry } from '../../test/inventory/inventory.ts';
import { messagesOf } from './messages.ts';
import { scopeOf } from './scope.ts';

const [source, ...caseFiles] = process.argv.slice(2);
if (source === undefined || !existsSync(join(source, 'server'))) {
  console.error('Name the folder of the httpd source, with "server" and "modules" in it.');
  process.exit(2);
}

const left = /\/(?:test|examples|experimental|netware|win32|winnt|mpmt_os2|debugging)\/|util_expr_(?:scan|parse)\.c$/;
const paths = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (path) => /^(?:server|modules)\/.*\.(?:c|l|y)$/.test(path) && !left.test(path),
);
const found = messagesOf(paths.sort().map((path) => ({ path, text: readFileSync(join(source, path), 'latin1') })));

/** `module message` to a config that makes the server print it. */
const configs = new Map<string, string>();
const idOf = ({ module, message }: Pick<Entry, 'module' | 'message'>): string => `${module}\n${message}`;
for (const entry of readInventory().messages) if (entry.status === 'checked') configs.set(idOf(entry), entry.config);

const wanted = found
  .filter((message) => scopeOf(message)?.status !== 'out of scope')
  .map((message) => ({ message, pattern: patternOf(message.message) }));
const oracle = new Oracle('apache');
for (const file of caseFiles) {
  for (const config of readFileSync(file, 'utf8').split(/^---\n/m)) {
    const verdict = await oracle.ask({ text: config, level: 'server' });
    if (!verdict || verdict.accepted) continue;
    const printed = wanted.filter(({ pattern }) => pattern.test(verdict.output));
    for (const { message } of printed) if (!configs.has(idOf(message))) configs.set(idOf(message), config);
  }
}
oracle.close();

const messages = found.map((message): Entry => {
  const config = configs.get(idOf(message));
  if (config !== undefined) return { ...message, status: 'checked', config };
  return { ...message, ...(scopeOf(message) ?? { status: 'open' }) };
});
const release = readFileSync(join(source, 'include/ap_release.h'), 'utf8');
const version = ['MAJORVERSION', 'MINORVERSION', 'PATCHLEVEL']
  .map((name) => new RegExp(`AP_SERVER_${name}_NUMBER +(\\d+)`).exec(release)?.[1])
  .join('.');
// Of an unpacked archive the date of its commit or release.
const date = statSync(join(source, 'include/ap_release.h')).mtime.toISOString().slice(0, 10);
const inventory = { source: 'apache/httpd: server and modules', version, date, messages };
writeFileSync(
  new URL('../../test/inventory/apache.json', import.meta.url),
  `${JSON.stringify(inventory, undefined, 1)}\n`,
);
const count = (status: string): number => messages.filter((each) => each.status === status).length;
for (const status of ['checked', 'environment', 'out of scope', 'open']) console.log(`${status}: ${count(status)}`);
process.exit(0);
