import type { Directive } from '../../../../syntax/tree.ts';
import type { Around } from '../around.ts';
import type { Fault } from '../fault.ts';
import { judgeAllow, judgeOrder, judgeRequire } from './access.ts';
import { judgeListen, judgeRemoteAddress, judgeServerName, judgeVirtualHost } from './addresses.ts';
import { judgeCacheDisable, judgeCacheEnable, judgeSharedCache } from './cache.ts';
import { judgeExpires } from './expires.ts';
import { judgeHeader } from './header.ts';
import { judgeErrorLog, judgeLog } from './logging.ts';
import {
  judgeAllowOverride,
  judgeCipherSuite,
  judgeIndexOptions,
  judgeOptions,
  judgeRevocationCheck,
  judgeSslOptions,
  judgeSslProtocol,
} from './options.ts';
import {
  judgeBalancerMember,
  judgeErrorOverride,
  judgeProxyPass,
  judgeProxyPassReverse,
  judgeProxySection,
  judgeProxySet,
} from './proxy.ts';
import { judgeAlias, judgeErrorDocument, judgeRedirect } from './redirect.ts';
import { judgePattern } from './regex.ts';
import { judgeRewriteCondition, judgeRewriteRule } from './rewrite.ts';
import { judgeSimple } from './simple.ts';
import { judgeRandomSeed, judgeRequestReadTimeout } from './timeouts.ts';
import { judgeIfVersion } from './version.ts';

type Judge = (directive: Directive, around: Around) => Fault | undefined;

const judges: Readonly<Record<string, Judge>> = {
  alias: judgeAlias,
  allow: judgeAllow,
  allowoverride: judgeAllowOverride,
  balancermember: judgeBalancerMember,
  cachedisable: judgeCacheDisable,
  cacheenable: judgeCacheEnable,
  customlog: judgeLog,
  deny: judgeAllow,
  errordocument: judgeErrorDocument,
  errorlogformat: judgeErrorLog,
  expiresbytype: judgeExpires,
  expiresdefault: judgeExpires,
  header: judgeHeader,
  ifversion: judgeIfVersion,
  indexoptions: judgeIndexOptions,
  listen: judgeListen,
  logformat: judgeLog,
  options: judgeOptions,
  order: judgeOrder,
  proxy: judgeProxySection,
  proxymatch: judgeProxySection,
  proxyerroroverride: judgeErrorOverride,
  proxypass: judgeProxyPass,
  proxypassmatch: judgeProxyPass,
  proxypassreverse: judgeProxyPassReverse,
  proxyset: judgeProxySet,
  redirect: judgeRedirect,
  redirectmatch: judgeRedirect,
  redirectpermanent: judgeRedirect,
  redirecttemp: judgeRedirect,
  remoteipinternalproxy: judgeRemoteAddress,
  remoteipproxyprotocolexceptions: judgeRemoteAddress,
  remoteiptrustedproxy: judgeRemoteAddress,
  requestheader: judgeHeader,
  requestreadtimeout: judgeRequestReadTimeout,
  require: judgeRequire,
  rewritecond: judgeRewriteCondition,
  rewriterule: judgeRewriteRule,
  scriptalias: judgeAlias,
  servername: judgeServerName,
  sslcarevocationcheck: judgeRevocationCheck,
  sslsessioncache: judgeSharedCache,
  sslstaplingcache: judgeSharedCache,
  sslciphersuite: judgeCipherSuite,
  ssloptions: judgeSslOptions,
  sslrandomseed: judgeRandomSeed,
  sslprotocol: judgeSslProtocol,
  sslproxycarevocationcheck: judgeRevocationCheck,
  sslproxyciphersuite: judgeCipherSuite,
  sslproxyprotocol: judgeSslProtocol,
  virtualhost: judgeVirtualHost,
};

/** Judges the values of a directive whose number of arguments is right. */
export function judgeValues(directive: Directive, around: Around): Fault | undefined {
  return judgeSimple(directive) ?? judges[directive.key]?.(directive, around) ?? judgePattern(directive);
}
