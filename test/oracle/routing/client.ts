/** Sends a request exactly as given and reads the answer. Byte strings throughout. */
import { connect, type Socket } from 'node:net';
import { connect as connectTls, TLSSocket } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import type { TraceRequest } from '../../../src/model/trace.ts';

export interface Answer {
  /** Undefined: the connection was closed without an answer. */
  readonly status: number | undefined;
  /** Nobody listens there. */
  readonly refused?: boolean;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/**
 * A worker that a request crashed can leave the next connection without an answer: it is asked once more. Without one then, too, nginx
 * answers nothing and keeps the connection open for the next request, as it does after `try_files =200`.
 */
export async function send(request: TraceRequest): Promise<Answer> {
  try {
    return await sendOver(open(request), request);
  } catch (error) {
    const refused = answerOfFailure(error as NodeJS.ErrnoException);
    return refused ?? sendOver(open(request), request).catch(answerOfSilence);
  }
}

class Silence extends Error {}

function answerOfSilence(error: unknown): Answer {
  if (error instanceof Silence) return nothing;
  throw error;
}

/** The name in the handshake is that of the URL. */
function open({ scheme, host, port, to }: TraceRequest): Socket {
  const socket = connect(port, to ?? '127.0.0.1');
  return scheme === 'https' ? connectTls({ socket, servername: host, rejectUnauthorized: false }) : socket;
}

const nothing: Answer = { status: undefined, headers: [], body: '' };

/** Nobody listens, or the handshake failed. */
function answerOfFailure({ code }: NodeJS.ErrnoException): Answer | undefined {
  if (code === 'ECONNREFUSED') return { ...nothing, refused: true };
  return code === 'EPROTO' || code?.startsWith('ERR_SSL_') ? nothing : undefined;
}

export type RawRequest = Pick<TraceRequest, 'method' | 'target' | 'headers' | 'bodySize'>;

export function sendOver(socket: Socket, request: RawRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let received = '';
    socket.setEncoding('latin1');
    socket.setTimeout(5_000, () => socket.destroy(new Silence(`no answer to ${request.method} ${request.target}`)));
    const ready = socket instanceof TLSSocket ? 'secureConnect' : 'connect';
    socket.on(ready, () => socket.write(head(request), 'latin1'));
    socket.on('data', (chunk: string) => {
      received += chunk;
      if (isComplete(received, request.method)) socket.end();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET') resolve(parse(received));
      else reject(error);
    });
    socket.on('end', () => resolve(parse(received)));
    socket.on('close', () => resolve(parse(received)));
  });
}

function head(request: RawRequest): string {
  const headers = request.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const isChunked = request.headers.some(([name]) => name.toLowerCase() === 'transfer-encoding');
  const bytes = 'x'.repeat(request.bodySize);
  const chunk = bytes === '' ? '' : `${bytes.length.toString(16)}\r\n${bytes}\r\n`;
  const body = isChunked ? `${chunk}0\r\n\r\n` : bytes;
  const upgrade = request.headers.some(([name]) => name.toLowerCase() === 'connection');
  return `${request.method} ${request.target} HTTP/1.1\r\n${headers}${upgrade ? '' : 'Connection: close\r\n'}\r\n${body}`;
}

/** The server may keep the connection open: the answer's own length ends it. */
function isComplete(text: string, method: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return false;
  const head = text.slice(0, end);
  if (method === 'HEAD' || method === 'CONNECT' || /^HTTP\/1\.1 (?:204|304)/.test(head)) return true;
  const length = /\r\ncontent-length: (\d+)/i.exec(head);
  if (length) return text.length >= end + 4 + Number(length[1]);
  return /\r\ntransfer-encoding: chunked/i.test(head) && text.endsWith('0\r\n\r\n');
}

function parse(text: string): Answer {
  // Frames of HTTP/2 are no answer to HTTP/1.
  if (!text.startsWith('HTTP/1.')) return { status: undefined, headers: [], body: '' };
  const end = text.indexOf('\r\n\r\n');
  const [line = '', ...rest] = text.slice(0, end).split('\r\n');
  const headers = rest.map((header): [string, string] => {
    const colon = header.indexOf(':');
    return [header.slice(0, colon), header.slice(colon + 1).trim()];
  });
  const chunked = headers.some(([name, value]) => name.toLowerCase() === 'transfer-encoding' && value === 'chunked');
  const sent = text.slice(end + 4);
  const body = chunked ? dechunk(sent) : sent;
  const zipped =
    body !== '' && headers.some(([name, value]) => name.toLowerCase() === 'content-encoding' && value === 'gzip');
  return { status: Number(line.split(' ')[1]), headers, body: zipped ? unzipped(body) : body };
}

function unzipped(body: string): string {
  return gunzipSync(Buffer.from(body, 'latin1')).toString('latin1');
}

function dechunk(body: string): string {
  let out = '';
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.slice(at, lineEnd), 16);
    if (!(size > 0)) return out;
    out += body.slice(lineEnd + 2, lineEnd + 2 + size);
    at = lineEnd + 2 + size + 2;
  }
}
