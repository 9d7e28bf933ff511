/** Backends that speak no HTTP/1: FastCGI, SCGI, uwsgi, AJP, memcached, and gRPC over HTTP/2. Each answers with what it was asked, as JSON. */
import { createServer as createHttp2Server } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { listenOnLoopback } from '../../helpers/loopback.ts';
import type { Echoed } from './echoed.ts';

/** Of one connection: takes the bytes so far; undefined: more are needed. */
interface Gateway {
  readonly protocol: string;
  readonly speaks: (bytes: Buffer) => boolean;
  readonly answer: (bytes: Buffer) => Buffer | undefined;
}

const head = (protocol: string): string =>
  `Status: 200 OK\r\nX-Echo: ${protocol}\r\nContent-Type: application/json\r\n\r\n`;

function bodyOf(protocol: string, parameters: ReadonlyMap<string, string>): string {
  const echoed: Echoed = {
    method: parameters.get('REQUEST_METHOD') ?? '',
    uri: parameters.get('DOCUMENT_URI') ?? '',
    version: '',
    // The port of the client is another one for each connection.
    headers: [...parameters].filter(([name]) => name !== 'REMOTE_PORT'),
    protocol,
  };
  return JSON.stringify(echoed);
}

const scriptAnswer = (protocol: string, parameters: ReadonlyMap<string, string>): Buffer =>
  Buffer.from(head(protocol) + bodyOf(protocol, parameters), 'utf8');

const fastcgi: Gateway = {
  protocol: 'fastcgi',
  speaks: (bytes) => bytes[0] === 1 && bytes[1] === 1,
  answer: (bytes) => {
    const chunks: Buffer[] = [];
    let ended = false;
    let id = 0;
    for (let at = 0; at + 8 <= bytes.length;) {
      const type = bytes[at + 1];
      id = bytes.readUInt16BE(at + 2);
      const length = bytes.readUInt16BE(at + 4);
      const next = at + 8 + length + bytes[at + 6]!;
      if (next > bytes.length) return undefined;
      if (type === 4) chunks.push(bytes.subarray(at + 8, at + 8 + length));
      if (type === 5 && length === 0) ended = true;
      at = next;
    }
    if (!ended) return undefined;
    const text = scriptAnswer('fastcgi', fastcgiParameters(Buffer.concat(chunks)));
    const record = (type: number, content: Buffer): Buffer => {
      const header = Buffer.from([1, type, id >> 8, id & 255, content.length >> 8, content.length & 255, 0, 0]);
      return Buffer.concat([header, content]);
    };
    return Buffer.concat([record(6, text), record(6, Buffer.alloc(0)), record(3, Buffer.alloc(8))]);
  },
};

function fastcgiParameters(bytes: Buffer): Map<string, string> {
  const parameters = new Map<string, string>();
  let at = 0;
  const length = (): number => {
    const first = bytes[at]!;
    if (first < 128) {
      at += 1;
      return first;
    }
    at += 4;
    return bytes.readUInt32BE(at - 4) & 0x7f_ff_ff_ff;
  };
  while (at < bytes.length) {
    const name = length();
    const value = length();
    parameters.set(
      bytes.subarray(at, at + name).toString('latin1'),
      bytes.subarray(at + name, at + name + value).toString('latin1'),
    );
    at += name + value;
  }
  return parameters;
}

const scgi: Gateway = {
  protocol: 'scgi',
  speaks: (bytes) => /^\d{1,6}:/.test(bytes.subarray(0, 8).toString('latin1')),
  answer: (bytes) => {
    const text = bytes.toString('latin1');
    const colon = text.indexOf(':');
    const size = Number(text.slice(0, colon));
    if (text.length < colon + 1 + size + 1) return undefined;
    const words = text.slice(colon + 1, colon + size).split('\0');
    const parameters = new Map<string, string>();
    for (let index = 0; index + 1 < words.length; index += 2) parameters.set(words[index]!, words[index + 1]!);
    return scriptAnswer('scgi', parameters);
  },
};

