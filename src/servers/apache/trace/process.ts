/** One request through httpd's hooks: `ap_process_request_internal` (server/request.c), the handlers, and `ap_die`. */
import type { Outcome } from '../../../model/trace.ts';
import { giveUp } from '../../../model/unknown.ts';
import { serveFile } from './files.ts';
import { isKnownStatus } from '../facts/status.ts';
import { handlerAnswer } from './handlers.ts';
import { applyHeaders } from './headers.ts';
import { withoutSocket } from './pass.ts';
import { canonicalize, proxyOutcome } from './proxy.ts';
import { isTooDeep, redirectedRequest } from './requests.ts';
import { refusedBody } from './request-head.ts';
import { settingOf, step, type Request } from './state.ts';
import { noteUndecided, refuseUndecided } from './undecided.ts';
import { schemeOf } from '../../../model/scheme.ts';
import { afterReading, processRequest, traced, mayTrace } from './request-hooks.ts';
import { locationOf, firstFailed, errorDocument, errorText } from './error-pages.ts';

export interface Served {
  readonly outcome: Outcome;
  /** The request that gave the answer. */
  readonly request: Request;
  /** The answer is an error or a redirect that httpd makes itself: only headers set with `always` go with it. */
  readonly isError: boolean;
}

/** Serves a request whose head was read. */
export function serve(request: Request): Served {
  refuseUndecided(request, 'request');
  noteUndecided(request);
  afterReading(request);
  const status = processRequest(request);
  if (status === traced)
    return { outcome: { kind: 'response', status, location: undefined, body: undefined }, request, isError: false };
  if (status !== 0) return die(request, status);
  return handle(request);
}

/** `ap_status_drops_connection`: the body is not read any more. */
const dropsConnection = new Set([400, 408, 411, 413, 414, 500, 501, 503]);

/** Serves the request of the client. A body that is too long is noticed when the answer is sent, whatever it is; a backend's is not. */
export function answer(request: Request): Served {
  const served = serve(request);
  const closes = served.outcome.kind === 'response' && dropsConnection.has(served.outcome.status);
  const refused = served.request.proxied || closes ? undefined : refusedBody(served.request);
  if (refused === undefined) return served;
  const { outcome } = served;
  const hasPage = outcome.kind === 'response' && errorDocument(served.request, outcome.status) !== undefined;
  if (served.request.previous || hasPage)
    giveUp('What a body that is too long does to the page of an error is not traced.');
  return {
    outcome: { kind: 'response', status: refused, location: undefined, body: undefined },
    request: served.request,
    isError: true,
  };
}

/** Answers a request whose head is malformed: no hook ran for it. */
export function refuse(request: Request, status: number): Served {
  return die(request, status);
}

function handle(request: Request): Served {
  if (!request.proxied && request.handler?.startsWith('proxy:')) {
    request.filename = `proxy:${withoutSocket(request, request.handler.slice('proxy:'.length))}${request.filename!}`;
    request.proxied = true;
    noteHandler(request);
    const refused = canonicalize(request);
    if (refused !== undefined) return die(request, refused);
  }
  if (request.proxied) {
    refuseUndecided(request, 'proxy');
    if (request.method === 'TRACE' && !mayTrace(request)) return die(request, 405);
    return answered(request, proxyOutcome(request));
  }
  if (request.handler === 'redirect-handler') return redirectInternally(request);
  const own = handlerAnswer(request);
  if (own !== undefined) return answered(request, own);
  refuseUndecided(request, 'file');
  return answered(request, serveFile(request));
}

function noteHandler(request: Request): void {
  const directive = settingOf(request, 'sethandler');
  step(request, 'The handler sends the request to a backend, with the file name as path.', directive);
}

const asScript: ReadonlySet<string> = new Set(['fcgi', 'scgi']);

function answered(request: Request, result: Outcome | number): Served {
  if (typeof result === 'number') return die(request, result);
  const { status } = request;
  // The headers of the backend take the place of those set early, unless they are read as those of a script.
  if (result.kind === 'proxy' && !asScript.has(result.protocol)) request.headersOut.clear();
  applyHeaders(request, 'always', false);
  applyHeaders(request, 'onsuccess', false);
  const malformed = refuseHeaders(request);
  if (malformed) return malformed;
  // The page of an error goes out with the status of the error.
  const outcome: Outcome =
    result.kind === 'static' && status !== 200 && result.found === 'file'
      ? { kind: 'response', status, location: locationOf(request, status), body: undefined }
      : result;
  return { outcome, request, isError: false };
}

function redirectInternally(request: Request): Served {
  if (isTooDeep(request)) {
    step(request, 'After ten internal redirects httpd gives up with 500.');
    return die(request, 500);
  }
  const query = request.args === undefined ? '' : `?${request.args}`;
  step(request, `The request starts anew with the path ${request.filename}${query}.`);
  return serve(redirectedRequest(request, `${request.filename}${query}`, request.method));
}

/** `ap_die`: an ErrorDocument takes the answer over, unless it is what failed. */
function die(request: Request, status: number): Served {
  // The first request starts afresh; the ones after it carry the status of what led to them.
  const before = request.previous ? request.status : 200;
  request.status = status;
  if (before !== 200) {
    const first = firstFailed(request);
    return plainError(first, first.status, locationOf(first, first.status));
  }
  const page = errorDocument(request, status);
  if (!page) return plainError(request, status, locationOf(request, status));
  if (schemeOf(page.target) !== undefined) {
    step(request, `The error ${status} leads to ${page.target}.`, page.directive);
    return plainError(request, 302, page.target);
  }
  step(request, `The error ${status} is answered by the page ${page.target}.`, page.directive);
  if (isTooDeep(request)) return die(request, 500);
  return serve(redirectedRequest(request, page.target, 'GET'));
}

/** `check_headers`: a response header with a control character makes the answer 500, once. */
function refuseHeaders(request: Request, location?: string): Served | undefined {
  const all = [
    ...(location === undefined ? [] : [{ name: 'Location', value: location }]),
    ...request.errHeadersOut.entries,
    ...request.headersOut.entries,
  ];
  const bad = all.find(({ value }) => value !== undefined && /[\x00-\x08\n-\x1f\x7f]/.test(value));
  if (!bad) return undefined;
  step(request, `The response header "${bad.name}" holds a control character; httpd answers 500.`);
  request.errHeadersOut.clear();
  request.headersOut.clear();
  if (!request.notes.has('bad-headers')) {
    request.notes.add('bad-headers');
    return die(request, 500);
  }
  return { outcome: { kind: 'response', status: 500, location: undefined, body: undefined }, request, isError: true };
}

function plainError(request: Request, status: number, location: string | undefined): Served {
  applyHeaders(request, 'always', false);
  const malformed = refuseHeaders(request, location);
  if (malformed) return malformed;
  // One that has no words of its own goes out as an internal error.
  const sent = isKnownStatus(status) ? status : 500;
  const body = request.method === 'HEAD' ? undefined : errorText(request, status);
  return { outcome: { kind: 'response', status: sent, location, body }, request, isError: true };
}
