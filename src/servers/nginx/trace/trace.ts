/** Follows one request through an nginx config, from the connection on. */
import type { Config } from '../../../syntax/config.ts';
import type { Listener, Model } from '../../../model/model.ts';
import { headerOf } from '../../../syntax/tree.ts';
import { newestNginx } from '../facts/index.ts';
import { isBefore, parseVersion, type Targets } from '../../../model/versions.ts';
import type { Chosen, FileLookup, Outcome, Trace, TraceRequest } from '../../../model/trace.ts';
import { UnknownAnswer } from '../../../model/unknown.ts';
import type { HostChoice } from '../meaning/hosts.ts';
import { locationText } from '../meaning/locations.ts';
import { agreement, bracketed, without } from '../../../model/connection.ts';
import { hasUnread } from '../../../model/unread-parts.ts';
import { definedVariables } from './definitions.ts';
import { rejectsHandshake } from './handshake.ts';
import { traceStream } from './stream.ts';
import { reachedListeners, streamListensOn, type Reached } from './listener.ts';
import { serve } from './phases.ts';
import { absoluteLocation, responseHeaders } from './response.ts';
import { maxUriChanges, type Setting, type State } from './state.ts';
import { noteUndecidedHeaders } from './undecided.ts';
import { variable } from './variables.ts';
import { type Head, readHead } from './read-head.ts';

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

/** From this version on, a plain connection to a listener of HTTP/2 may begin with either protocol. */
const detectsPreface = '1.25.1';

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
  if (!overTls && listener.http2 && isBefore(shared.version, detectsPreface))
    return closed('The listener speaks HTTP/2 alone: over plain TCP, nginx takes no HTTP/1.1 for it.');
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
