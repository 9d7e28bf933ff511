/** Sends bytes and gives the first answer. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';

import { listenOnLoopback } from '../../helpers/loopback.ts';

/** Milliseconds after which nobody is expected to answer. */
const patience = 8000;

/** Empty: nobody answers. */
export async function askTcp(bytes: Buffer, port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setTimeout(patience, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    answer = chunk.toString('latin1');
    socket.destroy();
  });
  if (bytes.length > 0) socket.write(bytes);
  await once(socket, 'close');
  return answer;
}

/** The first bytes of a TLS client. */
export async function clientHello(options: ConnectionOptions): Promise<Buffer> {
  const server = createServer();
  const { port, close } = await listenOnLoopback(server);
  const client = connectTls({ host: '127.0.0.1', port, ...options }).on('error', () => {});
  const [socket] = (await once(server, 'connection')) as [Socket];
  const [hello] = (await once(socket, 'data')) as [Buffer];
  client.destroy();
  await close();
  return hello;
}
