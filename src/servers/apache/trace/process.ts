/** One request through httpd's hooks: `ap_process_request_internal` (server/request.c), the handlers, and `ap_die`. */
import type { Directive } from '../../../syntax/tree.ts';
import type { Outcome } from '../../../model/trace.ts';
import { giveUp } from '../../../model/unknown.ts';
import { checkAccess } from './access.ts';
import { translateAlias } from './alias.ts';
import { fixupEnvironment, setEnvironmentIf } from './environment.ts';
import { fixupDirectory, serveFile, translateToFile, walkToFile } from './files.ts';
import { applyHeaders } from './headers.ts';
import { encodedSlashes } from './options.ts';
import { translateProxy, withoutSocket } from './pass.ts';
import { canonicalize, proxyOutcome } from './proxy.ts';
import { fixupRedirect } from './redirect.ts';
import { isRedirection, isTooDeep, redirectedRequest, subRequest } from './requests.ts';
import { fixupByRules, translateByRules } from './rewrite-hooks.ts';
import { walkLocations, walkProxy } from './sections.ts';
import { applyRemoteIp } from './remote-ip.ts';
import { refusedBody } from './request-head.ts';
import { levelsOf, isOn, settingOf, step, taken, textOf, valueOf, type Request } from './state.ts';
import { noteUndecided, refuseUndecided } from './undecided.ts';
import { normalizePath, unescapePath } from './uri.ts';
import { schemeOf } from '../../../model/url.ts';
import { readFlag } from '../meaning/settings.ts';

/** Lookups in lookups may be many, ten levels deep. */
const maximalLookups = 1000;

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

/** The hooks that run when the head of a request was read, and again on internal redirects. */
function afterReading(request: Request): void {
  const isRemoteIpFirst = loadsRemoteIpFirst(request);
  if (!request.previous && isRemoteIpFirst) applyRemoteIp(request);
  for (const table of ['request', 'always', 'onsuccess'] as const) applyHeaders(request, table, true);
  if (!request.previous && !isRemoteIpFirst) applyRemoteIp(request);
  setEnvironmentIf(request, levelsOf(request.setting.base));
}

/** Hooks of the same order run as their modules are loaded; distributions load mod_headers first. */
function loadsRemoteIpFirst({ setting: { modules } }: Request): boolean {
  const order = [...(modules ?? [])];
  return (
    order.includes('headers') && order.includes('remoteip') && order.indexOf('remoteip') < order.indexOf('headers')
  );
}

/** 0, or the status of the answer. */
function processRequest(request: Request): number {
  const early = decodePath(request);
  if (early !== 0) return early;
  walkLocations(request);
  const translated = translate(request);
  if (translated !== 0) return translated;
  request.scope = request.setting.base;
  if (request.proxied) walkProxy(request);
  else walkToFile(request);
  walkLocations(request);
  refuseUndecided(request, 'request');
  if (request.method === 'TRACE' && !request.proxied) return mayTrace(request) ? traced : 405;
  if (!request.main) setEnvironmentIf(request, levelsOf(request.scope).slice(levelsOf(request.setting.base).length));
  if (!skipsAccess(request)) refuseUndecided(request, 'access');
  const refused = skipsAccess(request) ? undefined : checkAccess(request);
  if (refused !== undefined) return refused;
  return fixup(request);
}

/** Where the very same sections apply as to the request before, refused or not, access is not checked again. */
function skipsAccess(request: Request): boolean {
  const before = request.previous ?? request.main;
  if (!before) return false;
  const [old, now] = [before, request].map(({ scope }) => levelsOf(scope).map(({ directive }) => directive));
  // What `<Proxy>` sets is merged anew for each request.
  if (now!.some((directive) => directive?.key.startsWith('proxy'))) return false;
  const isSame = old!.length === now!.length && old!.every((directive, index) => directive === now![index]);
  if (isSame && !request.main)
    step(request, 'The sections are those of the request before, so access is not checked again.');
  return isSame;
}

function decodePath(request: Request): number {
  const mergeSlashes = isOn(request, 'mergeslashes', true);
  const normal = normalizePath(request.uri, { mergeSlashes, decode: true });
  if (normal === undefined) return 400;
  request.uri = normal;
  const slashes = encodedSlashes(request);
  const path = unescapePath(request.uri, slashes);
  if (typeof path === 'number') {
    step(
      request,
      path === 404
        ? 'The path holds an encoded slash or NUL, which httpd answers with 404.'
        : 'The path holds a broken escape.',
    );
    return path;
  }
  request.uri = slashes === 'decode' ? (normalizePath(path, { mergeSlashes, decode: false }) ?? path) : path;
  return 0;
}

