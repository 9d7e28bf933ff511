/** What a substitution becomes: a path, a query string, a URL of this server or another (mod_rewrite.c). */
import { giveUp } from '../../../model/unknown.ts';
import { toInteger } from './expr-operators.ts';
import { matchesWildcards } from '../../../text/fnmatch.ts';
import type { RuleRun } from './rewrite-expand.ts';
import type { Rule } from './rewrite-rules.ts';
import type { Request } from './state.ts';
import { ownUrl } from './variables.ts';
import { readAuthority } from '../../../model/url.ts';
import { defaultPort, schemeOf, withoutScheme } from '../../../model/scheme.ts';

/** The name is a URL for the proxy already. */
export function isProxied(request: Request): boolean {
  return request.proxied && request.filename!.startsWith('proxy:');
}

/** Takes a substitution over as the new name of the request: its query apart, a URL qualified or reduced. */
export function rename(run: RuleRun, rule: Rule, text: string): void {
  const { request, directory } = run;
  let name = text;
  let prefixed = false;
  if (!isProxied(request) && !name.startsWith('/') && schemeLength(name) === 0) {
    if (directory !== undefined || !(rule.flags.has('p') || rule.flags.has('r'))) {
      name = (directory ?? '/') + name;
      prefixed = true;
    }
  }
  if (directory !== undefined && rule.flags.has('dpi')) request.pathInfo = '';
  request.filename = splitQuery(request, rule, name);
  if (rule.flags.has('p')) {
    request.filename = `proxy:${qualified(request)}`;
    return;
  }
  if (rule.flags.has('r')) {
    request.filename = qualified(request);
    request.status = rule.redirectStatus;
    return;
  }
  reduce(run);
  if (schemeLength(request.filename) > 0) {
    request.status = rule.redirectStatus;
    return;
  }
  if (!rule.flags.has('unc') && !prefixed && !rule.output.startsWith('//'))
    request.filename = request.filename.replace(/^\/+(?=\/)/, '');
}

const schemes: readonly (readonly [scheme: string, query: boolean])[] = [
  ['ajp://', true],
  ['balancer://', true],
  ['ftp://', false],
  ['fcgi://', true],
  ['gopher://', false],
  ['http://', true],
  ['https://', true],
  ['h2://', true],
  ['h2c://', true],
  ['ldap://', false],
  ['mailto:', true],
  ['news:', false],
  ['nntp://', false],
  ['scgi://', true],
  ['ws://', true],
  ['wss://', true],
  ['unix://', true],
  ['unix:', true],
];

/** Length of the scheme with its slashes, 0 for what is no absolute URI (`is_absolute_uri`). */
export function schemeLength(uri: string): number {
  if (uri.startsWith('/') || uri.length <= 5) return 0;
  return knownScheme(uri)?.[0].length ?? 0;
}

function knownScheme(uri: string): readonly [string, boolean] | undefined {
  const lower = uri.slice(0, 12).toLowerCase();
  return schemes.find(([scheme]) => lower.startsWith(scheme));
}

/** `splitout_queryargs`: returns the name without query, and sets the arguments. */
function splitQuery(request: Request, rule: Rule, name: string): string {
  if (rule.dropsQuery) {
    request.args = undefined;
    return name;
  }
  const skip = schemeLength(name);
  if (skip > 0 && knownScheme(name)?.[1] === false) {
    request.args = undefined;
    return name;
  }
  if (rule.flags.has('qsd')) request.args = undefined;
  const mark = rule.flags.has('qsl') ? name.lastIndexOf('?') : name.indexOf('?', skip);
  if (mark < skip) return name;
  const query = name.slice(mark + 1);
  if (!rule.flags.has('qsa')) request.args = query;
  else if (query !== '') request.args = `${query}&${request.args ?? ''}`;
  if (request.args === '') request.args = undefined;
  else request.args = request.args?.replace(/&$/, '');
  return name.slice(0, mark);
}

/** `fully_qualify_uri`. */
function qualified(request: Request): string {
  const name = request.filename!;
  return schemeLength(name) > 0 ? name : ownUrl(request, name.startsWith('/') ? name : `/${name}`);
}

/** `reduce_uri`: the URL of this very server becomes a path. */
function reduce(run: RuleRun): void {
  const { request } = run;
  const { scheme } = request.setting.request;
  const name = request.filename!;
  if (schemeOf(name) !== scheme) return;
  // Only a slash ends the host here.
  const rest = withoutScheme(name);
  const slash = rest.indexOf('/');
  const { host, port } = readAuthority(slash === -1 ? rest : rest.slice(0, slash));
  if (!isOwnHost(request, host.text, port ? toInteger(port.text) : defaultPort(scheme)!)) return;
  request.filename = slash === -1 ? '/' : rest.slice(slash);
  run.reduced = true;
}

/** `ap_matches_request_vhost`: the address of the virtual host, or a name of it with the port of its ServerName. */
function isOwnHost(request: Request, host: string, port: number): boolean {
  const { host: virtualHost, serverPort, serverHostname } = request.setting;
  const name = host.toLowerCase();
  for (const { address, port: on } of virtualHost.directive ? virtualHost.listeners : [])
    if (address === name && on === port) return true;
  if (port !== serverPort) return false;
  if (serverHostname === undefined) giveUp(`Whether "${host}" is the name of this server is not known.`);
  if (name === serverHostname.toLowerCase()) return true;
  return virtualHost.names.some(({ text, kind }) =>
    kind === 'exact' ? text.toLowerCase() === name : kind !== 'unknown' && matchesWildcards(text.toLowerCase(), name),
  );
}
