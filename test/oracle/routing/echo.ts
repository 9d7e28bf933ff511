/** A backend that answers with what it received: request line and headers, as JSON. */
import { createServer, type Server, type Socket } from 'node:net';

export interface Echoed {
  readonly method: string;
  readonly uri: string;
  readonly version: string;
  readonly headers: readonly (readonly [string, string])[];
}

export interface EchoBackend {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** A raw socket server: an HTTP library would refuse or normalise what is to be seen. */
export async function startEcho(): Promise<EchoBackend> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let received = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      received += chunk;
      const end = received.indexOf('\r\n\r\n');
      if (end === -1) return;
      const body = Buffer.from(JSON.stringify(parseHead(received.slice(0, end))), 'utf8');
      socket.end(
        `HTTP/1.1 200 OK\r\nX-Echo: 1\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body.toString('latin1')}`,
        'latin1',
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the echo backend has no port');
  return {
    port: address.port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
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
