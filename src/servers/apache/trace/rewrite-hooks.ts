/** Where the rules run: `hook_uri2file` for those of the server, `hook_fixup` for those of sections (mod_rewrite.c). */
import { followsLinks } from './options.ts';
import { isRedirection } from './requests.ts';
import { applyRules, type RewriteResult } from './rewrite.ts';
import { schemeLength } from './rewrite-names.ts';
import { mergedRules, rewriteOptions, type Rule } from './rewrite-rules.ts';
import { levelsOf, isOn, step, type Request } from './state.ts';
import { escapeUri, hasControls, mergeSlashes } from './uri.ts';
import { documentRoot, ownUrl } from './variables.ts';
import { directoryOf, baseUrl, rebaseUrl, localUrl } from './rewrite-directory.ts';

/** `declined`: others may still decide. `ok`: the name is final. */
export type HookResult = 'declined' | 'ok' | number;

export function translateByRules(request: Request): HookResult {
  const { setting } = request;
  if (!isOn(request, 'rewriteengine', false) || request.rewriting.ended || !request.uri.startsWith('/'))
    return 'declined';
  const merged = mergedRules(setting, levelsOf(setting.base));
  // A virtual host that says nothing of rewriting has no rules, not those of the main server.
  if (!merged || merged.scope.directive !== setting.base.directive) return 'declined';
  request.env.set('SCRIPT_URL', request.uri);
  request.env.set('SCRIPT_URI', setting.serverHostname === undefined ? undefined : ownUrl(request, request.uri));
  request.filename ??= request.uri;
  const before = request.args;
  const result = applyRules(request, merged.rules, undefined);
  if (result.kind === 'unchanged') return 'declined';
  const common = finish(request, result, before);
  if (common !== undefined) return common;
  if (result.kind !== 'changed') return 'declined';
  if (result.passThrough) {
    request.uri = request.filename;
    return 'declined';
  }
  return localPath(request, result);
}

type Changed = Extract<RewriteResult, { kind: 'changed' }>;

/** What the two hooks share: a status, a proxied URL, a redirect. Undefined: a local path. */
function finish(
  request: Request,
  result: Exclude<RewriteResult, { kind: 'unchanged' }>,
  argsBefore: string | undefined,
): HookResult | undefined {
  const isStatus = result.kind === 'status';
  const name = request.filename!;
  // The flag PT puts its mark before the name, which is then no longer an absolute URL.
  const skip = !isStatus && result.passThrough ? 0 : schemeLength(name);
  const escapes = skip > 0 && (isStatus || !result.noEscape);
  // Before a status that a rule asks for.
  if (request.args !== undefined && !escapes && hasControls(request.args)) {
    step(request, 'The rewritten query string holds a space or control character; httpd answers 403.');
    return 403;
  }
  if (isStatus) return result.status;
  if (result.passThrough) return undefined;
  if (name.length > 6 && name.startsWith('proxy:')) return toProxy(request, result);
  return skip > 0 ? redirect(request, result, skip, argsBefore) : undefined;
}

function toProxy(request: Request, result: Changed): HookResult {
  if (request.setting.modules && !request.setting.modules.has('proxy')) {
    step(
      request,
      'The rule asks for a backend, but mod_proxy is not loaded; httpd answers 403.',
      result.last?.directive,
    );
    return 403;
  }
  if (result.noEscape) request.notes.add('proxy-nocanon');
  if (request.args !== undefined && request.notes.has('proxy-nocanon')) request.filename += `?${request.args}`;
  request.proxied = true;
  request.handler = 'proxy-server';
  choose(request, result.last);
  return 'ok';
}

function choose(request: Request, rule: Rule | undefined): void {
  if (!rule || request.main) return;
  const { directive } = rule;
  request.setting.chosen = {
    text: `RewriteRule ${directive.args.map(({ raw }) => raw).join(' ')}`,
    place: { file: directive.parent.file, start: directive.start, end: directive.end },
    reason: 'it names the backend',
    candidates: [],
  };
}

