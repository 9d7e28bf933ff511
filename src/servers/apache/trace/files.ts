/** From path to file: the document root, the directory walk, index files, and the default handler (server/core.c, mod_dir.c). */
import type { Outcome } from '../../../model/trace.ts';
import { giveUp } from '../../../model/unknown.ts';
import { extensionsOf } from './handler-names.ts';
import { locationOf } from './error-pages.ts';
import { allowsOverride, hasOption } from './options.ts';
import { walkFiles } from './sections.ts';
import { levelsOf, isOn, settingOf, step, textOf, type Request } from './state.ts';
import { escapeUri, mergeSlashes } from './uri.ts';
import { documentRoot, ownUrl } from './variables.ts';

/** `ap_core_translate`. */
export function translateToFile(request: Request): number | undefined {
  if (!request.uri.startsWith('/'))
    return request.uri === '*' ? giveUp('The request is about the server itself.') : 400;
  request.filename = mergeSlashes(`${documentRoot(request)}/${request.uri}`);
  return undefined;
}

/** `ap_directory_walk`: the longest part of the name that exists is the file, the rest is path info. */
export function walkToFile(request: Request): void {
  const { files } = request.setting;
  const whole = mergeSlashes(request.filename!);
  const directories = ['/'];
  let at = 0;
  request.fileKind = 'directory';
  while (at < whole.length && request.fileKind === 'directory') {
    const slash = whole.indexOf('/', at + 1);
    const end = slash === -1 ? whole.length : slash;
    const path = whole.slice(0, end);
    if (path === '' || path === '/' || end === at + 1) {
      at = end;
      continue;
    }
    request.fileKind = files(path);
    at = end;
    if (request.fileKind === 'directory' || (request.fileKind === undefined && slash !== -1))
      directories.push(`${path}/`);
    if (request.fileKind === undefined && slash !== -1) request.fileKind = 'directory';
    else if (request.fileKind !== 'directory') {
      request.filename = path;
      request.pathInfo = whole.slice(end);
    }
  }
  if (files(whole.replace(/\/$/, '')) === undefined) request.fileKind = undefined;
  walkFiles(request, directories);
  checkOverrides(request, directories);
}

function checkOverrides(request: Request, directories: readonly string[]): void {
  if (!allowsOverride(request)) return;
  const found = new Set(directories.map((directory) => request.setting.files(`${directory}.htaccess`)));
  if (found.has('file')) giveUp('A .htaccess file on the way is not traced.');
  if (found.has(undefined))
    request.setting.unknowns.add('A .htaccess file may say otherwise: AllowOverride permits it.');
}

/** What a directory request turns into: a redirect with a slash, an index file (found by `lookUp`), or nothing. */
export function fixupDirectory(
  request: Request,
  lookUp: (path: string) => { readonly status: number; readonly request: Request },
): number | undefined {
  if (request.fileKind !== 'directory') return fallBack(request, lookUp);
  if (request.pathInfo !== '') return undefined;
  if (!request.uri.endsWith('/')) {
    if (!isOn(request, 'directoryslash', true)) return undefined;
    if (!/^(?:GET|HEAD)$/.test(request.method) && request.env.get('redirect-carefully') !== undefined) return undefined;
    const query = request.args === undefined ? '' : `?${request.args}`;
    request.location = ownUrl(request, `${escapeUri(request.uri)}/${query}`);
    step(request, 'The path names a directory and lacks its final slash.');
    return 301;
  }
  if (request.handler !== undefined && isOn(request, 'directorycheckhandler', false)) return undefined;
  if (request.handler === 'redirect-handler') return undefined;
  const names = indexNames(request);
  let failed: number | undefined;
  for (const name of names) {
    const found = lookUp(name.startsWith('/') ? name : request.uri + name);
    const { status } = found;
    if (status === 0 && (found.request.fileKind === 'file' || found.request.handler === 'proxy-server')) {
      become(request, found.request);
      step(request, `The directory is served by its index ${name}.`);
      return undefined;
    }
    if (status >= 300 && status < 400) {
      request.location = found.request.location;
      return status;
    }
    if (status === 401 && names.length === 1) return status;
    if (status !== 0 && status !== 404) failed = status;
  }
  return failed ?? fallBack(request, lookUp);
}

/** `fixup_dflt`: FallbackResource, where there is no file, or a directory without index, and no handler. */
function fallBack(
  request: Request,
  lookUp: (path: string) => { readonly status: number; readonly request: Request },
): number | undefined {
  const directive = settingOf(request, 'fallbackresource');
  const target = directive && textOf(request.setting, directive.args[0]);
  if (target === undefined || target.toLowerCase() === 'disabled' || request.handler !== undefined) return undefined;
  if (request.fileKind === undefined) giveUp('Whether the file exists, or FallbackResource answers, is not known.');
  if (request.fileKind === 'file') return undefined;
  const found = lookUp(target);
  if (found.status === 0 && (found.request.fileKind === 'file' || found.request.handler === 'proxy-server')) {
    become(request, found.request);
    step(request, `There is no such file: FallbackResource ${target} answers.`, directive);
    return undefined;
  }
  if (request.fileKind === 'directory')
    giveUp('What FallbackResource does for a directory, itself missing, is not traced.');
  if (found.status >= 300 && found.status < 400) request.location = found.request.location;
  return found.status === 0 || found.status === 404 ? undefined : found.status;
}