/** `ap_run_translate_name`: the first that maps the path ends it. */
function translate(request: Request): number {
  for (const hook of [translateByRules, translateProxy, translateAlias]) {
    const result = hook(request);
    if (result === 'ok') return 0;
    if (result !== 'declined') return result;
  }
  return translateToFile(request) ?? 0;
}

/** The status of an answer to TRACE, which access does not concern. */
const traced = 200;

function mayTrace(request: Request): boolean {
  return readFlag([valueOf(request, 'traceenable') ?? 'on']) !== false;
}

/** WebDAV takes its methods, also from a backend. */
function refuseDav(request: Request): void {
  const dav = valueOf(request, 'dav') ?? 'off';
  if (dav !== 'off' && !['GET', 'HEAD', 'POST'].includes(request.method))
    giveUp(`What WebDAV answers to ${request.method} depends on the files.`);
}

/** `ap_run_fixups`, in the order of the hooks. */
function fixup(request: Request): number {
  refuseDav(request);
  const handler = settingOf(request, 'sethandler');
  const name = handler && textOf(request.setting, handler.args[0]);
  if (name?.includes('%{')) giveUp('A handler named by an expression is not traced.');
  if (name !== undefined && name.toLowerCase() !== 'none') request.handler = name;
  const rewritten = fixupByRules(request);
  if (typeof rewritten === 'number') return rewritten;
  if (typeof rewritten === 'object') {
    request.handler = 'redirect-handler';
    request.filename = rewritten.redirect;
    request.proxied = false;
  } else if (request.proxied) {
    const refused = canonicalize(request);
    if (refused !== undefined) return refused;
  }
  fixupEnvironment(request);
  const redirected = fixupRedirect(request);
  if (typeof redirected === 'number') return redirected;
  const directory = fixupDirectory(request, (path) => lookUp(request, path));
  if (directory !== undefined) return directory;
  applyHeaders(request, 'request', false);
  if (request.notes.has('forced-handler')) giveUp('A rewrite rule forces a handler, which is not traced.');
  return 0;
}

/** `ap_sub_req_lookup_uri`. */
function lookUp(request: Request, path: string): { status: number; request: Request } {
  const sub = subRequest(request, path);
  if (isTooDeep(request)) return { status: 500, request: sub };
  if (++request.setting.lookups > maximalLookups) giveUp('Index files are looked up without end.');
  const status = processRequest(sub);
  return { status: status === 0 && sub.status !== 200 ? sub.status : status, request: sub };
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
  if (request.handler !== undefined && request.handler !== 'default-handler')
    giveUp(`The handler "${request.handler}" produces the answer.`);
  refuseUndecided(request, 'file');
  return answered(request, serveFile(request));
}

function noteHandler(request: Request): void {
  const directive = settingOf(request, 'sethandler');
  step(request, 'The handler sends the request to a backend, with the file name as path.', directive);
}

function answered(request: Request, result: Outcome | number): Served {
  if (typeof result === 'number') return die(request, result);
  const { status } = request;
  // The headers of the backend take the place of those set early.
  if (result.kind === 'proxy') request.headersOut.clear();
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

function locationOf(request: Request, status: number): string | undefined {
  return isRedirection(status) ? request.location : undefined;
}

/** The request whose error the page was meant for. */
function firstFailed(request: Request): Request {
  let at = request;
  while (at.previous && at.previous.status !== 200) at = at.previous;
  return at;
}

/** `check_headers`: a response header with a control character makes the answer 500, once. */
function refuseHeaders(request: Request): Served | undefined {
  const all = [...request.errHeadersOut.entries, ...request.headersOut.entries];
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
  const malformed = refuseHeaders(request);
  if (malformed) return malformed;
  return { outcome: { kind: 'response', status, location, body: undefined }, request, isError: true };
}

interface ErrorPage {
  readonly target: string;
  readonly directive: Directive;
}

/** The ErrorDocument of the innermost level that names the status, if it is a path or URL. */
function errorDocument(request: Request, status: number): ErrorPage | undefined {
  for (const scope of levelsOf(request.scope).reverse()) {
    const item = scope.level
      .named('errordocument')
      .findLast(({ directive }) => textOf(request.setting, directive.args[0]) === String(status));
    if (!item) continue;
    const directive = taken(request.setting, item);
    const target = textOf(request.setting, directive.args[1]);
    const isUrl = schemeOf(target) !== undefined;
    if (!target.startsWith('/') && !isUrl) return undefined;
    if (isUrl && status === 401) return undefined;
    return { target, directive };
  }
  return undefined;
}
