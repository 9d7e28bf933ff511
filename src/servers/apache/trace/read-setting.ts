/** What holds for all requests to a virtual host. */
import type { Environment } from '../meaning/environment.ts';
import { ApacheScope } from '../meaning/scope.ts';
import type { Level } from '../meaning/levels.ts';
import { sectionsOf, type Section } from '../meaning/sections.ts';
import { hostAddresses } from '../meaning/socket-address.ts';
import type { VirtualHost } from '../../../model/model.ts';
import { HostDraft } from '../model/virtual-hosts.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { parseVersion, type Targets } from '../../../model/versions.ts';
import { toBytes } from '../../../text/bytes.ts';
import type { HostSet } from './sockets.ts';
import { levelsOf, type Setting } from './state.ts';
import { readServerName } from '../meaning/server-name.ts';
import type { Config } from '../../../syntax/config.ts';
import type { FileLookup, TraceRequest } from '../../../model/trace.ts';

export function readSetting(shared: Shared, set: HostSet, host: VirtualHost): Setting {
  const { environment, request, targets } = shared;
  const { scope } = host;
  if (!(scope instanceof ApacheScope)) throw new TypeError('not a virtual host of httpd');
  const own = serverNameOf(scope, environment);
  const main = scope.outer && serverNameOf(scope.outer, environment);
  const inherited = host.names.find((name) => name.inherited);
  return {
    config: shared.config,
    environment,
    version: targets.apache ?? parseVersion(newest)!,
    request,
    files: shared.files,
    host,
    modules: shared.modules,
    address: set.address,
    client: request.proxyHeader ? request.proxyHeader.client : request.from,
    base: scope,
    sections: levelsOf(scope).flatMap(({ level }) => sectionsAt(level, environment)),
    serverHostname: own ? own.host : inherited && toBytes(inherited.text),
    scheme: request.scheme === 'https' ? 'https' : (own?.scheme ?? 'http'),
    serverPort: own
      ? own.port
      : host.directive
        ? (firstPort(host.directive, environment) ?? main?.port ?? 0)
        : request.port,
    steps: [],
    unknowns: new Set(host instanceof HostDraft && !host.certain ? [hostUnderCondition(host)] : []),
    lookups: 0,
    chosen: undefined,
    applied: new Set(),
    section: undefined,
  };
}

const sectionsByLevel = new WeakMap<Level, readonly Section[]>();

/** Read once a level, which belongs to one environment. */
function sectionsAt(level: Level, environment: Environment): readonly Section[] {
  let sections = sectionsByLevel.get(level);
  if (!sections) sectionsByLevel.set(level, (sections = sectionsOf(level, environment)));
  return sections;
}

/** What `ServerName` says on this level, its host as bytes, port 0 where none is written; undefined: nothing that is known. */
function serverNameOf(
  scope: ApacheScope,
  environment: Environment,
): { readonly scheme: string | undefined; readonly host: string; readonly port: number } | undefined {
  const word = scope.own('servername').at(-1)?.args[0];
  const text = word && environment.text(word);
  if (typeof text !== 'string') return undefined;
  const { scheme, host, port = 0 } = readServerName(text);
  return { scheme, host: toBytes(host), port };
}

/** Without ServerName a virtual host has the port of its first address, and else that of the main server (`ap_parse_vhost_addrs`). */
function firstPort(directive: Directive, environment: Environment): number | undefined {
  const port = hostAddresses(directive, environment)[0]?.port;
  return typeof port === 'number' ? port : undefined;
}

/** The newest release that this follows. */
const newest = '2.4.71';

/** What all connections share. */
export interface Shared {
  readonly config: Config;
  readonly environment: Environment;
  readonly modules: ReadonlySet<string> | undefined;
  readonly targets: Targets;
  readonly request: TraceRequest;
  readonly files: FileLookup;
}

function hostUnderCondition({ directive }: VirtualHost): string {
  const line = directive ? `on line ${directive.parent.file.positionAt(directive.start).line} ` : '';
  return `The virtual host ${line}stands under a condition; it is taken to hold.`;
}