/** Files of other extensions stand for one that is missing, before rules of sections see it. */
export function refuseMultiViews(request: Request): void {
  const { modules, files } = request.setting;
  if (request.proxied || request.fileKind !== 'missing' || modules?.has('negotiation') === false) return;
  if (files.hasVariants?.(request.filename!) !== false && hasOption(request, 'multiviews'))
    giveUp('Which file MultiViews finds for a missing one is not traced.');
}

/** `ap_internal_fast_redirect`. */
function become(request: Request, found: Request): void {
  request.uri = found.uri;
  request.filename = found.filename;
  request.pathInfo = found.pathInfo;
  request.args = found.args;
  request.fileKind = found.fileKind;
  request.handler = found.handler;
  request.proxied = found.proxied;
  request.scope = found.scope;
  for (const [name, value] of found.env) request.env.set(name, value);
  for (const note of found.notes) request.notes.add(note);
}

/** The lines of a level add up, after `disabled` anew; an inner level replaces an outer one. */
function indexNames(request: Request): readonly string[] {
  for (const scope of levelsOf(request.scope).reverse()) {
    const own = scope.own('directoryindex');
    if (own.length === 0) continue;
    let names: string[] = [];
    for (const directive of own) {
      const words = directive.args.map((word) => textOf(request.setting, word));
      if (words.length === 1 && words[0]!.toLowerCase() === 'disabled') names = [];
      else names.push(...words);
    }
    return names;
  }
  return ['index.html'];
}

const knownMethods = new Set(
  'GET HEAD PUT POST DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK VERSION-CONTROL CHECKOUT UNCHECKOUT CHECKIN UPDATE LABEL REPORT MKWORKSPACE MKACTIVITY BASELINE-CONTROL MERGE'.split(
    ' ',
  ),
);

const conditions = /^(?:if-(?:match|none-match|modified-since|unmodified-since|range)|range)$/i;

/** `default_handler`, and what stands before it for a directory. */
export function serveFile(request: Request): Outcome | number {
  const { method } = request;
  if (request.fileKind !== 'directory') refuseExtensions(request);
  if (!knownMethods.has(method)) return 501;
  if (method === 'OPTIONS')
    return { kind: 'response', status: request.status, location: locationOf(request, request.status), body: undefined };
  if (request.fileKind === 'directory' && !request.filename!.includes('\0')) return serveDirectory(request);
  if (!['GET', 'HEAD', 'POST'].includes(method)) return 405;
  if (request.fileKind === 'missing') return 404;
  if (request.fileKind === 'file' && request.pathInfo !== '' && !isOn(request, 'acceptpathinfo', false)) return 404;
  const asked = request.setting.request.headers.find(([name]) => conditions.test(name));
  if (asked && request.status === 200) giveUp(`What the file answers to the header ${asked[0]} is not traced.`);
  return { kind: 'static', file: request.filename!, found: request.fileKind, status: 200 };
}

/** Handlers by type, and files that are looked for when the named one is missing. */
function refuseExtensions(request: Request): void {
  refuseTypes(request, new Set(extensionsOf(request)));
}

/** Types that PHP and its kin answer for, where they are loaded. */
function refuseTypes(request: Request, extensions: ReadonlySet<string>): void {
  const { modules } = request.setting;
  if (modules && ![...modules].some((name) => /^(?:lib)?php/.test(name))) return;
  for (const key of ['addtype', 'forcetype'])
    for (const { name, args } of request.scope.effective(key)) {
      const [type, ...named] = args.map(({ value }) => value.toLowerCase());
      const concerns = key === 'forcetype' || named.some((each) => extensions.has(each.replace(/^\./, '')));
      if (concerns && type?.startsWith('application/x-httpd-'))
        giveUp(`"${name.value}" gives files a handler, which produces the answer.`);
    }
}

/** Without a listing, mod_autoindex refuses; where that module is absent, the default handler finds nothing to serve. */
function serveDirectory(request: Request): Outcome | number {
  const { method, setting } = request;
  const { modules } = setting;
  if (!modules) return giveUp('What answers for a directory without an index file depends on the modules loaded.');
  if (method !== 'GET' && method !== 'HEAD') return method === 'POST' ? 404 : 405;
  if (!modules.has('autoindex')) return 404;
  if (!hasOption(request, 'indexes')) return 403;
  step(request, 'mod_autoindex lists the directory.');
  return { kind: 'response', status: request.status, location: locationOf(request, request.status), body: undefined };
}
