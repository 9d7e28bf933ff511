/** A server that plays configs of cases: on free ports, in a folder of its own, with the surroundings of the test. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { freePorts } from '../../oracle/routing/play.ts';
import type { Surroundings } from './surroundings.ts';

/** By config, from a port in it to the real one. */
export type Ports = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** Free ports for those that the configs name, except for those of the backends. */
export async function portsOf(
  named: ReadonlyMap<string, readonly number[]>,
  { backends }: Surroundings,
): Promise<Ports> {
  const own = [...named].map(([config, ports]) => {
    return [config, [...new Set(ports)].filter((port) => !backends.has(port))] as const;
  });
  let next = await freePorts(own.reduce((sum, [, ports]) => sum + ports.length, 0));
  return new Map(
    own.map(([config, ports]) => [config, new Map([...backends, ...ports.map((port) => [port, next++] as const)])]),
  );
}

/** `Asked`: what a client sends. */
export abstract class PlayedServer<Asked> {
  readonly folder: string;
  protected readonly surroundings: Surroundings;
  protected process: ChildProcess | undefined;
  readonly #ports: Ports;

  protected constructor(surroundings: Surroundings, ports: Ports) {
    this.surroundings = surroundings;
    this.#ports = ports;
    this.folder = mkdtempSync(join(surroundings.folder, 'server-'));
  }

  abstract start(): Promise<void>;

  /** With the real addresses in place of those that the config names. */
  abstract fillAddresses(text: string, config: string): string;

  /** Gives what can be seen of the answer. */
  abstract ask(asked: Asked, config: string): Promise<object>;

  async stop(): Promise<void> {
    if (this.process?.exitCode !== null || !this.process.kill('SIGTERM')) return;
    await once(this.process, 'exit');
  }

  /** Why it does not start; undefined: it does. */
  async refusal(): Promise<string | undefined> {
    try {
      await this.start();
      return undefined;
    } catch (error) {
      return (error as Error).message;
    } finally {
      await this.stop();
    }
  }

  /** A file of its folder; undefined: it is not there. */
  read(name: string): string | undefined {
    const path = join(this.folder, name);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  }

  portOf(port: number, config: string): number {
    const found = this.#ports.get(config)?.get(port);
    if (found === undefined) throw new Error(`nothing listens on ${port} in ${config}`);
    return found;
  }

  /** In what a client sends, a number behind a colon is a port if the config or the surroundings have it. */
  protected fillPorts(target: string, config: string): string {
    const ports = this.#ports.get(config);
    return target.replace(/:(\d+)\b/g, (text, port: string) => {
      const real = ports?.get(Number(port));
      return real === undefined ? text : `:${real}`;
    });
  }

  fillPaths(text: string): string {
    return text.replace(/(?<![\w/.-])\/(?:srv|etc)(?=[/;])/g, (path) => `${this.surroundings.folder}${path}`);
  }
}
