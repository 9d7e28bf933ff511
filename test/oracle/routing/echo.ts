/** A backend that answers with what it received: request line and headers, as JSON. */
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket, type TlsOptions } from 'node:tls';

import { listenOnLoopback, type Backend } from '../../helpers/loopback.ts';

export interface Echoed {
  readonly method: string;
  readonly uri: string;
  readonly version: string;
  readonly headers: readonly (readonly [string, string])[];
  /** The name in the TLS handshake. */
  readonly serverName?: string;
}

/** A raw socket server, with a certificate over TLS: an HTTP library would refuse or normalise what is to be seen. */
export function startEcho(tls?: TlsOptions): Promise<Backend> {
  const answer = (socket: Socket): void => {
    socket.on('error', () => socket.destroy());
    let received = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      received += chunk;
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
  return listenOnLoopback(tls ? createTlsServer(tls, answer) : createServer(answer));
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
