/** Follows one request through an nginx config, phase by phase (src/http/ngx_http_core_module.h lists the phases). */
import type { Config } from '../../../syntax/config.ts';
import type { Listener, Model, Route, Scope } from '../../../model/model.ts';
import { headerOf, type Block } from '../../../syntax/tree.ts';
import { newestNginx } from '../facts/index.ts';
import { parseVersion, type Targets, type Version } from '../../../model/versions.ts';
import { toBytes } from '../../../text/bytes.ts';
import type { FileLookup, Outcome, Trace, TraceRequest } from '../../../model/trace.ts';
import { UnknownAnswer } from '../../../model/unknown.ts';
import { runAccessPhase } from './access.ts';
import { runContentPhase, runTryFiles, type Redirection } from './content.ts';
import { httpBlock, userVariables } from './definitions.ts';
import { errorPage, type ErrorPage } from './error-page.ts';
import { selectHost, selectListener } from '../meaning/hosts.ts';
import { findLocation, locationText, namedLocation } from '../meaning/locations.ts';
import { keepCaptures } from './match.ts';
import { absoluteLocation, responseHeaders } from './response.ts';
import { runRewritePhase, type PhaseResult } from './rewrite.ts';
import { parseSize } from '../meaning/size.ts';
import { step, useScope, type Setting, type State } from './state.ts';
import { escapeUri, parseHost, parseRequestTarget, splitArgs } from './uri.ts';
import { variable } from './variables.ts';

const maxUriChanges = 11;

export function traceNginx(
  config: Config,
  model: Model,
  targets: Targets,
  request: TraceRequest,
  files: FileLookup,
): Trace {
  const listener = selectListener(model, undefined, request.port) ?? soleHost(model, request);
  const base = {
    request,
    listener: listener && `${listener.address}:${request.port}`,
    steps: [],
    responseHeaders: [],
    unknowns: [],
  };
  const refused = (reason: string): Trace => ({
    ...base,
    virtualHost: undefined,
    location: undefined,
    outcome: { kind: 'unknown', reason },
  });
  if (!listener) return refused(`No server of this config listens on port ${request.port}.`);
  const hostHeader = request.headers.find(([name]) => name.toLowerCase() === 'host')?.[1];
  const hostName = parseHost(hostHeader ?? '');
  if (hostName === undefined || listener.tls !== (request.scheme === 'https')) {
    const status = 400;
    return { ...refused(''), outcome: { kind: 'response', status, location: undefined, body: undefined } };
  }
  const setting: Setting = {
    config,
    model,
    targets,
    request,
    files,
    listener,
    hostName,
    definitions: userVariables(httpBlock(config)),
    variable,
  };
  return run(setting);
}

