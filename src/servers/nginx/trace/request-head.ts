/** What nginx makes of the head of a request before a virtual host is asked (src/http/ngx_http_request.c). */
import type { Scope } from '../../../model/model.ts';
import { giveUp } from '../../../model/unknown.ts';
import { isBefore, type Version } from '../../../model/versions.ts';
import type { TraceRequest } from '../../../model/trace.ts';
import { bytesOf, isOff, isOn, settingOf } from '../meaning/settings.ts';

/** Since then names and ports of hosts are checked letter by letter. */
const strictHosts = '1.29.4';
/** Since then the request line of CONNECT must name a host and port. */
const parsesConnect = '1.29.3';
const refusesSecondHost = '1.23.0';

/** Host of a Host header: lower case, without port and final dot (`ngx_http_validate_host`). Undefined: 400. */
export function parseHost(text: string, version: Version): string | undefined {
  const pattern = isBefore(version, strictHosts)
    ? /^(\[[^\]]*\]?|[^:]*)/s
    : /^(\[[\w.~!$&'()*+,;=:-]*\]|[\w.~!$&'()*+,;=%-]*)(?::(\d*))?$/;
  if (/[/\x00-\x20\x7f]/.test(text) || text.includes('..')) return undefined;
  const match = pattern.exec(text);
  if (!match || Number(match[2] ?? 0) > 65_535) return undefined;
  const host = match[1]!.replace(/\.$/, '').toLowerCase();
  return host === '' ? undefined : host;
}

/** Headers by the server whose settings hold while they are read: the first one's up to the Host header, then the host's. */
export function keptHeaders(request: TraceRequest, first: Scope, chosen: Scope): TraceRequest['headers'] {
  let scope = first;
  return request.headers.filter(([name]) => {
    const kept = isValidName(name, scope) || isOff(scope, 'ignore_invalid_headers');
    if (name.toLowerCase() === 'host') scope = chosen;
    return kept;
  });
}

function isValidName(name: string, scope: Scope): boolean {
  const underscores = isOn(scope, 'underscores_in_headers');
  return /^[A-Za-z0-9-]*$/.test(underscores ? name.replaceAll('_', '') : name);
}

/** The status of a request line that is refused. */
export function refusedLine({ method, target }: TraceRequest, scope: Scope, version: Version): number | undefined {
  if (!/^[A-Z_-]+$/.test(method)) return 400;
  if (method === 'CONNECT' && !isBefore(version, parsesConnect)) return 400;
  return isLonger(`${method} ${target} HTTP/1.1`, scope) ? 414 : undefined;
}

/** The status of headers that are refused when all were read (`ngx_http_process_request_header`). */
export function refusedHeaders({ method, headers }: TraceRequest, scope: Scope, version: Version): number | undefined {
  const valuesOf = (name: string): string[] =>
    headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
  const [length, ...otherLengths] = valuesOf('content-length');
  const [encoding] = valuesOf('transfer-encoding');
  if (headers.some(([name, value]) => isLonger(`${name}: ${value}`, scope))) return 494;
  if (valuesOf('transfer-encoding').length > 1) giveUp('There are two headers Transfer-Encoding.');
  if (otherLengths.length > 0) return 400;
  if (valuesOf('host').length > 1)
    return isBefore(version, refusesSecondHost) ? giveUp('There are two Host headers.') : 400;
  if (length !== undefined && !/^\d+$/.test(length)) return 400;
  if (encoding !== undefined && encoding.toLowerCase() !== 'chunked') return 501;
  if (encoding !== undefined && length !== undefined) return 400;
  return method === 'CONNECT' || method === 'TRACE' ? 405 : undefined;
}

/** A line longer than the large buffers; the small one may be larger than they. */
function isLonger(line: string, scope: Scope): boolean {
  const sizeOf = (key: string): number | undefined => bytesOf(settingOf(scope, key));
  const most = Math.max(sizeOf('large_client_header_buffers') ?? 8192, sizeOf('client_header_buffer_size') ?? 1024);
  const bytes = line.length + 2;
  if (bytes > most - 16 && bytes <= most + 16)
    giveUp('The head of the request is about as long as the buffers for it.');
  return bytes > most;
}

/** Bytes of the body as far as the head tells; undefined: it is sent in chunks. */
export function announcedBody({ headers, bodySize }: TraceRequest): number | undefined {
  const valueOf = (name: string): string | undefined => headers.find(([key]) => key.toLowerCase() === name)?.[1];
  if (valueOf('transfer-encoding') !== undefined) return undefined;
  return Number(valueOf('content-length') ?? bodySize);
}
