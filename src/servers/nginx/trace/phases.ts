/** The phases of one request, internal redirects and error pages (src/http/ngx_http_core_module.h lists the phases). */
import { toBytes } from '../../../text/bytes.ts';
import type { Route, Scope } from '../../../model/model.ts';
import { findLocation } from '../meaning/locations.ts';
import { limitExceptOf, namedLocation } from '../meaning/route-index.ts';
import { bytesOf } from '../meaning/settings.ts';
import type { Place } from '../../../text/source.ts';
import { headerOf, type Block, type Directive } from '../../../syntax/tree.ts';
import type { Outcome } from '../../../model/trace.ts';
import { runAccessPhase } from './access.ts';
import { runContentPhase, runTryFiles, type Redirection } from './content.ts';
import { errorPage, type ErrorPage } from './error-page.ts';
import { keepCaptures } from './match.ts';
import { contentHandler } from './proxy-variables.ts';
import { applyRealIp } from './real-ip.ts';
import { announcedBody } from './request-head.ts';
import { runRewritePhase, type PhaseResult } from './rewrite.ts';
import { step, useScope, type State } from './state.ts';
import { refuseUndecided } from './undecided.ts';
import { escapeUri, splitArgs } from './uri.ts';

function place(directive: Directive | undefined): Place | undefined {
  return directive && headerOf(directive);
}

/** Where the next round of phases starts. */
type Entry = 'server-rewrite' | 'named-location';

/** `early`: the status of a request that is refused before its phases run. Throws `UnknownAnswer`. */
export function serve(state: State, early?: number): Outcome {
  let entry: Entry = 'server-rewrite';
  let refused = early;
  for (;;) {
    const result: Round = refused === undefined ? runPhases(state, entry) : { kind: 'status', status: refused };
    refused = undefined;
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
  const block = route && limitExceptOf(state.virtualHost, route);
  if (!block) return;
  const methods = block.directive.args.map((word) => word.value.toUpperCase());
  if (methods.includes('GET')) methods.push('HEAD');
  if (!methods.includes(state.method)) useScope(state, block.scope);
}

type Round = Outcome | Redirection;

function runPhases(state: State, entry: Entry): Round {
  if (entry === 'server-rewrite') {
    state.locationValid = true;
    refuseUndecided(state, 'request');
    applyRealIp(state);
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
  refuseUndecided(state, 'request');
  applyRealIp(state);
  const access = checkAccess(state);
  if (access) return access;
  const tried = runTryFiles(state);
  if (tried) return tried;
  const late = refusedBody(state);
  return late ?? runContentPhase(state);
}

/** Of subrequests access is not checked. */
function checkAccess(state: State): Round | undefined {
  if (state.isSubrequest) return undefined;
  refuseUndecided(state, 'access');
  return asRound(runAccessPhase(state));
}

/** A body in chunks is measured while it is read, which a backend asks for. */
function refusedBody(state: State): Round | undefined {
  if (announcedBody(state.setting.request) !== undefined || state.isSubrequest) return undefined;
  const bytes = bodyLimit(state);
  if (!bytes || state.setting.request.bodySize <= bytes) return undefined;
  return contentHandler(state)?.key.endsWith('_pass') ? { kind: 'status', status: 413 } : undefined;
}

/** Bytes; 0: no limit. */
function bodyLimit(state: State): number {
  const limit = state.scope.effective('client_max_body_size').at(-1);
  return limit ? (bytesOf(limit) ?? 0) : 1024 * 1024;
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
  const bytes = bodyLimit(state);
  if (bytes && !state.bodyDiscarded && (announcedBody(state.setting.request) ?? 0) > bytes) {
    step(
      state,
      'The body is larger than client_max_body_size.',
      place(state.scope.effective('client_max_body_size').at(-1)),
    );
    state.bodyDiscarded = true;
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
      step(state, 'The URI changed more than ten times; nginx gives up with 500.', undefined, 'give-up');
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
