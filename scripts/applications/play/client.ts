/** One request to a server on this machine, over plain TCP or TLS, WebSocket handshakes included. */
import { request as plainRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as tlsRequest } from 'node:https';

import type { Answer, Ask } from './types.ts';

export interface Target {
  readonly port: number;
  readonly tls: boolean;
  /** What the client writes into Host. */
  readonly host: string;
}

const handshake = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
};

/** Each login is one of another user. */
let count = 0;

const urlEncoded = { 'Content-Type': 'application/x-www-form-urlencoded' };

/** Rejects where there is no answer within ten seconds. */
export function ask(
  { port, tls, host }: Target,
  { method = 'GET', path, headers, size = 0, upgrade, stays, form, text }: Ask,
): Promise<Answer> {
  const options: RequestOptions & { rejectUnauthorized: boolean } = {
    host: '127.0.0.1',
    port,
    method,
    path,
    agent: false,
    rejectUnauthorized: false,
    timeout: 10_000,
    headers: {
      Host: host,
      ...headers,
      ...(upgrade && handshake),
      ...(size > 0 && { 'Content-Length': size }),
      ...(form && urlEncoded),
    },
  };
  const written = (form ?? text)?.replaceAll('@COUNT@', String(++count));
  return new Promise((resolve, reject) => {
    const sent = (tls ? tlsRequest : plainRequest)(options);
    sent.on('response', (answer) => {
      const { statusCode, headers: received } = answer;
      let body = '';
      answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
      // A body that never ends is looked at as far as it has come.
      const finish = (isCut: boolean) => (): void => {
        resolve({ status: statusCode!, headers: received, body, isCut });
        sent.destroy();
      };
      const timer = setTimeout(finish(false), 5000);
      answer
        .on('end', finish(false))
        .on('error', finish(true))
        .on('close', () => clearTimeout(timer));
    });
    sent.on('upgrade', ({ statusCode, headers: received }: IncomingMessage, socket) => {
      const finish = (isCut: boolean) => (): void => {
        resolve({ status: statusCode!, headers: received, body: '', isCut });
        sent.destroy();
      };
      if (stays === undefined) return finish(false)();
      const timer = setTimeout(finish(false), stays);
      socket
        .on('error', finish(true))
        .on('end', finish(true))
        .on('close', () => clearTimeout(timer))
        .resume();
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer'))).on('error', reject);
    sent.end(written ?? (size > 0 ? Buffer.alloc(size, 'a') : undefined));
  });
}
