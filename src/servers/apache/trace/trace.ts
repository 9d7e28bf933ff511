/** Follows one request through an httpd config, hook by hook. */
import type { Config } from '../../../syntax/config.ts';
import { Environment } from '../meaning/environment.ts';
import { ApacheScope } from '../meaning/scope.ts';
import { sectionsOf } from '../meaning/sections.ts';
import { HostDraft } from '../model/virtual-hosts.ts';
import { unknown, type Listener, type Model, type VirtualHost } from '../../../model/model.ts';
import { headerOf, placeIn } from '../../../syntax/tree.ts';
import { parseVersion, type Targets } from '../../../model/versions.ts';
import { toBytes } from '../../../text/bytes.ts';
import type { FileLookup, Outcome, Trace, TracedHeader, TraceRequest } from '../../../model/trace.ts';
import { UnknownAnswer } from '../../../model/unknown.ts';
import { hostText, parseHost, selectHost, selectListener, type HostChoice } from './hosts.ts';
import { refuse, serve, type Served } from './process.ts';
import { firstRequest } from './requests.ts';
import { levelsOf, type Setting } from './state.ts';

/** The newest release that this follows. */
const newest = '2.4.71';

export function traceApache(
  config: Config,
  model: Model,
  targets: Targets,
  request: TraceRequest,
  files: FileLookup,
): Trace {
  const listener = selectListener(model, request.port) ?? soleHost(model, request);
  const base = {
    request,
    listener: listener && `${listener.address}:${request.port}`,
    virtualHost: undefined,
    location: undefined,
    steps: [],
    responseHeaders: [],
    unknowns: [],
  };
  if (!listener) {
    const reason = `No virtual host of this config listens on port ${request.port}.`;
    return { ...base, outcome: { kind: 'unknown', reason } };
  }
  const hostHeader = request.headers.find(([name]) => name.toLowerCase() === 'host')?.[1];
  const host = hostHeader === undefined ? undefined : parseHost(hostHeader);
  const refusal = { kind: 'response', status: 400, location: undefined, body: undefined } as const;
  if (listener.tls !== (request.scheme === 'https')) return { ...base, outcome: refusal };
  let choice: HostChoice;
  try {
    choice = host && isRequestTarget(request.target) ? selectHost(listener, host.name) : malformed(listener);
  } catch (error) {
    if (!(error instanceof UnknownAnswer)) throw error;
    return { ...base, outcome: { kind: 'unknown', reason: error.message } };
  }
  return run(readSetting(config, targets, request, files, choice.host), choice, listener, host);
}

/** A request that cannot be read is answered by the first virtual host. */
function malformed(listener: Listener): HostChoice {
  return { host: listener.defaultHost, name: undefined, reason: 'the request is malformed', candidates: [] };
}

/** Characters that the request line may hold (HttpProtocolOptions Strict). */
function isRequestTarget(target: string): boolean {
  return !/[\x00-\x20\x7f#]/.test(target);
}

/** A config without ports, a piece of one, is taken to serve the one that is asked. */
function soleHost(model: Model, request: TraceRequest): Listener | undefined {
  const [host] = model.virtualHosts;
  if (!host || model.listeners.length > 0) return undefined;
  return {
    address: '*',
    port: request.port,
    tls: request.scheme === 'https',
    http2: false,
    http3: false,
    proxyProtocol: false,
    virtualHosts: model.virtualHosts,
    defaultHost: host,
    explicitDefault: undefined,
    directives: [],
  };
}

function readSetting(
  config: Config,
  targets: Targets,
  request: TraceRequest,
  files: FileLookup,
  host: VirtualHost,
): Setting {
  const environment = new Environment(config, targets);
  const { scope } = host;
  if (!(scope instanceof ApacheScope)) throw new TypeError('not a virtual host of httpd');
  const name = scope.own('servername').at(-1)?.args[0];
  const written = name && environment.text(name);
  const parts =
    typeof written === 'string' ? /^(?:[a-z][a-z0-9+.-]*:\/\/)?(.*?)(?::(\d+))?$/is.exec(written) : undefined;
  const outer = scope.outer?.own('servername').at(-1)?.args[0];
  const outerName = outer && environment.text(outer);
  const inherits = !name && host.listeners.some(({ address }) => address === '*');
  return {
    config,
    environment,
    version: targets.apache ?? parseVersion(newest)!,
    request,
    files,
    host,
    base: scope,
    sections: levelsOf(scope).flatMap(({ level }) => sectionsOf(level, environment)),
    serverHostname: parts
      ? toBytes(parts[1]!)
      : inherits && typeof outerName === 'string'
        ? toBytes(outerName.replace(/:\d+$/, ''))
        : undefined,
    serverPort: name ? Number(parts?.[2] ?? 0) : request.port,
    steps: [],
    unknowns: new Set(host instanceof HostDraft && !host.certain ? [hostUnderCondition(host)] : []),
    lookups: 0,
    chosen: undefined,
    applied: new Set(),
    section: undefined,
  };
}

function hostUnderCondition({ directive }: VirtualHost): string {
  const line = directive ? `on line ${directive.parent.file.positionAt(directive.start).line} ` : '';
  return `The virtual host ${line}stands under a condition; it is taken to hold.`;
}

function run(
  setting: Setting,
  choice: HostChoice,
  listener: Listener,
  host: { readonly name: string; readonly port: number | undefined } | undefined,
): Trace {
  let served: Served | undefined;
  let outcome: Outcome;
  try {
    const first = firstRequest(setting, host ?? { name: '', port: undefined });
    served = host && isRequestTarget(setting.request.target) ? serve(first) : refuse(first, 400);
    ({ outcome } = served);
  } catch (error) {
    if (!(error instanceof UnknownAnswer)) throw error;
    outcome = { kind: 'unknown', reason: error.message };
  }
  const { directive } = choice.host;
  return {
    request: setting.request,
    listener: `${listener.address}:${listener.port === unknown ? '*' : listener.port}`,
    virtualHost: {
      text: hostText(choice.host),
      place: choice.name ? placeIn(choice.name.directive, choice.name.word) : directive && headerOf(directive),
      reason: choice.reason,
      candidates: choice.candidates,
    },
    location: setting.chosen ?? setting.section,
    steps: setting.steps,
    outcome,
    responseHeaders: served ? configuredHeaders(served) : [],
    unknowns: [...setting.unknowns],
  };
}

/** Headers that directives put into the response. */
function configuredHeaders({ request, isError }: Served): TracedHeader[] {
  const all = [...request.errHeadersOut.entries, ...(isError ? [] : request.headersOut.entries)];
  return all.filter(({ origin }) => typeof origin !== 'string');
}
