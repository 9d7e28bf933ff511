/** What a config answers to some requests, without the places of its text: to tell whether two configs do the same. */
import { loadTracer, lower } from '../../../src/servers/index.ts';
import type { Config } from '../../../src/syntax/config.ts';
import type { Model } from '../../../src/model/model.ts';
import { parseRequest } from '../../../src/model/request.ts';
import type { Trace, TracedHeader, TraceRequest } from '../../../src/model/trace.ts';
import type { Targets } from '../../../src/model/versions.ts';
import { Random } from './random.ts';

const requestCount = 10;
const ownPaths = ['/', '/index.html', '/a/b?x=1', '/api/v1/users', '/login', '/x.php', '/%2e%2e/a', '/ws'];

/** Requests to the names, ports and paths that the config speaks of, and to others. */
export function requestsFor(config: Config, targets: Targets): TraceRequest[] {
  const model = lower(config, targets);
  const random = new Random(config.file.source.text.length);
  const hosts = [...hostsOf(model), 'example.com'];
  const paths = [...pathsOf(model), ...ownPaths];
  const listeners = model.listeners.filter(({ port }) => typeof port === 'number' && port > 0 && port < 65_536);
  const requests: TraceRequest[] = [];
  for (let index = 0; index < requestCount; index++) {
    const listener = random.pick(listeners);
    const scheme = (listener?.tls ?? index % 2 === 1) ? 'https' : 'http';
    const port = listener ? `:${String(listener.port)}` : '';
    // The first of each, then any: what a config says first is mostly what it is about.
    const host = hosts[index % 2 === 0 ? (index >> 1) % hosts.length : random.below(hosts.length)]!;
    const path = paths[index < 6 ? index % paths.length : random.below(paths.length)]!;
    const headers = index % 3 === 2 ? ['Upgrade: websocket', 'Connection: Upgrade'] : ['X-Forwarded-For: 192.0.2.9'];
    const method = index === 7 ? 'POST' : 'GET';
    const body = index === 7 ? 2_000_000 : 0;
    const request = parseRequest(method, `${scheme}://${host}${port}${path}`, {
      headers,
      from: ['192.0.2.1', '10.0.0.7', '127.0.0.1'][index % 3],
      bodySize: body,
    });
    if (typeof request !== 'string') requests.push(request);
  }
  return requests;
}

/** One text a request; equal texts for equal answers. */
export async function answersOf(
  config: Config,
  targets: Targets,
  requests: readonly TraceRequest[],
): Promise<string[]> {
  const trace = await loadTracer(config.dialect);
  if (!trace) return [];
  const model = lower(config, targets);
  return requests.map((request) => describe(trace({ config, model, targets }, request, () => undefined)));
}

function hostsOf({ virtualHosts }: Model): string[] {
  const names = virtualHosts.flatMap((host) => host.names.map(({ text }) => text.replace(/^\*?\./, 'sub.')));
  return names.filter((name) => /^[\w.-]+$/.test(name));
}

function pathsOf({ virtualHosts }: Model): string[] {
  const patterns = virtualHosts.flatMap(({ routes }) => routes.map(({ match }) => match.pattern));
  return patterns
    .map((pattern) => pattern.replaceAll(/\\(.)/g, '$1').replaceAll(/[\^$()?*+[\]|{}\s"]/g, ''))
    .flatMap((path) => (path.startsWith('/') ? [path, `${path}x`] : [`/a${path}`]));
}

function describe({ listener, outcome, responseHeaders, unknowns }: Trace): string {
  const common = { listener, responseHeaders: headers(responseHeaders), unknowns };
  if (outcome.kind !== 'proxy') return JSON.stringify({ ...common, outcome });
  const lost = outcome.lost.map(({ name }) => name);
  return JSON.stringify({ ...common, outcome: { ...outcome, headers: headers(outcome.headers), lost } });
}

function headers(list: readonly TracedHeader[]): object[] {
  return list.map(({ name, value, origin }) => ({
    name,
    value,
    origin: typeof origin === 'string' ? origin : 'config',
  }));
}
