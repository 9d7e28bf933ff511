/** What the oracle needs on this machine: the servers, and a folder with the compiled shim and the stub files. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parseVersion, type Version } from '../../../src/model/versions.ts';

export type Server = 'nginx' | 'apache';

const programs: Readonly<Record<Server, string>> = { nginx: 'nginx', apache: 'apache2' };
export const apacheModules = '/etc/apache2/mods-available';

/** Undefined where the server is not installed. */
export function installedVersion(server: Server): Version | undefined {
  const { stdout, stderr, error } = spawnSync(programs[server], ['-v'], { encoding: 'utf8' });
  if (error) return undefined;
  return parseVersion(/(?:nginx|Apache)\/([\d.]+)/.exec(stdout + stderr)?.[1] ?? '');
}

/** True where a missing server must fail the tests rather than skip them. */
export const serversRequired = Boolean(process.env['PROXYLINT_REQUIRE_SERVERS'] ?? process.env['CI']);

/** Undefined if all is there, else what is missing. */
export function missingTools(server: Server): string | undefined {
  if (!installedVersion(server)) return `${programs[server]} is not installed`;
  for (const tool of ['gcc', 'openssl']) if (spawnSync(tool, ['--version']).error) return `${tool} is not installed`;
  if (server === 'apache' && !existsSync(apacheModules)) return `${apacheModules} is not there`;
  return undefined;
}

export interface Workshop {
  readonly shim: string;
  readonly stubs: string;
  remove(): void;
}

let workshop: Workshop | undefined;

/** Compiles the shim and makes the stubs, once a process. */
export function openWorkshop(): Workshop {
  if (workshop) return workshop;
  const folder = mkdtempSync(join(tmpdir(), 'proxylint-oracle-'));
  const shim = join(folder, 'shim.so');
  const sources = ['oracle.c', 'directives.c'].map((name) => new URL(`../shim/${name}`, import.meta.url).pathname);
  execFileSync('gcc', ['-O1', '-shared', '-fPIC', '-w', '-o', shim, ...sources, '-ldl']);
  const stubs = join(folder, 'stubs');
  writeStubs(stubs);
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  return (workshop = { shim, stubs, remove });
}

function writeStubs(folder: string): void {
  mkdirSync(join(folder, '__dir'), { recursive: true });
  writeFileSync(join(folder, '__empty'), '');
  // nginx takes ticket keys of 48 or 80 bytes.
  writeFileSync(join(folder, '__ticket'), 'k'.repeat(48));
  writeFileSync(join(folder, '__pem'), pem(folder));
  if (!existsSync('/etc/nginx')) return;
  for (const entry of readdirSync('/etc/nginx', { withFileTypes: true })) {
    if (entry.isFile()) copyFileSync(join('/etc/nginx', entry.name), join(folder, entry.name));
  }
}

/** One file that is certificate, key, revocation list and DH parameters. */
function pem(folder: string): string {
  const openssl = (...args: string[]): string =>
    execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '3650',
    '-subj',
    '/CN=localhost',
    '-keyout',
    'key',
    '-out',
    'cert',
  );
  writeFileSync(
    join(folder, 'ca.cnf'),
    '[ca]\ndefault_ca=x\n[x]\ndatabase=index\ndefault_md=sha256\ndefault_crl_days=3650\n',
  );
  writeFileSync(join(folder, 'index'), '');
  const crl = openssl('ca', '-gencrl', '-config', 'ca.cnf', '-keyfile', 'key', '-cert', 'cert');
  const dh = openssl('dhparam', '-dsaparam', '2048');
  return ['cert', 'key'].map((name) => readFileSync(join(folder, name), 'utf8')).join('') + crl + dh;
}
