/** Runs nginx with configs of cases, on free ports and with the surroundings of the test. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { freePorts, listening } from '../../oracle/routing/play.ts';
import type { Surroundings } from './surroundings.ts';

export const isWhole = (config: string): boolean => /^http \{/m.test(config);

const [head, tail] = ['events {}\nhttp {\n', '\n}\n'];

export const wholeConfig = (config: string): string => (isWhole(config) ? config : head + config + tail);

/** What stands in `http`, if {@link wholeConfig} has put it there. */
export const withoutFrame = (whole: string): string =>
  whole.startsWith(head) ? whole.slice(head.length, -tail.length) : whole;

const address = /(\blisten (?:127\.0\.0\.1:)?|\b127\.0\.0\.1:)(\d+)\b/g;

/** By config, from a port in it to the real one. */
type Ports = ReadonlyMap<string, ReadonlyMap<number, number>>;

export class Nginx {
  readonly #surroundings: Surroundings;
  readonly #ports: Ports;
  readonly #folder: string;
  #process: ChildProcess | undefined;

  private constructor(surroundings: Surroundings, ports: Ports) {
    this.#surroundings = surroundings;
    this.#ports = ports;
    this.#folder = mkdtempSync(join(surroundings.folder, 'nginx-'));
    const configs = [...ports.keys()];
    const filled = configs.map((config) => this.fillPaths(this.fillAddresses(config, config)));
    writeFileSync(join(this.#folder, 'nginx.conf'), withSettings(wholeConfig(filled.join('\n'))));
  }

  /** What stands in `http` may be that of several cases. */
  static async prepare(configs: readonly string[], surroundings: Surroundings): Promise<Nginx> {
    const wanted = configs.map((config) => {
      const ports = new Set([...config.matchAll(address)].map(([, , port]) => Number(port)));
      return [config, [...ports].filter((port) => !surroundings.backends.has(port))] as const;
    });
    let next = await freePorts(wanted.reduce((sum, [, ports]) => sum + ports.length, 0));
    const ports = wanted.map(([config, own]) => {
      return [config, new Map([...surroundings.backends, ...own.map((port) => [port, next++] as const)])] as const;
    });
    return new Nginx(surroundings, new Map(ports));
  }

  async start(): Promise<void> {
    this.#process = spawn('nginx', this.#arguments, { stdio: 'ignore' });
    const first = [...this.#ports.values()][0]!;
    const own = [...first].find(([port]) => !this.#surroundings.backends.has(port))!;
    try {
      await listening(this.#process, own[1]);
    } catch (error) {
      throw new Error(this.test(), { cause: error });
    }
  }

  async stop(): Promise<void> {
    if (this.#process?.exitCode !== null || !this.#process.kill('SIGTERM')) return;
    await once(this.#process, 'exit');
  }

  /** What `nginx -t` says. */
  test(): string {
    return spawnSync('nginx', [...this.#arguments, '-t'], { encoding: 'utf8' }).stderr;
  }

  /** A file of its folder; undefined: it is not there. */
  read(name: string): string | undefined {
    const path = join(this.#folder, name);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  }

  portOf(port: number, config: string): number {
    const found = this.#ports.get(config)?.get(port);
    if (found === undefined) throw new Error(`nothing listens on ${port} in ${config}`);
    return found;
  }

  /** In a path, a number behind a colon is a port if the config or the surroundings have it. */
  fillPorts(target: string, config: string): string {
    const ports = this.#ports.get(config);
    return target.replace(/:(\d+)\b/g, (text, port: string) => {
      const real = ports?.get(Number(port));
      return real === undefined ? text : `:${real}`;
    });
  }

  fillAddresses(text: string, config: string): string {
    const onLoopback = (port: number): string => `127.0.0.1:${this.portOf(port, config)}`;
    return text
      .replace(address, (_, before: string, port: string) => {
        return `${before.startsWith('listen') ? 'listen ' : ''}${onLoopback(Number(port))}`;
      })
      .replaceAll('api.example.com:443', () => onLoopback(8443))
      .replaceAll('app.internal:8080', () => `localhost:${this.portOf(8080, config)}`);
  }

  fillPaths(text: string): string {
    return text.replace(/(?<![\w/.-])\/(?:srv|etc)(?=[/;])/g, (path) => `${this.#surroundings.folder}${path}`);
  }

  get #arguments(): string[] {
    return ['-p', this.#folder, '-c', 'nginx.conf'];
  }
}

/** What keeps it within its folder, in place of the defaults. It runs as the user of the test, who owns the files. */
function withSettings(text: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const http = ['access_log access.log;', ...temporary.map((name) => `${name}_temp_path ${name}_temp;`)];
  const main = ['daemon off;', 'user root;', 'pid nginx.pid;', 'error_log error.log info;'];
  return `${main.join(' ')}\n${text.replace(/^http \{/m, `http { ${http.join(' ')}`)}`;
}
