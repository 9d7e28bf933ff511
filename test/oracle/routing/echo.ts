/** A backend that answers with what it received, as JSON: request line and headers, or what gateways are told. */
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket, type TlsOptions } from 'node:tls';

import type { Echoed } from './echoed.ts';
import { answerAsGateway, speaksHttp2, startHttp2Echo } from './gateways.ts';
import { listenOnLoopback, type Backend } from '../../helpers/loopback.ts';

/** A raw socket server, with a certificate over TLS: an HTTP library would refuse or normalise what is to be seen. */
export async function startEcho(tls?: TlsOptions): Promise<Backend> {
  const http2 = await startHttp2Echo();
  const answer = (socket: Socket): void => {
    socket.on('error', () => socket.destroy());
    let bytes: Buffer = Buffer.alloc(0);
    socket.on('data', function read(chunk: Buffer) {
      bytes = Buffer.concat([bytes, chunk]);
      if (answerAsGateway(socket, bytes)) return;
      if (speaksHttp2(bytes)) {
        socket.off('data', read);
        http2.take(socket, bytes);
        return;
      }
      const received = bytes.toString('latin1');
      const end = received.indexOf('\r\n\r\n');
      if (end === -1) return;
      const serverName = socket instanceof TLSSocket && (socket as { servername?: string | false }).servername;
      const echoed: Echoed = { ...parseHead(received.slice(0, end)), ...(serverName && { serverName }) };
      const body = Buffer.from(JSON.stringify(echoed), 'utf8');
      socket.end(
        `HTTP/1.1 200 OK\r\nX-Echo: 1\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body.toString('latin1')}`,
        'latin1',
      );
    });
  };
  const { port, close } = await listenOnLoopback(tls ? createTlsServer(tls, answer) : createServer(answer));
  return { port, close: async () => void (await Promise.all([close(), http2.close()])) };
}

function parseHead(head: string): Echoed {
  const [line = '', ...rest] = head.split('\r\n');
  const first = line.indexOf(' ');
  const last = line.lastIndexOf(' ');
  return {
    method: line.slice(0, first),
    uri: line.slice(first + 1, last),
    version: line.slice(last + 1).replace('HTTP/', ''),
    headers: rest.map((header) => {
      const colon = header.indexOf(':');
      return [header.slice(0, colon), header.slice(colon + 1).trim()] as const;
    }),
  };
}
