/** Follows one request through an nginx config, from the connection on. */
import { headerValue } from '../../../model/headers.ts';
import type { Config } from '../../../syntax/config.ts';
import type { Listener, Model, VirtualHost } from '../../../model/model.ts';
import { headerOf } from '../../../syntax/tree.ts';
import { newestNginx } from '../facts/index.ts';
import { parseVersion, type Targets } from '../../../model/versions.ts';
import type { Chosen, FileLookup, Outcome, Trace, TraceRequest } from '../../../model/trace.ts';
import { giveUp, UnknownAnswer } from '../../../model/unknown.ts';
import { directivesByKey } from '../../../syntax/walk.ts';
import { selectHost, type HostChoice } from '../meaning/hosts.ts';
import { locationText } from '../meaning/locations.ts';
import { agreement, bracketed, without } from '../../../model/connection.ts';
import { hasUnread } from '../../../model/unread-parts.ts';
import { definedVariables } from './definitions.ts';
import { rejectsHandshake, refusedOverTls, serverOfHandshake } from './handshake.ts';
import { traceStream } from './stream.ts';
import { reachedListeners, streamListensOn, type Reached } from './listener.ts';
import { serve } from './phases.ts';
import { keptHeaders, parseHost, refusedHeaders, refusedLine } from './request-head.ts';
import { absoluteLocation, responseHeaders } from './response.ts';
import { maxUriChanges, type Setting, type State } from './state.ts';
import { noteUndecidedHeaders } from './undecided.ts';
import { parseRequestTarget, type ParsedUri } from './uri.ts';
import { variable } from './variables.ts';
import { isOff } from '../meaning/settings.ts';

export function traceNginx(
  config: Config,
  model: Model,
  targets: Targets,
  request: TraceRequest,
  files: FileLookup,
): Trace {
  const shared = {
    config,
    model,
    version: targets.nginx ?? parseVersion(newestNginx)!,
    files,
    ...definedVariables(config),
    variable,
    serve,
  };
  let reached: readonly Reached[];
  try {
    reached = soleHost(model, request) ?? reachedListeners(model, request);
  } catch (error) {
    if (!(error instanceof UnknownAnswer)) throw error;
    return without(request, { kind: 'unknown', reason: error.message });
  }
  const met = reached.filter(({ listener }) => listener);
  // A client goes on to the next address where one refuses.
  return agreement((met.length > 0 ? met : reached).map((each) => traceConnection(shared, request, each)));
}

type Shared = Omit<Setting, 'request' | 'listener' | 'address' | 'hostName'>;

/** A fragment below the server level names no address: it is taken to serve the one that is asked. */
function soleHost(model: Model, request: TraceRequest): readonly Reached[] | undefined {
  const [host] = model.virtualHosts;
  if (!host || model.listeners.length > 0) return undefined;
  const tls = request.scheme === 'https';
  const listener: Listener = {
    address: '*',
    port: request.port,
    tls,
    http2: false,
    http3: false,
    proxyProtocol: false,
    virtualHosts: model.virtualHosts,
    defaultHost: host,
    explicitDefault: undefined,
    directives: [],
  };
  return [{ listener, address: undefined }];
}

function traceConnection(shared: Shared, request: TraceRequest, { listener, address }: Reached): Trace {
  if (!listener) return nobodyListens(shared, request, address);
  const name = `${listener.address}:${request.port}`;
  const closed = (text: string): Trace =>
    without(request, { kind: 'closed' }, { listener: name, steps: [{ text, place: undefined }] });
  if (listener.proxyProtocol && !request.proxyHeader)
    return closed('The listener expects a PROXY line, which a client does not send: nginx closes the connection.');
  if (request.proxyHeader && !listener.proxyProtocol) return without(request, ...strayHeader(request, name));
  const overTls = request.scheme === 'https';
  if (overTls && !listener.tls) return closed('The listener speaks no TLS: the handshake fails.');
  const setting = { ...shared, request, listener, address, hostName: '' };
  try {
    if (overTls && rejectsHandshake(listener, request, shared.version))
      return closed('ssl_reject_handshake ends the connection in the handshake.');
    return run(setting, name);
  } catch (error) {
    if (!(error instanceof UnknownAnswer)) throw error;
    return without(request, { kind: 'unknown', reason: error.message }, { listener: name });
  }
}

/** What no listener expects is taken for the beginning of a request. */
function strayHeader({ scheme }: TraceRequest, listener: string): readonly [Outcome, Partial<Trace>] {
  const text = 'The listener expects no PROXY header and takes it for a malformed request.';
  const more = { listener, steps: [{ text, place: undefined }] };
  // Whoever begins a handshake cannot read that.
  if (scheme === 'https') return [{ kind: 'closed' }, more];
  return [{ kind: 'response', status: 400, location: undefined, body: undefined }, more];
}

/** A part of a config, or a stream server, may say otherwise. */
function nobodyListens({ config, model }: Shared, request: TraceRequest, address: string | undefined): Trace {
  const streamed = traceStream(config, request);
  if (streamed) return streamed;
  const where = address === undefined ? `port ${request.port}` : `${bracketed(address)}:${request.port}`;
  const text = `No server of this config listens on ${where}.`;
  if (streamListensOn(config, request.port))
    return without(request, { kind: 'unknown', reason: `A server of "stream" listens on port ${request.port}.` });
  if (model.listeners.length === 0 || hasUnread(config)) return without(request, { kind: 'unknown', reason: text });
  const unknowns = config.complete ? [] : ['Only a part of the config was read; another part may listen there.'];
  return without(request, { kind: 'refused' }, { steps: [{ text, place: undefined }], unknowns });
}

