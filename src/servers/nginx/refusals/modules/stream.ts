import { isBefore } from '../../../../model/versions.ts';
import { mayHold } from '../may-hold.ts';
import type { ModuleChecks, NginxCheck } from '../run.ts';
import { noteSecureStream } from './common/backend-tls.ts';
import { certificateCache } from './common/certificate-cache.ts';
import { backendCiphers } from './common/ciphers.ts';
import { errorLog } from './common/error-log.ts';
import { serverNamesHash, variablesHash } from './common/hash-size.ts';
import { listenCheck } from './common/listen.ts';
import { bind, passCheck } from './common/pass.ts';
import { protocolLengths } from './common/server-tls.ts';
import { resolver } from './common/resolver.ts';
import { upstreamServer } from './common/upstream-server.ts';
import { upstream } from './common/upstream.ts';

/** `ngx_stream_core_server`, and `ngx_stream_core_merge_srv_conf`, which from 1.27.1 on leaves the handler to the sessions. */
const server: NginxCheck = (directive, { version, refusals }) => {
  const { block } = directive;
  if (!block || block.close === undefined) return;
  if (!isBefore(version, '1.13.0') && !mayHold(block, ['listen'])) {
    refusals.report({ rule: 'missing-directive', message: 'listen', at: directive });
  } else if (isBefore(version, '1.27.1') && !mayHold(block, ['proxy_pass', 'return', 'pass'])) {
    refusals.report({ rule: 'missing-directive', message: 'handler', at: directive });
  }
};

export const streamCore: ModuleChecks = {
  directives: {
    ...serverNamesHash,
    ...variablesHash,
    server,
    listen: listenCheck('stream'),
    error_log: errorLog,
    resolver,
  },
};
export const streamProxy: ModuleChecks = {
  directives: {
    proxy_pass: passCheck([], 'stream'),
    proxy_bind: bind,
    proxy_ssl_ciphers: backendCiphers,
    proxy_ssl_alpn: protocolLengths,
    proxy_ssl_certificate_cache: certificateCache,
    proxy_ssl: noteSecureStream,
  },
};
export const streamUpstream: ModuleChecks = {
  directives: { upstream: upstream('stream'), server: upstreamServer(true), resolver },
};
