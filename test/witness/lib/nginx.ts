/**
 * Runs nginx with configs of cases: whole ones, or what stands in `http`. Ports of `listen` and of 127.0.0.1 become free ones, or those
 * of the backends (see `surroundings.ts`); api.example.com:443 becomes the backend with TLS and app.internal:8080 another one, 9.9.9.9
 * the name server; /srv and /etc are folders of the test.
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { listening } from '../../oracle/routing/play.ts';
import { HttpServer } from './http-server.ts';
import { portsOf, type Ports } from './server.ts';
import type { Surroundings } from './surroundings.ts';

/** True for a config that only a server of its own can play. */
export const isWhole = (config: string): boolean => /^http \{/m.test(config);

export const wholeConfig = (config: string): string => (isWhole(config) ? config : `events {}\nhttp {\n${config}\n}\n`);

const address = /(\blisten (?:127\.0\.0\.1:)?|\b127\.0\.0\.1:)(\d+)\b/g;

export class Nginx extends HttpServer {
  /** An own port of the first config. */
  readonly #port: number;

  /** Configs that are not whole share one `http`. */
  static async prepare(configs: readonly string[], surroundings: Surroundings): Promise<Nginx> {
    const named = configs.map((config) => {
      return [config, [...config.matchAll(address)].map(([, , port]) => Number(port))] as const;
    });
    return new Nginx(surroundings, await portsOf(new Map(named), surroundings));
  }

  private constructor(surroundings: Surroundings, ports: Ports) {
    super(surroundings, ports);
    const [first] = ports.values();
    this.#port = [...first!].find(([port]) => !surroundings.backends.has(port))![1];
    const filled = [...ports.keys()].map((config) => this.fillPaths(this.fillAddresses(config, config)));
    writeFileSync(join(this.folder, 'nginx.conf'), withSettings(wholeConfig(filled.join('\n'))));
  }

  async start(): Promise<void> {
    const errors = openSync(join(this.folder, 'stderr'), 'w');
    this.process = spawn('nginx', ['-p', this.folder, '-c', 'nginx.conf'], { stdio: ['ignore', 'ignore', errors] });
    closeSync(errors);
    try {
      await listening(this.process, this.#port);
    } catch (error) {
      throw new Error(this.read('stderr'), { cause: error });
    }
  }

  fillAddresses(text: string, config: string): string {
    const onLoopback = (port: number): string => `127.0.0.1:${this.portOf(port, config)}`;
    return text
      .replace(address, (_, before: string, port: string) => {
        return `${before.startsWith('listen') ? 'listen ' : ''}${onLoopback(Number(port))}`;
      })
      .replaceAll('9.9.9.9', () => onLoopback(5353))
      .replaceAll('api.example.com:443', () => onLoopback(8443))
      .replaceAll('app.internal:8080', () => `localhost:${this.portOf(8080, config)}`);
  }
}

/** What keeps it within its folder, in place of the defaults. It runs as the user of the test, who owns the files. */
function withSettings(text: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const http = ['access_log access.log;', ...temporary.map((name) => `${name}_temp_path ${name}_temp;`)];
  const main = ['daemon off;', 'user root;', 'pid nginx.pid;', 'error_log error.log info;'];
  return `${main.join(' ')}\n${text.replace(/^http \{/m, `http { ${http.join(' ')}`)}`;
}
