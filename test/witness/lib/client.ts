/** Sends what a case asks for, and gathers what can be seen of the answer. */
import { once } from 'node:events';
import { connect as connectHttp2, type ClientHttp2Session, type IncomingHttpHeaders } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions, type EphemeralKeyInfo, type TLSSocket } from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';

import { toText } from '../../../src/text/bytes.ts';
import { sendOver, type Answer } from '../../oracle/routing/client.ts';
import type { Echoed } from '../../oracle/routing/echoed.ts';
import type { Request } from './case.ts';

type Headers = Readonly<Record<string, string>>;

export interface Seen {
  readonly status?: number | undefined;
  readonly headers?: Headers;
  readonly body?: string;
  readonly backend?: object;
  readonly tls?: { protocol: string | null; cipher: string; hasTicket: boolean; dhBits: number | undefined };
  readonly error?: string;
}

export async function ask(request: Request, port: number): Promise<Seen> {
  const idle = Array.from({ length: request.idle ?? 0 }, () => connect(port, '127.0.0.1').on('error', () => {}));
  try {
    if (request.isStuck) return await askWithoutReading(request, port);
    if (request.throughUpgrade !== undefined) return await askThroughUpgrade(request, port, request.throughUpgrade);
    return request.http2 ? await askHttp2(request, port) : await askHttp1(request, port);
  } catch (error) {
    return { error: (error as Error).message };
  } finally {
    for (const socket of idle) socket.destroy();
  }
}

async function askHttp1(request: Request, port: number): Promise<Seen> {
  let tls: Seen['tls'];
  const socket = open(request, port).on('secureConnect', () => (tls = describeTls(socket as TLSSocket)));
  const { method = 'GET', target = '/', bodySize = 0 } = request;
  const answer = await sendOver(socket, { method, target, headers: Object.entries(headersOf(request)), bodySize });
  const seen = {
    status: answer.status,
    headers: joined(answer.headers),
    body: toText(answer.body),
    ...(tls && { tls }),
  };
  return 'x-echo' in seen.headers && seen.body.startsWith('{') ? { ...seen, backend: received(seen.body) } : seen;
}

const headersOf = ({ headers }: Request): Headers => ({ Host: 'example.com', ...headers });

function open({ tls }: Request, port: number): Socket {
  return tls ? connectTls(tlsOptions(tls, port)) : connect(port, '127.0.0.1');
}

/** Old versions and suites are not for this client to refuse. */
function tlsOptions(options: ConnectionOptions, port: number): ConnectionOptions {
  const { ciphers = 'DEFAULT', ...others } = options;
  const lenient = { rejectUnauthorized: false, minVersion: 'TLSv1', ciphers: `${ciphers}:@SECLEVEL=0` } as const;
  return { host: '127.0.0.1', port, servername: 'example.com', ...lenient, ...others };
}

function describeTls(socket: TLSSocket): NonNullable<Seen['tls']> {
  const key = socket.getEphemeralKeyInfo() as EphemeralKeyInfo | null;
  return {
    protocol: socket.getProtocol(),
    cipher: socket.getCipher().name,
    hasTicket: socket.getTLSTicket() !== undefined,
    dhBits: key?.type === 'DH' ? key.size : undefined,
  };
}

function joined(headers: Answer['headers']): Headers {
  const all: Record<string, string> = {};
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    all[key] = key in all ? `${all[key]}, ${value}` : value;
  }
  return all;
}

function received(body: string): object {
  const echoed = JSON.parse(body) as Partial<Echoed>;
  return { ...echoed, ...(echoed.headers && { headers: joined(echoed.headers) }) };
}

async function askHttp2(request: Request, port: number): Promise<Seen> {
  const session = connectHttp2(`https://127.0.0.1:${port}`, tlsOptions(request.tls ?? {}, port));
  return await askSession(session, request.target ?? '/', headersOf(request)['Host']!);
}

/** Asks for an upgrade to HTTP/2, and then in it for another path. */
async function askThroughUpgrade(request: Request, port: number, target: string): Promise<Seen> {
  const socket = open(request, port);
  const upgrade = { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': 'AAMAAABk' };
  const headers = Object.entries({ ...headersOf(request), ...upgrade }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`GET ${request.target} HTTP/1.1\r\n${headers.join('')}\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  const status = Number(answer.toString('latin1', 9, 12));
  if (status !== 101) return { status };
  socket.pause().unshift(answer.subarray(answer.indexOf('\r\n\r\n') + 4));
  return await askSession(connectHttp2('http://localhost', { createConnection: () => socket }), target, 'localhost');
}

async function askSession(session: ClientHttp2Session, target: string, host: string): Promise<Seen> {
  try {
    const stream = session.request({ ':path': target, ':authority': host });
    const [headers] = (await Promise.race([once(stream, 'response'), once(session, 'error')])) as [IncomingHttpHeaders];
    const body = (await stream.toArray()).join('');
    return { status: Number(headers[':status']), body, ...(headers['x-echo'] && { backend: received(body) }) };
  } finally {
    session.destroy();
  }
}

async function askWithoutReading(request: Request, port: number): Promise<Seen> {
  const socket = open(request, port).pause();
  socket.write(`GET ${request.target} HTTP/1.1\r\nHost: example.com\r\n\r\n`);
  await sleep(500);
  socket.destroy();
  return {};
}
