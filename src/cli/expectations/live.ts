/** Plays requests to running servers: one after the other, each with an end. */
import { request as httpRequest, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { LiveOutcome } from '../../expectations/live.ts';
import type { TraceRequest } from '../../model/trace.ts';
import { UsageError } from '../usage-error.ts';

const timeout = 10_000;
const maxBody = 16 * 2 ** 20;

export class LiveServers {
  readonly #bases = new Map<string, URL>();

  /** @param urls `http://127.0.0.1:8080`, one a scheme. Throws {@link UsageError}. */
  constructor(urls: readonly string[]) {
    for (const text of urls) {
      const url = URL.canParse(text) ? new URL(text) : undefined;
      if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '')
        throw new UsageError(`--live ${text}: expected http://HOST:PORT or https://HOST:PORT`);
      if (this.#bases.has(url.protocol))
        throw new UsageError(`--live ${text}: there is one for ${url.protocol.slice(0, -1)} already`);
      this.#bases.set(url.protocol, url);
    }
  }

  /** Throws {@link UsageError} where nobody can be reached. */
  async ask(asked: TraceRequest): Promise<LiveOutcome> {
    const base = this.#bases.get(`${asked.scheme}:`);
    if (asked.protocol !== undefined) return { skipped: 'is no HTTP' };
    if (!base) return { skipped: `no --live for ${asked.scheme}` };
    if (asked.from !== undefined) return { skipped: 'the address of a client cannot be chosen' };
    if (asked.bodySize > maxBody) return { skipped: `a body of over ${maxBody >> 20} MB` };
    return send(base, asked);
  }
}

function send(base: URL, asked: TraceRequest): Promise<LiveOutcome> {
  const host = asked.host.replace(/^\[|\]$/g, '');
  const options: RequestOptions & { servername?: string; rejectUnauthorized: boolean } = {
    host: base.hostname.replace(/^\[|\]$/g, ''),
    port: base.port === '' ? (base.protocol === 'https:' ? 443 : 80) : base.port,
    method: asked.method,
    path: asked.target,
    headers: headersOf(asked),
    agent: false,
    signal: AbortSignal.timeout(timeout),
    // It is not the certificate that is tested.
    rejectUnauthorized: false,
    ...(isIP(host) === 0 && { servername: host }),
  };
  return new Promise((resolve, reject) => {
    let client: ClientRequest;
    try {
      client = (base.protocol === 'https:' ? httpsRequest : httpRequest)(options);
    } catch (error) {
      // A header that Node does not send.
      return resolve({ skipped: error instanceof Error ? error.message : 'cannot be sent' });
    }
    const done = (answer: IncomingMessage): void => {
      resolve({ status: answer.statusCode ?? 0, headers: valuesOf(answer.rawHeaders) });
      client.destroy();
    };
    client.on('response', done);
    client.on('upgrade', done);
    client.on('connect', done);
    client.on('close', () => resolve('closed'));
    client.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET' || error.message === 'socket hang up') resolve('closed');
      else if (error.name === 'AbortError' || error.name === 'TimeoutError')
        resolve({ broken: `no end within ${timeout / 1000} s` });
      else if (error.code?.startsWith('HPE_') === true) resolve({ broken: error.message });
      else reject(new UsageError(`--live ${base.origin}: ${error.message}`, { cause: error }));
    });
    client.end(asked.bodySize > 0 ? Buffer.alloc(asked.bodySize) : undefined);
  });
}

function headersOf({ headers, bodySize }: TraceRequest): string[] {
  const flat = headers.flatMap(([name, value]) => [name, value]);
  return bodySize > 0 ? [...flat, 'Content-Length', String(bodySize)] : flat;
}

function valuesOf(raw: readonly string[]): Record<string, string[]> {
  const values = new Map<string, string[]>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]!.toLowerCase();
    values.set(name, [...(values.get(name) ?? []), raw[index + 1]!]);
  }
  return Object.fromEntries(values);
}
