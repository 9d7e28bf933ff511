/** Runs sslh with a config: ports in it become free ones, or those of the backends (see `sslh-surroundings.ts`). */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { startSslh, type StartedSslh } from '../../oracle/lib/sslh.ts';
import type { WitnessCase } from './case.ts';
import { askTcp, clientHello } from './raw-client.ts';
import { PlayedServer, portsOf, type Ports } from './server.ts';
import type { Surroundings } from './surroundings.ts';

/** What a client sends to port 443: a text, the begin of a TLS handshake, or nothing. */
export interface SslhRequest {
  readonly text?: string;
  readonly tls?: { readonly servername: string };
}

export interface SslhShows {
  /** The port of the backend that answers; undefined: none does. */
  readonly backend?: string | undefined;
  /** sslh still runs as the user that started it. */
  readonly keepsUser?: boolean;
  /** Why sslh does not start. */
  readonly refused?: RegExp;
}

export type SslhCase = WitnessCase<SslhRequest, SslhShows>;

const port = /(?<=\bport: "?)\d+/g;

export class Sslh extends PlayedServer<SslhRequest> {
  readonly #path = join(this.folder, 'sslh.cfg');
  #started: StartedSslh | undefined;

  static async prepare([config]: readonly string[], surroundings: Surroundings): Promise<Sslh> {
    const named = config!.match(port)?.map(Number) ?? [];
    return new Sslh(surroundings, await portsOf(new Map([[config!, named]]), surroundings));
  }

  private constructor(surroundings: Surroundings, ports: Ports) {
    super(surroundings, ports);
    for (const config of ports.keys()) writeFileSync(this.#path, this.fillAddresses(config, config));
  }

  async start(): Promise<void> {
    this.#started = await startSslh(this.#path);
    if (!this.#started.runs) throw new Error(this.#started.output);
  }

  override async stop(): Promise<void> {
    this.#started?.stop();
  }

  fillAddresses(text: string, config: string): string {
    return text.replace(port, (written) => String(this.portOf(Number(written), config)));
  }

  async ask({ text = '', tls }: SslhRequest, config: string): Promise<object> {
    const bytes = tls ? await clientHello(tls) : Buffer.from(text);
    const answer = await askTcp(bytes, this.portOf(443, config));
    return { backend: answer || undefined, keepsUser: this.#user === process.getuid?.() };
  }

  get #user(): number {
    const status = readFileSync(`/proc/${this.#started!.pid}/status`, 'utf8');
    return Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]);
  }
}
