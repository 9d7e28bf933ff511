/** Servers of tests: on a free port of 127.0.0.1, closed with all their connections. */
import type { AddressInfo, Server, Socket } from 'node:net';

export interface Backend {
  readonly port: number;
  readonly close: () => Promise<void>;
}

export async function listenOnLoopback(server: Server): Promise<Backend> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
