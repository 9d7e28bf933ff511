/** A server of websites: its clients send requests. */
import type { Request } from './case.ts';
import { ask, type Seen } from './client.ts';
import { PlayedServer } from './server.ts';

export abstract class HttpServer extends PlayedServer<Request> {
  ask(asked: Request, config: string): Promise<Seen> {
    const target = this.fillPorts(asked.target ?? '/', config);
    return ask({ ...asked, target }, this.portOf(asked.port ?? (asked.tls ? 443 : 80), config));
  }
}
