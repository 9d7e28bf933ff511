/** The hooks of httpd up to the handler: `ap_process_request_internal` (server/request.c). */
import { unknown } from '../../../model/model.ts';
import { giveUp } from '../../../model/unknown.ts';
import { checkAccess } from './access.ts';
import { skipsAccess } from './access-again.ts';
import { translateAlias } from './alias.ts';
import { fixupEnvironment, setEnvironmentIf } from './environment.ts';
import { fixupDirectory, refuseMultiViews, translateToFile, walkToFile } from './files.ts';
import { nameHandler } from './handler-names.ts';
import { applyHeaders } from './headers.ts';
import { encodedSlashes } from './options.ts';
import { translateProxy } from './pass.ts';
import { canonicalize } from './proxy.ts';
import { fixupRedirect } from './redirect.ts';
import { isTooDeep, subRequest } from './requests.ts';
import { fixupByRules, translateByRules } from './rewrite-hooks.ts';
import { walkLocations, walkProxy } from './sections.ts';
import { applyRemoteIp } from './remote-ip.ts';
import { levelsOf, isOn, step, valueOf, type Request } from './state.ts';
import { refuseUndecided } from './undecided.ts';
import { normalizePath, unescapePath } from './uri.ts';
import { readFlag } from '../meaning/settings.ts';

/** Lookups in lookups may be many, ten levels deep. */
const maximalLookups = 1000;

/** The hooks that run when the head of a request was read, and again on internal redirects. */
export function afterReading(request: Request): void {
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
export function processRequest(request: Request): number {
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
  const refused = checkAccessOnce(request);
  if (refused !== undefined) return refused;
  return fixup(request);
}

/** The status of a refusal. */
function checkAccessOnce(request: Request): number | undefined {
  const skipped = skipsAccess(request);
  if (skipped === true) return undefined;
  refuseUndecided(request, 'access');
  const refused = checkAccess(request);
  if (refused !== undefined && skipped === unknown)
    giveUp('Whether access is checked again for the new path depends on the modules that are loaded.');
  return refused;
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
export const traced = 200;

export function mayTrace(request: Request): boolean {
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
  refuseMultiViews(request);
  nameHandler(request);
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