const uwsgi: Gateway = {
  protocol: 'uwsgi',
  speaks: (bytes) => bytes[0] === 0 && bytes.length >= 4 && bytes[3] === 0,
  answer: (bytes) => {
    const end = 4 + bytes.readUInt16LE(1);
    if (bytes.length < end) return undefined;
    const parameters = new Map<string, string>();
    const word = (at: number): string => bytes.subarray(at + 2, at + 2 + bytes.readUInt16LE(at)).toString('latin1');
    for (let at = 4; at < end;) {
      const name = word(at);
      at += 2 + name.length;
      const value = word(at);
      at += 2 + value.length;
      parameters.set(name, value);
    }
    const text = scriptAnswer('uwsgi', parameters).toString('latin1');
    return Buffer.from(text.replace(/^Status:/, 'HTTP/1.0'), 'latin1');
  },
};

const memcached: Gateway = {
  protocol: 'memcached',
  speaks: (bytes) => bytes.subarray(0, 4).toString('latin1') === 'get ',
  answer: (bytes) => {
    const key = /^get (\S*)\r\n/.exec(bytes.toString('latin1'))?.[1];
    if (key === undefined) return undefined;
    const body = bodyOf('memcached', new Map([['KEY', key]]));
    return Buffer.from(`VALUE ${key} 0 ${Buffer.byteLength(body)}\r\n${body}\r\nEND\r\n`, 'latin1');
  },
};

const ajp: Gateway = {
  protocol: 'ajp',
  speaks: (bytes) => bytes[0] === 0x12 && bytes[1] === 0x34,
  answer: (bytes) => {
    if (bytes.length < 4 || bytes.length < 4 + bytes.readUInt16BE(2)) return undefined;
    const text = (value: string): Buffer =>
      Buffer.concat([Buffer.from([value.length >> 8, value.length & 255]), Buffer.from(value, 'latin1'), Buffer.of(0)]);
    const packet = (...parts: readonly Buffer[]): Buffer => {
      const content = Buffer.concat(parts);
      return Buffer.concat([Buffer.from([0x41, 0x42, content.length >> 8, content.length & 255]), content]);
    };
    const body = bodyOf('ajp', new Map());
    return Buffer.concat([
      packet(Buffer.from([4, 0, 200]), text('OK'), Buffer.from([0, 1]), text('X-Echo'), text('ajp')),
      packet(Buffer.from([3]), text(body)),
      packet(Buffer.from([5, 0])),
    ]);
  },
};

const gateways: readonly Gateway[] = [fastcgi, memcached, ajp, scgi, uwsgi];

/** Answers where the bytes so far are those of a gateway; true: the connection is taken, or more bytes are needed. */
export function answerAsGateway(socket: Socket, bytes: Buffer): boolean {
  const gateway = gateways.find(({ speaks }) => speaks(bytes));
  if (!gateway) return false;
  const answer = gateway.answer(bytes);
  if (!answer) return true;
  if (gateway === memcached) socket.write(answer);
  else socket.end(answer);
  return true;
}

const preface = 'PRI * HTTP/2.0';

/** gRPC comes over HTTP/2. */
export const speaksHttp2 = (bytes: Buffer): boolean => bytes.subarray(0, preface.length).toString('latin1') === preface;

export interface Http2Echo {
  /** Takes a connection over that begins with these bytes. */
  readonly take: (socket: Socket, bytes: Buffer) => void;
  readonly close: () => Promise<void>;
}

export async function startHttp2Echo(): Promise<Http2Echo> {
  const server = createHttp2Server();
  server.on('stream', (stream, headers) => {
    const echoed: Echoed = {
      method: String(headers[':method']),
      uri: String(headers[':path']),
      version: '2',
      headers: [],
      protocol: 'grpc',
    };
    stream.on('error', () => stream.destroy());
    stream.respond({ ':status': 200, 'x-echo': 'grpc', 'content-type': 'application/grpc' });
    stream.end(JSON.stringify(echoed));
  });
  const { port, close } = await listenOnLoopback(server);
  const take = (socket: Socket, bytes: Buffer): void => {
    const inner = connect(port, '127.0.0.1');
    inner.on('error', () => socket.destroy());
    inner.write(bytes);
    socket.pipe(inner).pipe(socket);
  };
  return { take, close };
}
