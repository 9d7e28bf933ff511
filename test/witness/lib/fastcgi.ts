/** A FastCGI application that answers with the parameters it received, as JSON, and to HEAD without a body. https://fastcgi-archives.github.io/FastCGI_Specification.html */
import { createServer } from 'node:net';

import { listenOnLoopback, type Backend } from '../../helpers/loopback.ts';

const types = { end: 3, params: 4, stdin: 5, stdout: 6 } as const;

export function startFastcgi(): Promise<Backend> {
  const server = createServer((socket) => {
    let received = Buffer.alloc(0);
    const params: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      for (let size; (size = recordSize(received)) <= received.length; received = received.subarray(size)) {
        const content = received.subarray(8, 8 + received.readUInt16BE(4));
        if (received[1] === types.params) params.push(content);
        else if (received[1] === types.stdin && content.length === 0) socket.end(response(Buffer.concat(params)));
      }
    });
  });
  return listenOnLoopback(server);
}

/** Bytes; infinite while the header is not complete. */
function recordSize(received: Buffer): number {
  return received.length < 8 ? Number.POSITIVE_INFINITY : 8 + received.readUInt16BE(4) + received[6]!;
}

function response(params: Buffer): Buffer {
  const received = Object.fromEntries(pairs(params));
  const body = received['REQUEST_METHOD'] === 'HEAD' ? '' : JSON.stringify({ params: received });
  const text = `Status: 200 OK\r\nX-Echo: 1\r\nContent-Type: application/json\r\n\r\n${body}`;
  return Buffer.concat([
    record(types.stdout, Buffer.from(text)),
    record(types.stdout),
    record(types.end, Buffer.alloc(8)),
  ]);
}

function record(type: number, content = Buffer.alloc(0)): Buffer {
  const header = Buffer.from([1, type, 0, 1, 0, 0, 0, 0]);
  header.writeUInt16BE(content.length, 4);
  return Buffer.concat([header, content]);
}

/** Each pair is the two lengths, then name and value. */
function* pairs(params: Buffer): Generator<[string, string]> {
  let at = 0;
  const length = (): number => {
    const isLong = params[at]! > 0x7f;
    const value = isLong ? params.readUInt32BE(at) & 0x7fffffff : params[at]!;
    at += isLong ? 4 : 1;
    return value;
  };
  const text = (size: number): string => params.toString('utf8', at, (at += size));
  while (at < params.length) {
    const sizes = [length(), length()] as const;
    yield [text(sizes[0]), text(sizes[1])];
  }
}
