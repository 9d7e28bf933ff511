/**
 * Runs httpd with configs of cases: `Listen` and the lines of the main server, virtual hosts, or the lines of one on port 80. Ports of
 * `Listen`, `*:` and 127.0.0.1 become free ones, or those of the backends (see `surroundings.ts`), https://api.example.com becomes the
 * backend with TLS, and /srv and /etc are folders of the test.
 */
import { spawn } from 'node:child_process';
import { chmodSync, closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { HttpServer } from './http-server.ts';
import { portsOf, type Ports } from './server.ts';
import type { Surroundings } from './surroundings.ts';

const moduleFolder = '/usr/lib/apache2/modules';
const modules =
  'mpm_event authn_core authn_file authz_core authz_host authz_user access_compat auth_basic alias autoindex dav dav_fs deflate dir env filter headers http2 info macro remoteip rewrite session session_cookie setenvif socache_shmcb ssl status slotmem_shm substitute proxy proxy_balancer lbmethod_byrequests proxy_connect proxy_fcgi proxy_http proxy_wstunnel'.split(
    ' ',
  );

/** Warnings of mod_ssl would be about the certificates of the test. */
const usual = [
  ...modules.map((name) => `LoadModule ${name}_module ${moduleFolder}/mod_${name}.so`),
  'LogLevel ssl:error',
  'DavLockDB dav.lock',
].join('\n');

/** True for a config that opens its ports itself: it is played by a server of its own. */
export const isWhole = (config: string): boolean => /^Listen /m.test(config);

const serverRoot = 'ServerRoot /etc/apache2\n';

/** As httpd reads it: the lines of a virtual host stand in one, and each port of a virtual host is listened on. */
export const wholeConfig = (config: string): string => `${serverRoot}${bodyOf(config)}`;

function bodyOf(config: string): string {
  if (isWhole(config)) return config.replace(serverRoot, '');
  const hosts = config.includes('<VirtualHost')
    ? config
    : `<VirtualHost *:80>\nServerName example.com\n${config}\n</VirtualHost>`;
  const ports = [...hosts.matchAll(/<VirtualHost \*:(\d+)>/g)].map(([, port]) => port);
  return `${[...new Set(ports)].map((port) => `Listen ${port}`).join('\n')}\n${hosts}`;
}

const address = /(\bListen |\*:|\b127\.0\.0\.1:)(\d+)\b/g;

export class Apache extends HttpServer {
  /** Configs that are not whole can share one server. */
  static async prepare(configs: readonly string[], surroundings: Surroundings): Promise<Apache> {
    const named = configs.map((config) => {
      return [config, [...bodyOf(config).matchAll(address)].map(([, , port]) => Number(port))] as const;
    });
    return new Apache(surroundings, await portsOf(new Map(named), surroundings));
  }

  private constructor(surroundings: Surroundings, ports: Ports) {
    super(surroundings, ports);
    // It serves as a user that owns nothing here.
    chmodSync(this.folder, 0o777);
    const filled = [...ports.keys()].map((config) => this.fillPaths(this.fillAddresses(bodyOf(config), config)));
    writeFileSync(join(this.folder, 'httpd.conf'), this.#withSettings(filled.join('\n')));
  }

  async start(): Promise<void> {
    const errors = openSync(join(this.folder, 'stderr'), 'w');
    const file = join(this.folder, 'httpd.conf');
    this.process = spawn('apache2', ['-X', '-f', file], { stdio: ['ignore', 'ignore', errors] });
    closeSync(errors);
    // Its ports are open before it has judged the whole config; it writes its number after that.
    for (let attempt = 0; !this.read('pid'); attempt++) {
      if (this.process.exitCode !== null) throw new Error(`${this.read('stderr')}${this.read('error.log') ?? ''}`);
      if (attempt > 1000) throw new Error('httpd does not start');
      await sleep(20);
    }
  }

  fillAddresses(text: string, config: string): string {
    const onLoopback = (port: number): string => `127.0.0.1:${this.portOf(port, config)}`;
    return text
      .replace(address, (_, before: string, port: string) => {
        if (before === '*:') return `*:${this.portOf(Number(port), config)}`;
        return `${before.startsWith('Listen') ? before : ''}${onLoopback(Number(port))}`;
      })
      .replace(/(?<=https:\/\/)api\.example\.com/g, () => onLoopback(8443));
  }

  /** What keeps it within its folder; what a config says itself comes later and holds. */
  #withSettings(text: string): string {
    const own = text.replace(/(?<=^LoadModule \w+ )modules\//gm, `${moduleFolder}/`);
    return `ServerRoot ${this.folder}
${/^LoadModule /m.test(text) ? '' : usual}
${process.getuid?.() === 0 ? 'User #65534\nGroup #65534' : ''}
ServerName localhost
DocumentRoot ${this.surroundings.folder}/srv/site
DefaultRuntimeDir .
PidFile pid
ErrorLog error.log
${own}`;
  }
}
