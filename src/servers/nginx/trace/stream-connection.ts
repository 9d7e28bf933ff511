/** A connection of `stream`: what `ssl_preread` finds in its first bytes, and the values of variables. */
import { openingOf } from '../../../model/opening.ts';
import type { TraceRequest } from '../../../model/trace.ts';
import { giveUp } from '../../../model/unknown.ts';
import type { Block } from '../../../syntax/tree.ts';
import { childrenNamed } from '../../../syntax/walk.ts';
import { wordTable } from '../../../text/word-table.ts';
import { isOn, settingOf } from '../meaning/settings.ts';
import type { StreamRelay } from '../meaning/stream-relays.ts';
import { definedVariable } from './defined-variables.ts';
import { userVariables } from './definitions.ts';
import type { Evaluated } from './values.ts';

export interface Connection extends Evaluated<Connection> {
  readonly request: TraceRequest;
  readonly relay: StreamRelay;
  /** What `ssl_preread` finds in the first bytes. */
  readonly hello: Hello;
}

/** What is empty without a handshake, or where nobody reads it. */
export interface Hello {
  readonly serverName: string;
  readonly alpn: string;
  /** The highest version of TLS that the client offers. */
  readonly version: string;
}

const nothing: Hello = { serverName: '', alpn: '', version: '' };

/** Those of clients of today. */
const versions = ['TLSv1.3', 'TLSv1.2'];

/** What may be found; more than one where the versions of the client decide. */
export function preread({ block, directive }: StreamRelay, request: TraceRequest): readonly Hello[] | 'timeout' {
  if (!isOn(settingOf(block, 'ssl_preread') ?? settingOf(directive.parent, 'ssl_preread'))) return [nothing];
  const opening = openingOf(request);
  if (opening.kind === 'silence') return 'timeout';
  if (opening.kind === 'hello') {
    const serverName = (opening.serverName ?? '').toLowerCase().replace(/\.$/, '');
    return versions.map((version) => ({ serverName, alpn: opening.alpn.join(','), version }));
  }
  const { bytes, isWhole, least } = opening;
  if (isWhole && bytes.length < headLength) return 'timeout';
  if (least < headLength || bytes === '' || bytes.startsWith('\x16') || bytes.charCodeAt(0) >= 0x80)
    return giveUp('What "ssl_preread" makes of these bytes is not traced.');
  return [nothing];
}

/** Bytes that are read before anything is decided: the head of a record of TLS. */
const headLength = 5;

/** Throws `UnknownAnswer` where variables are read before the first bytes are there. */
export function connectionOf(relay: StreamRelay, request: TraceRequest, hello: Hello): Connection {
  const early = ['set', 'limit_conn'].find((key) => isWritten(relay, key));
  if (early !== undefined) giveUp(`"${early}" reads variables before the first bytes are there, which is not traced.`);
  const setting = { variable, definitions: userVariables(relay.directive.parent) };
  const empty = { captures: [], variables: new Map<string, string>(), variableDepth: 0, quoted: false, plus: false };
  return { ...empty, setting, request, relay, hello };
}

function isWritten({ block, directive }: StreamRelay, key: string): boolean {
  const levels: readonly Block[] = [block, directive.parent];
  return levels.some((level) => childrenNamed(level, key).length > 0);
}

function variable(connection: Connection, name: string): string {
  const kept = connection.variables.get(name);
  if (kept !== undefined) return kept;
  const defined = connection.setting.definitions.get(name);
  if (defined) return definedVariable(connection, name, defined, { address: clientAddress, forwarded: () => [] });
  const builtin = builtins[name];
  return builtin ? builtin(connection) : giveUp(`The value of "$${name}" is not known before the connection comes.`);
}

function clientAddress({ request, relay }: Connection): string {
  if (isWritten(relay, 'set_real_ip_from')) giveUp('"set_real_ip_from" in "stream" is not traced.');
  return request.from ?? giveUp('The client address is not given; name it with --from.');
}

const builtins: Readonly<Record<string, (connection: Connection) => string>> = wordTable({
  ssl_preread_server_name: ({ hello }) => hello.serverName,
  ssl_preread_alpn_protocols: ({ hello }) => hello.alpn,
  ssl_preread_protocol: ({ hello }) => hello.version,
  protocol: () => 'TCP',
  server_port: ({ request }) => String(request.port),
  server_addr: ({ request }) =>
    request.to?.replace(/[[\]]/g, '') ??
    giveUp('Which address the connection goes to is not known; name it with --to.'),
  remote_addr: clientAddress,
  proxy_protocol_addr: ({ request: { proxyHeader } }) =>
    proxyHeader
      ? (proxyHeader.client ?? giveUp('Which client the PROXY header names is not known; name it with --from.'))
      : '',
});
