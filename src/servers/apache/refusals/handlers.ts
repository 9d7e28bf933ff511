import type { Directive } from '../../../syntax/tree.ts';
import type { Around } from './around.ts';
import { handlers as core } from './modules/core.ts';
import { handlers as coreOptions } from './modules/core-options.ts';
import { handlers as listen } from './modules/listen.ts';
import { handlers as accessCompat } from './modules/mod-access-compat.ts';
import { handlers as alias } from './modules/mod-alias.ts';
import { handlers as allowmethods } from './modules/mod-allowmethods.ts';
import { handlers as authnCore } from './modules/mod-authn-core.ts';
import { handlers as authnzFcgi } from './modules/mod-authnz-fcgi.ts';
import { handlers as authnzLdap } from './modules/mod-authnz-ldap.ts';
import { handlers as authzCore } from './modules/mod-authz-core.ts';
import { handlers as autoindex } from './modules/mod-autoindex.ts';
import { handlers as cache } from './modules/mod-cache.ts';
import { handlers as deflate } from './modules/mod-deflate.ts';
import { handlers as expires } from './modules/mod-expires.ts';
import { handlers as extFilter } from './modules/mod-ext-filter.ts';
import { handlers as headers } from './modules/mod-headers.ts';
import { handlers as heartbeat } from './modules/mod-heartbeat.ts';
import { handlers as http2 } from './modules/mod-http2.ts';
import { handlers as logConfig } from './modules/mod-log-config.ts';
import { handlers as logDebug } from './modules/mod-log-debug.ts';
import { handlers as lua } from './modules/mod-lua.ts';
import { handlers as md } from './modules/mod-md.ts';
import { handlers as mime } from './modules/mod-mime.ts';
import { handlers as negotiation } from './modules/mod-negotiation.ts';
import { handlers as proxy } from './modules/mod-proxy.ts';
import { handlers as proxyFcgi } from './modules/mod-proxy-fcgi.ts';
import { handlers as proxyHcheck } from './modules/mod-proxy-hcheck.ts';
import { handlers as proxyRemote } from './modules/mod-proxy-remote.ts';
import { handlers as remoteip } from './modules/mod-remoteip.ts';
import { handlers as reqtimeout } from './modules/mod-reqtimeout.ts';
import { handlers as rewrite } from './modules/mod-rewrite.ts';
import { handlers as setenvif } from './modules/mod-setenvif.ts';
import { handlers as socacheShmcb } from './modules/mod-socache-shmcb.ts';
import { handlers as ssl } from './modules/mod-ssl.ts';
import { handlers as substitute } from './modules/mod-substitute.ts';
import { handlers as unixd } from './modules/mod-unixd.ts';
import { handlers as userdir } from './modules/mod-userdir.ts';
import { handlers as usertrack } from './modules/mod-usertrack.ts';
import { handlers as version } from './modules/mod-version.ts';
import { handlers as vhostAlias } from './modules/mod-vhost-alias.ts';
import { handlers as utilLdap } from './modules/util-ldap.ts';
import { handlers as vhost } from './modules/vhost.ts';
import type { Handlers, Refusal } from './refusal.ts';
import { judgeSimple } from './simple-values.ts';

const handlers: Handlers = {
  ...core,
  ...coreOptions,
  ...listen,
  ...accessCompat,
  ...alias,
  ...allowmethods,
  ...authnCore,
  ...authnzFcgi,
  ...authnzLdap,
  ...authzCore,
  ...autoindex,
  ...cache,
  ...deflate,
  ...expires,
  ...extFilter,
  ...headers,
  ...heartbeat,
  ...http2,
  ...logConfig,
  ...logDebug,
  ...lua,
  ...md,
  ...mime,
  ...negotiation,
  ...proxy,
  ...proxyFcgi,
  ...proxyHcheck,
  ...proxyRemote,
  ...remoteip,
  ...reqtimeout,
  ...rewrite,
  ...setenvif,
  ...socacheShmcb,
  ...ssl,
  ...substitute,
  ...unixd,
  ...userdir,
  ...usertrack,
  ...version,
  ...vhostAlias,
  ...utilLdap,
  ...vhost,
};

/** Judges the values of a directive whose number of arguments is right. */
export function judgeValues(directive: Directive, around: Around): Refusal | undefined {
  return judgeSimple(directive) ?? handlers[directive.key]?.(directive, around);
}
