/** `proxylint trace [METHOD] URL [paths...]`. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { formatTracesAsJson } from '../formatters/json-trace.ts';
import { formatTracesAsMermaid } from '../formatters/mermaid-trace.ts';
import { formatTraces } from '../formatters/pretty-trace.ts';
import { parseNetwork } from '../model/network.ts';
import { parseRequest } from '../model/request.ts';
import type { OpenFile } from '../lint/open-file.ts';
import type { FileKind, FileLookup, TraceRequest } from '../model/trace.ts';
import { loadTracer, lower } from '../servers/index.ts';
import type { Tracer } from '../servers/server.ts';
import type { Config } from '../syntax/config.ts';
import { dialects, type Dialect } from '../syntax/tree.ts';
import { followRequest, type Hop } from '../topology/follow.ts';
import { Topology, type Member } from '../topology/topology.ts';
import { toBytes } from '../text/bytes.ts';
import { useColor } from './color.ts';
import { fileAccess } from './file-access.ts';
import type { TraceCommandOptions } from './options.ts';
import { print } from './output.ts';
import type { OpenedInput } from './link-inputs.ts';
import { readLinked } from './read-files.ts';
import { scopeOf } from './read-scope.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

/** The exit status: 0, or 2 if a config could not be read. Throws {@link UsageError}. */
export async function traceCommand(words: readonly string[], options: TraceCommandOptions): Promise<number> {
  const hasMethod = words.length > 1 && !words[0]!.includes('://');
  const [method, url, ...paths] = hasMethod ? words : ['GET', ...words];
  const request = requestFrom(method!, url!, options);
  const { files, topologies, failures } = await readLinked(paths, options);
  const hops = await withRefusals(await traceAll(files, topologies, request, options.checkFiles === true), files);
  if (hops.length === 0 && failures === 0) throw new UsageError('no nginx, httpd or sslh config found');
  if (hops.length > 0) print(await format(hops, options));
  return failures > 0 ? 2 : 0;
}

/** What each config does with the request and, of those that belong together, each on whose address somebody listens. */
async function traceAll(
  files: readonly OpenedInput[],
  topologies: readonly Topology[],
  request: TraceRequest,
  checkFiles: boolean,
): Promise<readonly Hop[]> {
  const tracers = new Map<Dialect, Tracer | undefined>();
  for (const dialect of dialects) tracers.set(dialect, await loadTracer(dialect));
  const tracerOf = ({ config }: Member): Tracer | undefined => tracers.get(config.dialect);
  const lookup = ({ config }: Member): FileLookup =>
    checkFiles ? lookupFor(config.file.source.path) : () => undefined;
  const linked = topologies.flatMap((topology) => {
    const hops = topology.members.flatMap((member) => followRequest(topology, member, request, tracerOf, lookup) ?? []);
    const met = hops.filter(({ trace }) => trace.outcome.kind !== 'refused');
    return met.length > 0 ? met : hops;
  });
  const isLinked = new Set(topologies.flatMap(({ members }) => members.map(({ config }) => config)));
  const alone: Hop[] = [];
  for (const { file, settings, machine } of files)
    for (const config of await file.read()) {
      if (config.file.unread !== undefined || isLinked.has(config) || isPart(config, isLinked)) continue;
      const { targets = {} } = settings;
      const member = { config, model: lower(config, targets), targets, machine };
      alone.push(...[followRequest(new Topology([member], false), member, request, tracerOf, lookup) ?? []].flat());
    }
  return [...linked, ...alone];
}

/** Each server says at first that it would not load its config. */
async function withRefusals(hops: readonly Hop[], files: readonly OpenedInput[]): Promise<readonly Hop[]> {
  const owners = new Map<Config, OpenFile>();
  for (const { file } of files) for (const config of await file.read()) owners.set(config, file);
  const told = async (hop: Hop): Promise<Hop> => {
    const { config } = hop.member;
    const trace = (await owners.get(config)?.withRefusal(config, hop.trace)) ?? hop.trace;
    return { ...hop, trace, next: hop.next && (await told(hop.next)) };
  };
  return Promise.all(hops.map(told));
}

/** Whether a config of the topologies includes it. */
function isPart(config: Config, linked: ReadonlySet<Config>): boolean {
  const path = resolve(config.file.source.path);
  return [...linked].some(({ files }) => files.some(({ source }) => resolve(source.path) === path));
}

function requestFrom(method: string, url: string, options: TraceCommandOptions): TraceRequest {
  if (!/^[A-Z][A-Z0-9_-]*$/.test(method)) throw new UsageError(notMethod(method));
  if (!/^\d{1,15}$/.test(options.bodySize))
    throw new UsageError(`--body-size ${options.bodySize}: expected a number of bytes`);
  const from = addressFrom('--from', options.from);
  const to = addressFrom('--to', options.to);
  const request = parseRequest(method, url, {
    headers: options.header,
    from,
    to,
    bodySize: Number(options.bodySize),
    alpn: options.alpn.length > 0 ? options.alpn : undefined,
    send: options.send,
  });
  if (typeof request === 'string') throw new UsageError(request);
  return request;
}

function notMethod(word: string): string {
  if (!word.includes('/')) return `"${word}" is neither an HTTP method nor a URL such as https://example.org/path`;
  return `"${word}" is not a URL: name scheme and host, as in https://example.org${word.startsWith('/') ? word : '/'}`;
}

/** Throws {@link UsageError} for what is no address. */
function addressFrom(option: string, text: string | undefined): string | undefined {
  if (text !== undefined && (text.includes('/') || !parseNetwork(text)))
    throw new UsageError(`${option} ${text}: no IP address`);
  return text;
}

function kindOf(path: string): FileKind {
  try {
    return statSync(path).isDirectory() ? 'directory' : 'file';
  } catch {
    return 'missing';
  }
}

/** Texts are read where the config may include files from, and nowhere else. */
function lookupFor(config: string): FileLookup {
  const { read } = fileAccess(scopeOf(resolve(config)));
  return Object.assign(kindOf, {
    read(path: string): string | undefined {
      const result = read(path);
      return result.ok ? toBytes(result.text) : undefined;
    },
  });
}

function format(hops: readonly Hop[], options: TraceCommandOptions): string | Promise<string> {
  switch (options.format) {
    case 'json':
      return formatTracesAsJson(hops, version);
    case 'mermaid':
      return formatTracesAsMermaid(hops);
    case 'pretty':
      return formatTraces(hops, { color: useColor(options) });
  }
}
