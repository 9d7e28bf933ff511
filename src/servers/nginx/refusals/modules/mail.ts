import { isBefore } from '../../../../model/versions.ts';
import { mayHold } from '../may-hold.ts';
import type { ModuleChecks, NginxCheck } from '../run.ts';
import { sslCiphers } from './common/ciphers.ts';
import { errorLog } from './common/error-log.ts';
import { mailListen } from './common/listen.ts';
import { resolver } from './common/resolver.ts';
import { sslSessionCache } from './common/session-cache.ts';

/** `ngx_mail_core_server`. */
const server: NginxCheck = (directive, { version, refusals }) => {
  const { block } = directive;
  if (!block || block.close === undefined || isBefore(version, '1.13.0') || mayHold(block, ['listen'])) return;
  refusals.report({ rule: 'missing-directive', message: 'listen', at: directive });
};

export const mailCore: ModuleChecks = { directives: { server, listen: mailListen, error_log: errorLog, resolver } };
export const mailSsl: ModuleChecks = { directives: { ssl_ciphers: sslCiphers, ssl_session_cache: sslSessionCache } };
