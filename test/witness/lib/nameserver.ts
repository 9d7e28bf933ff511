/** A name server that knows no name. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

import type { Backend } from '../../helpers/loopback.ts';

/** Of RFC 1035, 4.1.1: it is a response, of a server that recurses, and the name does not exist. */
const unknownName = 0x8183;

export async function startNameserver(): Promise<Backend> {
  const socket = createSocket('udp4', (query, { port, address }) => {
    const answer = Buffer.from(query);
    answer.writeUInt16BE(unknownName, 2);
    socket.send(answer, port, address);
  });
  await once(socket.bind(0, '127.0.0.1'), 'listening');
  return {
    port: socket.address().port,
    close: async () => {
      await once(socket.close(), 'close');
    },
  };
}
