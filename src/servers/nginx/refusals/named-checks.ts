/** Which setter reads which directive, for those that do not take a plain value. */
import type { NginxDirective } from '../facts/types.ts';
import { backendCiphers, sslCiphers } from './ciphers.ts';
import type { Check } from './entries.ts';
import * as hostNames from './host-names.ts';
import * as limits from './limits.ts';
import { listenCheck, mailListen } from './listen.ts';
import { location, rootOrAlias } from './locations.ts';
import { mailServer, streamServer } from './missing.ts';
import * as misc from './misc.ts';
import { checkParameters } from './parameters.ts';
import * as proxying from './proxying.ts';
import * as rewriting from './rewriting.ts';
import { checkDefinition, variableCheck } from './variables.ts';
import { passDirectives, passKeys, variablePassKeys } from '../meaning/pass.ts';

type Family = 'http' | 'stream' | 'mail' | 'core';
type Checks = Readonly<Record<string, Check | readonly Check[]>>;

const defines =
  (index: number): Check =>
  (directive, run) =>
    checkDefinition(run, directive, directive.args[index]!);
const definesLast: Check = (directive, run) => checkDefinition(run, directive, directive.args.at(-1)!);
const openLogFileCache: Check = (directive, run) =>
  checkParameters(run, directive, directive.args, limits.openLogFileCacheParameters);

function passCheck(key: string): Check {
  const { schemes, takesUri } = passDirectives.get(key)!;
  return takesUri ? proxying.proxyPass : proxying.addressCheck(schemes, 'http', variablePassKeys().includes(key));
}

const http: Checks = {
  listen: listenCheck('http'),
  server_name: hostNames.serverName,
  valid_referers: hostNames.validReferers,
  location,
  root: rootOrAlias,
  alias: rootOrAlias,
  if: rewriting.condition,
  rewrite: rewriting.rewrite,
  return: rewriting.returnCode,
  set: rewriting.set,
  error_page: rewriting.errorPage,
  try_files: rewriting.tryFiles,
  ...Object.fromEntries(passKeys.map((key) => [key, passCheck(key)])),
  fastcgi_split_path_info: misc.splitPathInfo,
  proxy_redirect: [proxying.proxyRedirect, misc.leadingPattern],
  proxy_cookie_path: [misc.offAlone, misc.leadingPattern],
  proxy_cookie_domain: [misc.offAlone, misc.leadingPattern],
  proxy_bind: proxying.bind,
  upstream: limits.upstream('http'),
  keepalive: misc.upstreamKeepalive,
  hash: misc.consistentHash,
  limit_req_zone: limits.limitReqZone,
  limit_conn_zone: limits.limitConnZone,
  limit_req: limits.limitReq,
  limit_conn: limits.limitConn,
  log_format: limits.logFormat('http'),
  access_log: limits.accessLog('http'),
  open_file_cache: limits.openFileCache,
  open_log_file_cache: openLogFileCache,
  resolver: limits.resolver,
  allow: misc.networks,
  deny: misc.networks,
  set_real_ip_from: misc.trustedNetworks,
  keepalive_timeout: misc.keepaliveTimeout,
  expires: misc.expires,
  limit_except: misc.limitExcept,
  error_log: misc.errorLog,
  disable_symlinks: misc.disableSymlinks,
  directio: misc.directio,
  aio: misc.aio,
  ssl_session_cache: misc.sslSessionCache,
  add_header: misc.conditionalHeader,
  add_trailer: misc.conditionalHeader,
  map: defines(1),
  split_clients: defines(1),
  geo: definesLast,
  auth_request_set: defines(0),
};

const stream: Checks = {
  listen: listenCheck('stream'),
  proxy_pass: proxying.addressCheck([], 'stream', true),
  proxy_bind: proxying.bind,
  upstream: limits.upstream('stream'),
  hash: misc.consistentHash,
  limit_conn_zone: limits.limitConnZone,
  limit_conn: limits.limitConn,
  log_format: limits.logFormat('stream'),
  access_log: limits.accessLog('stream'),
  resolver: limits.resolver,
  allow: misc.networks,
  deny: misc.networks,
  error_log: misc.errorLog,
  ssl_session_cache: misc.sslSessionCache,
  set: defines(0),
  map: defines(1),
  split_clients: defines(1),
  geo: definesLast,
};

const families: Readonly<Record<Family, Checks>> = {
  http,
  stream,
  mail: {
    listen: mailListen,
    error_log: misc.errorLog,
    resolver: limits.resolver,
    ssl_session_cache: misc.sslSessionCache,
  },
  core: {
    worker_processes: misc.workerProcesses,
    worker_connections: misc.anyNumber,
    use: misc.eventMethod,
    worker_priority: misc.workerPriority,
    error_log: misc.errorLog,
    thread_pool: limits.threadPool,
  },
};

/** The checks of a directive that the server reads by a setter of its own, and of the variables in its values. */
export function namedChecks(facts: NginxDirective): Check | undefined {
  const { name, module } = facts;
  const checks = families[familyOf(module)];
  const named = Object.hasOwn(checks, name) ? checks[name]! : [];
  const all = [named, bySuffix(facts), module.startsWith('ngx_mail') ? [] : (variableCheck(facts) ?? [])].flat();
  if (all.length < 2) return all[0];
  return (directive, run, mask) => {
    for (const check of all) check(directive, run, mask);
  };
}

function familyOf(module: string): Family {
  return (/^ngx_(http|stream|mail)_/.exec(module)?.[1] as Family | undefined) ?? 'core';
}

/** The directives that `proxy`, `fastcgi`, `uwsgi` and `scgi` have alike, and `server` of an upstream. */
function bySuffix({ name, contexts }: NginxDirective): Check | readonly Check[] {
  if (name === 'server') {
    if (contexts.some((context) => context.endsWith('upstream'))) {
      return proxying.upstreamServer(contexts.includes('stream-upstream'));
    }
    return contexts.includes('stream') ? streamServer : contexts.includes('mail') ? mailServer : [];
  }
  if (name === 'ssl_ciphers') return sslCiphers;
  if (name.endsWith('_ssl_ciphers')) return backendCiphers;
  if (name === 'zone') return misc.upstreamZone;
  if (/^(?:proxy|fastcgi|uwsgi|scgi)_cache_path$/.test(name)) return [proxying.cachePath, limits.cacheZone];
  if (/^(?:proxy|fastcgi|uwsgi|scgi)_cache_valid$/.test(name)) return proxying.cacheValid;
  if (/^(?:proxy|fastcgi|uwsgi|scgi)_cache$/.test(name)) return limits.cache;
  return /^(?:fastcgi|uwsgi|scgi)_param$/.test(name) ? misc.parameterOption : [];
}