function redirect(request: Request, result: Changed, skip: number, argsBefore: string | undefined): HookResult {
  let url = request.filename!;
  if (!result.noEscape) url = escapeAbsolute(url, skip);
  if (request.args !== undefined) {
    const plain = result.noEscape || request.args === argsBefore;
    url += `?${plain ? request.args : escapeUri(request.args)}`;
  }
  request.location = url;
  choose(request, result.last);
  if (!isRedirection(request.status)) return 302;
  const { status } = request;
  request.status = 200;
  return status;
}

/** `escape_absolute_uri`: the part after the host. */
function escapeAbsolute(url: string, skip: number): string {
  let from = skip;
  if (url[skip - 1] === '/') {
    const slash = url.indexOf('/', skip);
    if (slash === -1) return url;
    from = slash + 1;
  }
  return url.slice(0, from) + escapeUri(url.slice(from));
}

function localPath(request: Request, result: Changed): HookResult {
  const name = request.filename!;
  if (!name.startsWith('/')) return 400;
  if (result.reduced || !isFilePath(request, name, result.last)) {
    const root = documentRoot(request);
    request.filename = mergeSlashes(`${root}/${name}`);
  }
  step(request, `The rewritten path names the file ${request.filename}.`, result.last?.directive);
  return 'ok';
}

/** `prefix_stat`: a path whose first directory exists is one of the file system, if the rule was written that way. */
function isFilePath(request: Request, name: string, rule: Rule | undefined): boolean {
  const { setting } = request;
  const first = /^\/[^/]*/.exec(mergeSlashes(name))![0];
  const options = rewriteOptions(setting, setting.base);
  const root = documentRoot(request);
  const underRoot = name.startsWith(root);
  const trusts = !rule || options.has('unsafeprefixstat') || rule.flags.has('unsafeprefixstat');
  if (!trusts && !rule.output.startsWith(first) && !underRoot) return false;
  const kind = setting.files(first);
  if (kind !== undefined) return kind !== 'missing';
  if (underRoot) return true;
  setting.unknowns.add(`It is taken that there is no "${first}" in the root directory of the file system.`);
  return false;
}

/** `hook_fixup`. A string result `redirect` asks for an internal redirect to `request.location`. */
export function fixupByRules(request: Request): HookResult | { readonly redirect: string } {
  const { setting } = request;
  if (!isOn(request, 'rewriteengine', false)) return 'declined';
  const baseLevels = levelsOf(setting.base).length;
  const merged = mergedRules(setting, levelsOf(request.scope).slice(baseLevels));
  const directory = merged && directoryOf(request, merged.scope);
  if (!merged || directory === undefined) return 'declined';
  const isProxied = request.proxied && request.filename!.startsWith('proxy:');
  const noSlash = rewriteOptions(setting, merged.scope).has('allownoslash');
  if (!isProxied && !noSlash && `${request.filename}/` === directory) return 'declined';
  if (request.rewriting.ended) return 'declined';
  if (!followsLinks(request)) {
    step(request, 'Options allow no symbolic links, and so no rewriting; httpd answers 403.');
    return 403;
  }
  const [filename, args] = [request.filename!, request.args];
  const result = applyRules(request, merged.rules, directory);
  if (result.kind === 'unchanged') {
    request.filename = filename;
    return 'declined';
  }
  const base = baseUrl(request, merged.scope);
  const rewritten = request.filename ?? '';
  if (result.kind === 'changed' && base !== undefined && schemeLength(rewritten) > 0)
    request.filename = rebaseUrl(rewritten, directory, base);
  const common = finish(request, result, args);
  if (common !== undefined) return common;
  if (!rewritten.startsWith('/')) return 400;
  if (request.filename === filename) return 'ok';
  return { redirect: localUrl(request, directory, base) };
}
