/** Configs written by hand, for what random ones rarely reach. */
import type { TraceRequest } from '../../../../src/model/trace.ts';
import type { GeneratedConfig } from '../play.ts';

/**
 * `@backend` (an address), `@port` (its port) and `@root` stand for those of the run. A request is `/path`, with the method in front where it is not GET
 * and headers behind it: `POST /path | X-Test: 1 | Content-Length: 3`. The host is `a.test`.
 */
export interface RoutingCase {
  /** Lines of a virtual host. */
  readonly lines: string;
  /** Lines that stand around it: for all virtual hosts of httpd, in `http` of nginx. */
  readonly around?: string;
  readonly requests: readonly string[];
}

export interface Surroundings {
  readonly port: number;
  readonly backend: number;
  readonly root: string;
}

export function filled(text: string, { backend, root }: Surroundings): string {
  return text
    .replaceAll('@backend', `127.0.0.1:${backend}`)
    .replaceAll('@port', String(backend))
    .replaceAll('@root', root);
}

export function requestsOf({ requests }: RoutingCase, { port }: Surroundings): TraceRequest[] {
  return requests.map((text) => {
    const [line = '', ...rest] = text.split(' | ');
    const [target = '', method = 'GET'] = line.split(' ').reverse();
    const given = rest.map((header): [string, string] => {
      const colon = header.indexOf(':');
      return [header.slice(0, colon), header.slice(colon + 1).trim()];
    });
    const has = (wanted: string): boolean => given.some(([name]) => name.toLowerCase() === wanted);
    const headers = [
      ...(has('host') ? [] : [['Host', `a.test:${port}`] as const]),
      ...given,
      ...(has('connection') ? [] : [['Connection', 'close'] as const]),
    ];
    const bodySize = Number(given.find(([name]) => name === 'Content-Length')?.[1] ?? 0);
    const address = '127.0.0.1';
    return { method, scheme: 'http', host: 'a.test', port, target, headers, from: address, to: address, bodySize };
  });
}

export function apacheCase(routingCase: RoutingCase, around: Surroundings): GeneratedConfig {
  const text = [
    `Listen 127.0.0.1:${around.port}`,
    `<VirtualHost 127.0.0.1:${around.port}>\nServerName a.test\nDocumentRoot "@root"\n${routingCase.lines}\n</VirtualHost>`,
  ].join('\n');
  return { text: filled(text, around), requests: requestsOf(routingCase, around) };
}

export function nginxCase(routingCase: RoutingCase, around: Surroundings): GeneratedConfig {
  const text = [
    ...(routingCase.around === undefined ? [] : [routingCase.around]),
    `server {\nlisten 127.0.0.1:${around.port};\nserver_name a.test;\nroot @root;\n${routingCase.lines}\n}`,
  ].join('\n');
  return { text: filled(text, around), requests: requestsOf(routingCase, around) };
}
