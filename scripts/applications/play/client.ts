/** One request to a server on this machine, over plain TCP or TLS, WebSocket handshakes included. */
import { request as plainRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as tlsRequest } from 'node:https';

import type { Answer, Ask } from './cases.ts';

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
  { method = 'GET', path, headers, size = 0, upgrade, form }: Ask,
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
  return new Promise((resolve, reject) => {
    const sent = (tls ? tlsRequest : plainRequest)(options);
    const finish = (answer: IncomingMessage): void => {
      resolve({ status: answer.statusCode!, headers: answer.headers });
      sent.destroy();
    };
    sent.on('response', finish).on('upgrade', finish);
    sent.on('timeout', () => sent.destroy(new Error('no answer'))).on('error', reject);
    sent.end(form?.replace('@COUNT@', String(++count)) ?? (size > 0 ? Buffer.alloc(size, 'a') : undefined));
  });
}