/** A fragment below the server level names no address: it is taken to serve the one that is asked. */
function soleHost(model: Model, request: TraceRequest): Listener | undefined {
  const [host] = model.virtualHosts;
  if (!host || model.listeners.length > 0) return undefined;
  const tls = request.scheme === 'https';
  return {
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
}

function run(setting: Setting): Trace {
  const { request } = setting;
  const version: Version = setting.targets.nginx ?? parseVersion(newestNginx)!;
  let state: State | undefined;
  let choice: ReturnType<typeof selectHost> | undefined;
  let outcome: Outcome;
  try {
    choice = selectHost(setting.listener!, setting.hostName);
    state = initialState(setting, choice);
    outcome = serve(state, version);
    if (outcome.kind === 'response') outcome = absoluteLocation(state, outcome);
  } catch (error) {
    if (!(error instanceof UnknownAnswer)) throw error;
    outcome = { kind: 'unknown', reason: error.message };
  }
  return {
    request,
    listener: `${setting.listener!.address}:${request.port}`,
    virtualHost: choice && {
      text: `server ${choice.host.names.map((name) => name.text).join(' ') || '(without server_name)'}`,
      place: choice.name
        ? { file: choice.name.directive.parent.file, ...span(choice.name.word) }
        : place(choice.host.directive),
      reason: choice.reason,
      candidates: choice.candidates,
    },
    location: state?.route && {
      text: locationText(state.route),
      place: headerOf(state.route.directive),
      reason: state.locationReason,
      candidates: state.candidates,
    },
    steps: state?.steps ?? [],
    outcome,
    responseHeaders: state ? responseHeaders(state, outcome) : [],
    unknowns: state?.unknowns ?? [],
  };
}

const span = ({ start, end }: { readonly start: number; readonly end: number }): { start: number; end: number } => ({
  start,
  end,
});

function place(directive: Parameters<typeof headerOf>[0] | undefined): ReturnType<typeof headerOf> | undefined {
  return directive && headerOf(directive);
}

function initialState(setting: Setting, choice: ReturnType<typeof selectHost>): State {
  // The request line is read before the Host header: the default server's setting decides, and it answers what is malformed.
  const { defaultHost } = setting.listener!;
  const [mergeSlashes] = defaultHost.scope.effective('merge_slashes');
  const uri = parseRequestTarget(setting.request.target, mergeSlashes?.args[0]?.value.toLowerCase() !== 'off');
  const host = uri ? choice.host : defaultHost;
  const state: State = {
    // Nor are the headers known where the request line is malformed.
    setting: uri ? setting : { ...setting, hostName: '', request: { ...setting.request, headers: [] } },
    virtualHost: host,
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

/** Where the next round of phases starts. */
type Entry = 'server-rewrite' | 'named-location';

function serve(state: State, version: Version): Outcome {
  if (state.path === '') return { kind: 'response', status: 400, location: undefined, body: undefined };
  let entry: Entry = 'server-rewrite';
  for (;;) {
    const result = runPhases(state, entry, version);
    if (result.kind === 'uri' || result.kind === 'named') {
      const failed = redirectInternally(state, result);
      if (failed) return finish(state, failed);
      entry = result.kind === 'uri' ? 'server-rewrite' : 'named-location';
      continue;
    }
    if (result.kind !== 'status') return sent(state, result);
    const page = errorPage(state, result.status);
    if (!page) return finish(state, result.status);
    const next = follow(state, page);
    if (next.kind === 'done') return finish(state, next.status);
    entry = next.entry;
  }
}

/** A status set by error_page replaces that of the answer. */
function sent(state: State, outcome: Outcome): Outcome {
  const answers = outcome.kind === 'response' || outcome.kind === 'static';
  return answers && state.errorStatus ? { ...outcome, status: state.errorStatus } : outcome;
}

function finish(state: State, status: number): Outcome {
  if (status === 444) return { kind: 'closed' };
  const location = status >= 300 && status < 400 ? state.locationHeader : undefined;
  // nginx's own codes for a bad TLS connection go out as 400.
  return { kind: 'response', status: status >= 494 && status <= 497 ? 400 : status, location, body: undefined };
}

function follow(state: State, page: ErrorPage): { kind: 'done'; status: number } | { kind: 'again'; entry: Entry } {
  if (page.kind === 'location') {
    state.locationHeader = page.url;
    return { kind: 'done', status: page.status };
  }
  const failed = redirectInternally(state, page);
  if (failed) return { kind: 'done', status: failed };
  return { kind: 'again', entry: page.kind === 'uri' ? 'server-rewrite' : 'named-location' };
}

/** Returns a status where nginx refuses. */
function redirectInternally(state: State, to: Extract<Redirection, { kind: 'uri' | 'named' }>): number | undefined {
  state.uriChangesLeft -= 1;
  if (state.uriChangesLeft <= 0) return 500;
  state.internal = true;
  state.candidates = [];
  if (to.kind === 'uri') {
    const keepArgs = 'keepArgs' in to && to.keepArgs === true;
    const { path, args } = keepArgs ? { path: to.uri, args: state.args } : splitArgs(to.uri);
    state.path = path;
    state.args = args;
    state.rawTargetValid = false;
    state.route = undefined;
    state.scope = state.virtualHost.scope;
    return undefined;
  }
  const route = namedLocation(state.virtualHost, to.name);
  if (!route) return 500;
  enter(state, route, 'it is named by an internal redirect');
  return undefined;
}

function enter(state: State, route: Route | undefined, reason: string): void {
  state.route = route;
  state.handlerTaken = false;
  useScope(state, route?.scope ?? state.virtualHost.scope);
  state.locationReason = reason;
  limitExcept(state, route);
}

/** For methods that it does not list, `limit_except` puts its own settings in force. */
function limitExcept(state: State, route: Route | undefined): void {
  const block = state.virtualHost.routes.find(
    (candidate) => candidate.parent === route && candidate.directive.key === 'limit_except',
  );
  if (!block || !route) return;
  const methods = block.directive.args.map((word) => word.value.toUpperCase());
  if (methods.includes('GET')) methods.push('HEAD');
  if (!methods.includes(state.method)) useScope(state, block.scope);
}

type Round = Outcome | Redirection;

function runPhases(state: State, entry: Entry, version: Version): Round {
  if (entry === 'server-rewrite') {
    state.locationValid = true;
    const early = asRound(runRewritePhase(state, blockOf(state.virtualHost.scope)));
    if (early) return early;
    const found = locate(state);
    if (found) return found;
  } else {
    state.locationValid = true;
    state.uriChanged = false;
  }
  const rewritten = rewriteInLocations(state);
  if (rewritten) return rewritten;
  const access = asRound(runAccessPhase(state));
  if (access) return access;
  const tried = runTryFiles(state);
  if (tried) return tried;
  return runContentPhase(state, version);
}

function locate(state: State): Round | undefined {
  state.uriChanged = false;
  const { virtualHost, path } = state;
  const choice = findLocation({ virtualHost, path, onMatch: (match) => keepCaptures(state, match) });
  state.candidates = [...choice.candidates];
  enter(state, choice.route, choice.reason);
  if (!state.internal && isInternal(choice.route)) {
    step(state, 'The location is internal, so a request from outside gets 404.', place(choice.route?.directive));
    return { kind: 'status', status: 404 };
  }
  const limit = state.scope.effective('client_max_body_size').at(-1);
  const bytes = limit ? parseSize(limit.args[0]?.value ?? '') : 1024 * 1024;
  if (bytes && state.setting.request.bodySize > bytes) {
    step(state, 'The body is larger than client_max_body_size.', place(limit));
    return { kind: 'status', status: 413 };
  }
  if (choice.redirect) {
    state.locationHeader = `${escapeUri(toBytes(choice.redirect.match.pattern))}${state.args === '' ? '' : `?${state.args}`}`;
    return { kind: 'status', status: 301 };
  }
  return undefined;
}

function isInternal(route: Route | undefined): boolean {
  for (let at = route; at; at = at.parent) if (at.scope.own('internal').length > 0) return true;
  return false;
}

/** The location's rewrite phase; a changed URI searches its location anew, ten times at most. */
function rewriteInLocations(state: State): Round | undefined {
  for (;;) {
    if (state.route) {
      // The settings of a limit_except in force hold no rewrite directives: those of the location do not run.
      const result = asRound(runRewritePhase(state, blockOf(state.scope)));
      if (result) return result;
    }
    if (!state.uriChanged) return undefined;
    state.uriChangesLeft -= 1;
    if (state.uriChangesLeft <= 0) {
      step(state, 'The URI changed more than ten times; nginx gives up with 500.');
      return { kind: 'status', status: 500 };
    }
    state.scope = state.virtualHost.scope;
    const found = locate(state);
    if (found) return found;
  }
}

function asRound(result: PhaseResult): Round | undefined {
  switch (result.kind) {
    case 'declined':
      return undefined;
    case 'status':
      return result;
    case 'response':
      return { kind: 'response', status: result.status, location: undefined, body: result.body };
  }
}

function blockOf(scope: Scope): Block | undefined {
  return scope.directive?.block;
}
