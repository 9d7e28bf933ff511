/** A backend that takes an upgrade to HTTP/2 without TLS, and answers requests in it with what it received. */
import { createServer as createHttp2 } from 'node:http2';
import { createServer } from 'node:net';

import { listenOnLoopback, type Backend } from '../../helpers/loopback.ts';

const switching = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n';

export function startH2c(): Promise<Backend> {
  const http2 = createHttp2((request, response) => {
    response.setHeader('x-echo', '1');
    response.end(JSON.stringify({ uri: request.url, version: request.httpVersion }));
  });
  // The answer to the request that asks for the upgrade is left out.
  const server = createServer((socket) => {
    socket.once('data', (head: Buffer) => {
      if (!/\r\nupgrade: h2c\r\n/i.test(head.toString('latin1'))) return socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
      socket.write(switching);
      return http2.emit('connection', socket);
    });
  });
  return listenOnLoopback(server);
}
