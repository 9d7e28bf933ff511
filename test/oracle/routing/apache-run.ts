/** Plays random requests to random configs on a real httpd and compares with `trace`. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../../src/syntax/config.ts';
import { SourceFile } from '../../../src/text/source.ts';
import { parseApache } from '../../../src/parsers/apache/parse.ts';
import { traceApache } from '../../../src/servers/apache/trace/trace.ts';
import { installedVersion } from '../lib/install.ts';
import { generateConfig, generateMain } from './apache-generate.ts';
import { combinedApacheCases } from './cases/apache-combined.ts';
import { apacheCases } from './cases/apache.ts';
import { apacheCase, type RoutingCase } from './cases/case.ts';
import { startEcho } from './echo.ts';
import { adaptApache } from './given/adapt-apache.ts';
import { requestsFor } from './given/requests.ts';
import {
  applicationRoot,
  documentRoot,
  freePorts,
  listening,
  lookup,
  play,
  type GeneratedConfig,
  type RoutingResult,
} from './play.ts';
import { Draw } from './random.ts';
import { makeCertificate, type Sockets } from './sockets.ts';

const moduleFolder = '/usr/lib/apache2/modules';
const modules =
  'mpm_event authz_core authz_host authz_user authn_core auth_basic authn_file access_compat alias dir env setenvif rewrite headers proxy proxy_http proxy_wstunnel proxy_balancer slotmem_shm lbmethod_byrequests remoteip dav socache_shmcb ssl macro mime negotiation autoindex cgi status info proxy_fcgi'.split(
    ' ',
  );
/** As long as it is loaded, access is checked again for each path to which httpd redirects internally. */
const perPath = 'allowmethods';

export function runApacheRouting(seed: number, configCount: number, requestsPerConfig: number): Promise<RoutingResult> {
  const random = new Draw(seed);
  const main = generateMain({ random });
  return run(main, configCount, (setup) => generateConfig({ random, ...setup }, requestsPerConfig));
}

/** Throws for a case that httpd refuses. */
export function runApacheCases(): Promise<RoutingResult> {
  return runCases([...apacheCases, ...combinedApacheCases], [...modules, perPath]);
}

/** The cases with the page of a refusal, without mod_allowmethods. */
export function runApacheCasesOnce(): Promise<RoutingResult> {
  return runCases(
    apacheCases.filter(({ lines }) => lines.startsWith('ErrorDocument 403 /')),
    modules,
  );
}

/** What configs of users take for granted beside the modules above. */
const usualModules = 'filter deflate expires proxy_ajp proxy_scgi proxy_uwsgi authz_groupfile'.split(' ');

/** One config of a user in an httpd of its own. Throws if httpd refuses it. */
export function runGivenApache(text: string, seed: number, requestCount: number): Promise<RoutingResult> {
  const random = new Draw(seed);
  const loaded = [...modules, ...usualModules];
  return run(
    '',
    1,
    (setup) => {
      applicationRoot(setup.root);
      const adapted = adaptApache(text, setup);
      const targets = { apache: installedVersion('apache')! };
      const config = parse(wholeConfig(apacheMain('/', loaded), '', adapted));
      return { text: adapted, requests: requestsFor(config, targets, random, requestCount) };
    },
    { isStrict: true, loaded },
  );
}

function runCases(cases: readonly RoutingCase[], loaded: readonly string[]): Promise<RoutingResult> {
  const next = cases.values();
  return run('', cases.length, (setup) => apacheCase(next.next().value!, setup), { isStrict: true, loaded });
}

interface Setup extends Sockets {
  readonly backend: number;
  readonly root: string;
}

async function run(
  main: string,
  configCount: number,
  next: (setup: Setup) => GeneratedConfig,
  { isStrict = false, loaded = [...modules, perPath] }: { isStrict?: boolean; loaded?: readonly string[] } = {},
): Promise<RoutingResult> {
  const apache = installedVersion('apache');
  if (!apache) throw new Error('httpd is not installed');
  const directory = mkdtempSync(join(tmpdir(), 'routing-'));
  const echo = await startEcho();
  let server: ChildProcess | undefined;
  try {
    const root = documentRoot(directory);
    chmodSync(directory, 0o777);
    const certificate = makeCertificate(directory);
    chmodSync(`${certificate}.key`, 0o644);
    const configs: GeneratedConfig[] = [];
    // Two ports for each config, and one to see that the server runs.
    const base = await freePorts(2 * configCount + 1);
    const running = base + 2 * configCount;
    for (let attempt = 0; configs.length < configCount && attempt < configCount * 6; attempt++) {
      const port = base + 2 * configs.length;
      const config = next({ port, tlsPort: port + 1, certificate, backend: echo.port, root });
      const refused = refusal(directory, wholeConfig(apacheMain(directory, loaded), main, config.text));
      if (refused === undefined) configs.push(config);
      else if (isStrict) throw new Error(`${refused}\n${config.text}`);
    }
    const whole = wholeConfig(
      apacheMain(directory, loaded),
      main,
      [...configs.map(({ text }) => text), `Listen 127.0.0.1:${running}`].join('\n'),
    );
    writeFileSync(join(directory, 'httpd.conf'), whole);
    // Expressions see the environment of the server.
    const env = { PATH: process.env['PATH'] };
    server = spawn('apache2', ['-X', '-f', join(directory, 'httpd.conf')], { stdio: 'ignore', env, ...ordinaryUser() });
    await listening(server, running);
    return await play(
      configs.map((config) => {
        const text = `${main}\n${config.text}`;
        const parsed = parse(wholeConfig(apacheMain(directory, loaded), main, config.text));
        return { ...config, text, trace: (request) => traceApache(parsed, { apache }, request, lookup) };
      }),
    );
  } finally {
    server?.kill('SIGTERM');
    await echo.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** httpd does not serve as root. */
export function ordinaryUser(): { uid?: number; gid?: number } {
  return process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
}

export function parse(text: string): Config {
  const file = parseApache(new SourceFile('httpd.conf', text));
  return { dialect: 'apache', file, files: [file], level: 'server', complete: true, serversComplete: true };
}

export function wholeConfig(server: string, main: string, hosts: string): string {
  return `${server}${main}
${hosts}
`;
}

/** What the server needs, whatever it serves. */
export function apacheMain(directory: string, loaded: readonly string[] = [...modules, perPath]): string {
  return `ServerRoot "${directory}"
${loaded.map((name) => `LoadModule ${name}_module ${moduleFolder}/mod_${name}.so`).join('\n')}
DefaultRuntimeDir "${directory}"
PidFile "${directory}/httpd.pid"
ErrorLog "${directory}/error.log"
LogLevel emerg
TypesConfig /etc/mime.types
ServerName localhost
DocumentRoot "${directory}/html"
`;
}

/** What httpd says against it. */
export function refusal(directory: string, text: string): string | undefined {
  const path = join(directory, 'try.conf');
  writeFileSync(path, text);
  const { status, stderr } = spawnSync('apache2', ['-t', '-f', path], { encoding: 'utf8' });
  return status === 0 ? undefined : stderr;
}
