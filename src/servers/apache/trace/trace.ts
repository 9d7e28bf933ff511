/** Follows one request through an httpd config, from the connection on. */
import { headerValues } from '../../../model/headers.ts';
import type { Config } from '../../../syntax/config.ts';
import { Environment } from '../meaning/environment.ts';
import { headerOf, placeIn } from '../../../syntax/tree.ts';
import type { Targets } from '../../../model/versions.ts';
import type { FileLookup, Outcome, Trace, TracedHeader, TraceRequest } from '../../../model/trace.ts';
import { giveUp, UnknownAnswer } from '../../../model/unknown.ts';
import { agreement, without } from '../../../model/connection.ts';
import { hasUnread } from '../../../model/unread-parts.ts';
import { failsHandshake, refusedByTls, speaksTls } from './handshake.ts';
import { hostText, parseHost, selectHost, type HostChoice } from '../meaning/hosts.ts';
import { loadedModules } from './modules.ts';
import { answer, refuse, type Served } from './process.ts';
import { refusedFields, refusedHead } from './request-head.ts';
import { firstRequest } from './requests.ts';
import { readSockets, reachedSets, type HostSet, type Sockets } from './sockets.ts';
import type { Setting } from './state.ts';
import { isOn } from '../meaning/settings.ts';
import { readSetting, type Shared } from './read-setting.ts';

export function traceApache(config: Config, targets: Targets, request: TraceRequest, files: FileLookup): Trace {
  const { sockets, ...read } = readConfig(config, targets);
  const shared = { config, ...read, targets, request, files };
  try {
    const sets = reachedSets(sockets, request).filter((set) => set !== undefined);
    // A client goes on to the next address where one refuses.
    if (sets.length === 0) return nobodyListens(shared, sockets.listens !== undefined);
    return agreement(sets.map((set) => traceConnection(shared, set)));
  } catch (error) {
    if (!(error instanceof UnknownAnswer)) throw error;
    return without(request, { kind: 'unknown', reason: error.message });
  }
}

/** What is read of a config once for all requests. */
interface ReadConfig extends Pick<Shared, 'environment' | 'modules'> {
  readonly sockets: Sockets;
}

const readConfigs = new WeakMap<Config, { readonly targets: Targets; readonly read: ReadConfig }>();

function readConfig(config: Config, targets: Targets): ReadConfig {
  const known = readConfigs.get(config);
  if (known?.targets === targets) return known.read;
  const modules = loadedModules(config);
  const environment = new Environment(config, targets, modules);
  const read = { modules, environment, sockets: readSockets(config, environment) };
  readConfigs.set(config, { targets, read });
  return read;
}

function nobodyListens({ config, request }: Shared, hasListens: boolean): Trace {
  const text = `No ${hasListens ? 'Listen' : 'virtual host'} of this config is for this address and port ${request.port}.`;
  if (!hasListens || hasUnread(config)) return without(request, { kind: 'unknown', reason: text });
  const unknowns = config.complete ? [] : ['Only a part of the config was read; another part may listen there.'];
  return without(request, { kind: 'refused' }, { steps: [{ text, place: undefined }], unknowns });
}

function traceConnection(shared: Shared, set: HostSet): Trace {
  const { request } = shared;
  const closed = (text: string): Trace =>
    without(request, { kind: 'closed' }, { listener: set.name, steps: [{ text, place: undefined }] });
  try {
    const overTls = request.scheme === 'https';
    const expects = expectsProxyLine(set);
    if (expects && !request.proxyHeader)
      return closed('RemoteIPProxyProtocol expects a PROXY line, which a client does not send.');
    const tls = speaksTls(set, shared);
    if (request.proxyHeader && !expects) return strayHeader(request, set.name, tls);
    if (overTls && !tls) return closed('The virtual host speaks no TLS: the handshake fails.');
    if (tls && failsHandshake(shared, set))
      return closed('The TLS handshake fails: it is none, or SSLVerifyClient asks for a certificate of the client.');
    return traceHead(shared, set, tls);
  } catch (error) {
    if (!(error instanceof UnknownAnswer)) throw error;
    return without(request, { kind: 'unknown', reason: error.message }, { listener: set.name });
  }
}

function expectsProxyLine({ base: { scope } }: HostSet): boolean {
  const expects = isOn(scope, 'remoteipproxyprotocol');
  if (expects && scope.effective('remoteipproxyprotocolexceptions').length > 0)
    giveUp('Which clients RemoteIPProxyProtocolExceptions means is not traced.');
  return expects;
}

/** What no listener expects is taken for the beginning of a request. */
function strayHeader(request: TraceRequest, listener: string, tls: boolean): Trace {
  const text = `Nothing expects a PROXY header here: httpd takes it for a malformed ${tls ? 'handshake' : 'request'}.`;
  const outcome: Outcome =
    // Whoever begins a handshake cannot read the answer.
    tls || request.scheme === 'https'
      ? { kind: 'closed' }
      : { kind: 'response', status: 400, location: undefined, body: undefined };
  return without(request, outcome, { listener, steps: [{ text, place: undefined }] });
}

function traceHead(shared: Shared, set: HostSet, tls: boolean): Trace {
  const { request } = shared;
  const hosts = headerValues(request.headers, 'host');
  const [hostHeader] = hosts;
  const host = hostHeader === undefined ? undefined : parseHost(hostHeader);
  const first: HostChoice = { host: set.base, name: undefined, reason: 'the request is malformed', candidates: [] };
  const early = refusedHead(readSetting(shared, set, set.base));
  const isMalformed = !host || hosts.length > 1 || !isRequestTarget(request.target) || request.method === 'CONNECT';
  // A request that cannot be read is answered by the first virtual host.
  if (early !== undefined || isMalformed)
    return run(readSetting(shared, set, set.base), first, set, host, early ?? 400);
  const choice = selectHost(set, host.name);
  const refused = (tls ? refusedByTls(shared, set, choice.host) : undefined) ?? refusedFields(request);
  return run(readSetting(shared, set, choice.host), choice, set, host, refused);
}

/** Characters that the request line may hold (HttpProtocolOptions Strict). */
function isRequestTarget(target: string): boolean {
  return !/[\x00-\x20\x7f#]/.test(target);
}

function run(
  setting: Setting,
  choice: HostChoice,
  set: HostSet,
  host: { readonly name: string; readonly port: number | undefined } | undefined,
  early: number | undefined,
): Trace {
  let served: Served | undefined;
  let outcome: Outcome;
  try {
    const first = firstRequest(setting, host ?? { name: '', port: undefined });
    served = early === undefined ? answer(first) : refuse(first, early);
    ({ outcome } = served);
  } catch (error) {
    if (!(error instanceof UnknownAnswer)) throw error;
    outcome = { kind: 'unknown', reason: error.message };
  }
  const { directive } = choice.host;
  // The name of the main server has its place there.
  const named = choice.name?.inherited ? undefined : choice.name;
  return {
    request: setting.request,
    listener: set.name,
    virtualHost: {
      text: hostText(choice.host),
      place: named ? placeIn(named.directive, named.word) : directive && headerOf(directive),
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