/** What is known of a request when its head was read. */
interface Head {
  readonly choice: HostChoice;
  readonly setting: Setting;
  readonly uri: ParsedUri | undefined;
  /** Whose settings hold. */
  readonly host: VirtualHost;
  readonly refused: number | undefined;
}

/** The settings of the server that the handshake named, or else of the first one, hold until the Host header was read. */
function readHead(setting: Setting): Head {
  const { request, version } = setting;
  const listener = setting.listener!;
  const handshake = serverOfHandshake(listener, request, version);
  const first = handshake?.host ?? listener.defaultHost;
  const mergeSlashes = !isOff(first.scope, 'merge_slashes');
  const uri = parseRequestTarget(request.target, mergeSlashes);
  const hostHeader = headerValue(request.headers, 'host');
  const tunnels = ['tunnel_pass', 'proxy_connect'].some((key) => directivesByKey(setting.config.file.root).has(key));
  if (request.method === 'CONNECT' && tunnels) giveUp('Where CONNECT leads is not traced.');
  const badLine = refusedLine(request, first.scope, version) ?? (uri ? undefined : 400);
  // Nor are the headers known where the request line is malformed.
  const malformed = { ...setting, request: { ...request, target: '', headers: [] } };
  if (badLine !== undefined) return { ...byMalformed(first), setting: malformed, uri, refused: badLine };
  const hostName = parseHost(hostHeader ?? '', version);
  if (hostName === undefined) {
    // What follows a Host header that is refused is not read.
    const upToHost = request.headers.slice(0, 1 + request.headers.findIndex(([name]) => name.toLowerCase() === 'host'));
    const headers = keptHeaders({ ...request, headers: upToHost }, first.scope, first.scope);
    return { ...byMalformed(first), setting: { ...setting, request: { ...request, headers } }, uri, refused: 400 };
  }
  const choice = selectHost(listener, hostName);
  const misdirected = handshake !== undefined && handshake.name !== hostName && verifies(choice.host);
  const host = misdirected ? first : choice.host;
  const known: Setting = {
    ...setting,
    hostName,
    request: { ...request, headers: keptHeaders(request, first.scope, host.scope) },
  };
  const refused = misdirected
    ? 421
    : (refusedHeaders(request, host.scope, version) ?? refusedOverTls(listener, request, host));
  return { choice: { ...choice, host }, setting: known, uri, host, refused };
}

function verifies({ scope }: VirtualHost): boolean {
  return scope.effective('ssl_verify_client').some((directive) => !isOff(directive));
}

function byMalformed(host: VirtualHost): Pick<Head, 'choice' | 'host'> {
  const reason = 'the request is malformed, so that its host is not asked for';
  return { choice: { host, name: undefined, reason, captures: undefined, candidates: [] }, host };
}

function run(setting: Setting, listener: string): Trace {
  const head = readHead(setting);
  const { choice } = head;
  const state = initialState(head);
  let outcome: Outcome;
  try {
    outcome = serve(state, head.refused);
    if (outcome.kind === 'response') outcome = absoluteLocation(state, outcome);
    noteUndecidedHeaders(state);
  } catch (error) {
    if (!(error instanceof UnknownAnswer)) throw error;
    outcome = { kind: 'unknown', reason: error.message };
  }
  return {
    request: setting.request,
    listener,
    virtualHost: chosenHost(choice),
    location: state.route && {
      text: locationText(state.route),
      place: headerOf(state.route.directive),
      reason: state.locationReason,
      candidates: state.candidates,
    },
    steps: state.steps,
    outcome,
    responseHeaders: responseHeaders(state, outcome),
    unknowns: [...new Set(state.unknowns)],
  };
}

function chosenHost({ host, name, reason, candidates }: HostChoice): Chosen {
  const own = host.directive && headerOf(host.directive);
  return {
    text: `server ${host.names.map(({ text }) => text).join(' ') || '(without server_name)'}`,
    place: name ? { file: name.directive.parent.file, start: name.word.start, end: name.word.end } : own,
    reason,
    candidates,
  };
}

function initialState({ setting, choice, uri, host }: Head): State {
  const state: State = {
    setting,
    virtualHost: host,
    client: setting.request.from,
    realIpApplied: false,
    isSubrequest: false,
    bodyDiscarded: false,
    method: setting.request.method,
    path: uri?.path ?? '',
    args: uri?.args ?? '',
    rawTargetValid: true,
    quoted: uri?.quoted ?? false,
    plus: uri?.plus ?? false,
    internal: false,
    locationValid: true,
    uriChanged: false,
    uriChangesLeft: maxUriChanges,
    route: undefined,
    scope: host.scope,
    handlerTaken: false,
    captures: choice.captures ? choice.captures.map((capture) => capture ?? '') : [],
    variables: new Map(),
    variableDepth: 0,
    errorStatus: undefined,
    errorPageUsed: false,
    locationHeader: undefined,
    steps: [],
    candidates: [],
    locationReason: '',
    unknowns: [],
  };
  for (const [name, value] of Object.entries(choice.captures?.groups ?? {}))
    state.variables.set(name.toLowerCase(), value ?? '');
  return state;
}
