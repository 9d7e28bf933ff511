import type { Directive } from '../../../syntax/tree.ts';
import type { Around } from './around.ts';
import { handlers as core } from './modules/core.ts';
import { handlers as coreOptions } from './modules/core-options.ts';
import { handlers as listen } from './modules/listen.ts';
import { handlers as accessCompat } from './modules/mod-access-compat.ts';
import { handlers as alias } from './modules/mod-alias.ts';
import { handlers as authzCore } from './modules/mod-authz-core.ts';
import { handlers as autoindex } from './modules/mod-autoindex.ts';
import { handlers as cache } from './modules/mod-cache.ts';
import { handlers as expires } from './modules/mod-expires.ts';
import { handlers as headers } from './modules/mod-headers.ts';
import { handlers as logConfig } from './modules/mod-log-config.ts';
import { handlers as proxy } from './modules/mod-proxy.ts';
import { handlers as remoteip } from './modules/mod-remoteip.ts';
import { handlers as reqtimeout } from './modules/mod-reqtimeout.ts';
import { handlers as rewrite } from './modules/mod-rewrite.ts';
import { handlers as setenvif } from './modules/mod-setenvif.ts';
import { handlers as socacheShmcb } from './modules/mod-socache-shmcb.ts';
import { handlers as ssl } from './modules/mod-ssl.ts';
import { handlers as version } from './modules/mod-version.ts';
import { handlers as vhost } from './modules/vhost.ts';
import type { Handlers, Refusal } from './refusal.ts';
import { judgeSimple } from './simple-values.ts';

const handlers: Handlers = {
  ...core,
  ...coreOptions,
  ...listen,
  ...accessCompat,
  ...alias,
  ...authzCore,
  ...autoindex,
  ...cache,
  ...expires,
  ...headers,
  ...logConfig,
  ...proxy,
  ...remoteip,
  ...reqtimeout,
  ...rewrite,
  ...setenvif,
  ...socacheShmcb,
  ...ssl,
  ...version,
  ...vhost,
};

/** Judges the values of a directive whose number of arguments is right. */
export function judgeValues(directive: Directive, around: Around): Refusal | undefined {
  return judgeSimple(directive) ?? handlers[directive.key]?.(directive, around);
}
