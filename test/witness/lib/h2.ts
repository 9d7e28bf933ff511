/** A backend that speaks HTTP/2 without TLS from the first byte, and answers with what it received. */
import { createServer } from 'node:http2';

import { listenOnLoopback, type Backend } from '../../helpers/loopback.ts';

export function startH2(): Promise<Backend> {
  const server = createServer((request, response) => {
    response.setHeader('x-echo', '1');
    response.end(JSON.stringify({ uri: request.url, version: request.httpVersion }));
  });
  return listenOnLoopback(server);
}
