/** Topologies of texts, for tests. */
import type { TraceRequest } from '../../src/model/trace.ts';
import { parseRequest, type RequestOptions } from '../../src/model/request.ts';
import { parseApache } from '../../src/parsers/apache/parse.ts';
import { parseNginx } from '../../src/parsers/nginx/parse.ts';
import { parseSslh } from '../../src/parsers/sslh/parse.ts';
import { traceApache } from '../../src/servers/apache/trace/trace.ts';
import { configOf } from '../../src/servers/config.ts';
import { lower } from '../../src/servers/index.ts';
import { traceNginx } from '../../src/servers/nginx/trace/trace.ts';
import type { Tracer } from '../../src/servers/server.ts';
import { traceSslh } from '../../src/servers/sslh/trace/trace.ts';
import { SourceFile } from '../../src/text/source.ts';
import type { Dialect } from '../../src/syntax/tree.ts';
import type { TracerOf } from '../../src/topology/follow.ts';
import { unnamedMachine, type Machine } from '../../src/topology/machine.ts';
import { Topology, type Member } from '../../src/topology/topology.ts';

const parsers = { nginx: parseNginx, apache: parseApache, sslh: parseSslh };
const tracers: Readonly<Record<Dialect, Tracer>> = {
  nginx: ({ config, model, targets }, request, files) => traceNginx(config, model, targets, request, files),
  apache: ({ config, targets }, request, files) => traceApache(config, targets, request, files),
  sslh: ({ config, targets }, request) => traceSslh(config, targets, request),
};

export const tracerOf: TracerOf = ({ config }) => tracers[config.dialect];

/** By path; the ending tells the server: `a.nginx`. */
export function topologyOf(
  texts: Readonly<Record<string, string>>,
  machines: Readonly<Record<string, Machine>> = {},
): Topology {
  const shared = unnamedMachine();
  const members = Object.entries(texts).map(([path, text]): Member => {
    const dialect = path.split('.').at(-1) as Dialect;
    const config = configOf(parsers[dialect](new SourceFile(path, text)));
    return { config, model: lower(config, {}), targets: {}, machine: machines[path] ?? shared };
  });
  return new Topology(members, Object.keys(machines).length > 0);
}

export function machineOf(name: string, names: readonly string[], networks?: readonly string[]): Machine {
  return { name, names: new Set(names), networks: networks && new Set(networks), forwards: new Map() };
}

export function requestOf(url: string, options: Partial<RequestOptions> = {}): TraceRequest {
  return parseRequest('GET', url, { headers: [], from: undefined, bodySize: 0, ...options }) as TraceRequest;
}

export const nginxWith = (servers: string): string => `events {}\nhttp {\n${servers}\n}\n`;

export const sslhTo = (port: number, more = ''): string =>
  `listen: ( { host: "0.0.0.0"; port: "443"; } ); protocols: ( { name: "tls"; host: "127.0.0.1"; port: "${port}"; ${more} } );`;
