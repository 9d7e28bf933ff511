/** `proxylint trace [METHOD] URL [paths...]`. */
import { resolve } from 'node:path';
import { formatTracesAsJson } from '../../formatters/json-trace.ts';
import { formatTracesAsMermaid } from '../../formatters/mermaid-trace.ts';
import { formatTraces } from '../../formatters/pretty-trace.ts';
import { parseNetwork } from '../../model/network.ts';
import { parseRequest } from '../../model/request.ts';
import type { FileLookup, TraceRequest } from '../../model/trace.ts';
import type { Hop } from '../../topology/follow.ts';
import { toBytes } from '../../text/bytes.ts';
import { useColor } from '../color.ts';
import { fileAccess } from '../files/file-access.ts';
import { hasVariants, kindOnDisk } from '../files/files-on-disk.ts';
import type { TraceCommandOptions } from '../options.ts';
import { LinkedTracer, type LookupOf } from '../linked/linked-tracer.ts';
import { print } from '../output.ts';
import { readLinked } from '../files/read-files.ts';
import { scopeOf } from '../files/read-scope.ts';
import { UsageError } from '../usage-error.ts';
import { version } from '../version.ts';

/** The exit status: 0, or 2 if a config could not be read. Throws {@link UsageError}. */
export async function traceCommand(words: readonly string[], options: TraceCommandOptions): Promise<number> {
  const hasMethod = words.length > 1 && !words[0]!.includes('://');
  const [method, url, ...paths] = hasMethod ? words : ['GET', ...words];
  const request = requestFrom(method!, url!, options);
  const linked = await readLinked(paths, options);
  const lookup: LookupOf | undefined = options.checkFiles
    ? ({ config }) => lookupFor(config.file.source.path)
    : undefined;
  const hops = await (await LinkedTracer.of(linked)).trace(request, lookup);
  const { failures } = linked;
  if (hops.length === 0 && failures === 0) throw new UsageError('no nginx, httpd or sslh config found');
  if (hops.length > 0) print(await format(hops, options));
  return failures > 0 ? 2 : 0;
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

/** Texts are read where the config may include files from, and nowhere else. */
function lookupFor(config: string): FileLookup {
  const { read } = fileAccess(scopeOf(resolve(config)));
  return Object.assign((path: string) => kindOnDisk(path), {
    hasVariants,
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
