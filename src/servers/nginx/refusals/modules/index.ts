/** What is checked for which nginx module. */
import type { ModuleChecks, Run } from '../run.ts';
import * as definitions from './common/definitions.ts';
import { limitConn } from './common/limits.ts';
import { httpLog, streamLog } from './common/log.ts';
import { access, realip } from './common/networks.ts';
import { checkPorts } from './common/pass.ts';
import {
  streamLeastTime,
  upstream,
  upstreamHash,
  upstreamKeepalive,
  upstreamLeastTime,
  upstreamRandom,
  upstreamZone,
} from './common/upstream.ts';
import { upstreamServer } from './common/upstream-server.ts';
import { streamPass } from './common/stream-pass.ts';
import { resolver } from './common/resolver.ts';
import { checkBackendTls } from './common/backend-tls.ts';
import { checkServerTls, serverSsl } from './common/server-tls.ts';
import { checkZones } from './common/zones.ts';
import { core, errorLog, events, threadPool } from './core.ts';
import { checkBuffers, checkHeaderBuffers } from './http/buffers.ts';
import { charset } from './http/charset.ts';
import { httpCore } from './http/core.ts';
import { fastcgi, grpc, memcached, scgi, uwsgi } from './http/gateways.ts';
import { headersFilter } from './http/headers.ts';
import { limitReq } from './http/limit-req.ts';
import { proxy } from './http/proxy.ts';
import { upstreamSticky } from './http/sticky.ts';
import { referer } from './http/referer.ts';
import { httpRewrite } from './http/rewrite.ts';
import * as small from './http/small.ts';
import { httpTryFiles } from './http/try-files.ts';
import { mailAuthHttp, mailCore, mailSsl } from './mail.ts';
import { streamCore, streamProxy, streamUpstream } from './stream.ts';
import { wordTable } from '../../../../text/word-table.ts';

const modules: Readonly<Record<string, ModuleChecks>> = wordTable({
  ngx_core_module: core,
  ngx_errlog_module: errorLog,
  ngx_event_core_module: events,
  ngx_thread_pool_module: threadPool,
  ngx_http_access_module: access,
  ngx_http_browser_module: small.browser,
  ngx_http_charset_filter_module: charset,
  ngx_http_gzip_filter_module: small.gzip,
  ngx_http_index_module: small.index,
  ngx_http_mirror_module: small.mirror,
  ngx_http_secure_link_module: small.secureLink,
  ngx_http_sub_filter_module: small.sub,
  ngx_http_userid_filter_module: small.userid,
  ngx_http_v2_module: small.http2,
  ngx_http_upstream_random_module: upstreamRandom,
  ngx_stream_upstream_random_module: upstreamRandom,
  ngx_http_auth_request_module: definitions.authRequest,
  ngx_http_core_module: httpCore,
  ngx_http_fastcgi_module: fastcgi,
  ngx_http_geo_module: definitions.geo,
  ngx_http_grpc_module: grpc,
  ngx_http_headers_filter_module: headersFilter,
  ngx_http_limit_conn_module: limitConn,
  ngx_http_limit_req_module: limitReq,
  ngx_http_log_module: httpLog,
  ngx_http_map_module: definitions.map,
  ngx_http_memcached_module: memcached,
  ngx_http_proxy_module: proxy,
  ngx_http_realip_module: realip,
  ngx_http_referer_module: referer,
  ngx_http_rewrite_module: httpRewrite,
  ngx_http_scgi_module: scgi,
  ngx_http_split_clients_module: definitions.splitClients,
  ngx_http_ssl_module: serverSsl,
  ngx_http_try_files_module: httpTryFiles,
  ngx_http_upstream_module: {
    directives: { upstream: upstream('http'), server: upstreamServer(false), resolver },
  },
  ngx_http_upstream_hash_module: upstreamHash,
  ngx_http_upstream_least_time_module: upstreamLeastTime,
  ngx_stream_upstream_least_time_module: streamLeastTime,
  ngx_http_upstream_keepalive_module: upstreamKeepalive,
  ngx_http_upstream_sticky_module: upstreamSticky,
  ngx_http_upstream_zone_module: upstreamZone,
  ngx_http_uwsgi_module: uwsgi,
  ngx_mail_auth_http_module: mailAuthHttp,
  ngx_mail_core_module: mailCore,
  ngx_mail_realip_module: realip,
  ngx_mail_ssl_module: mailSsl,
  ngx_stream_access_module: access,
  ngx_stream_core_module: streamCore,
  ngx_stream_geo_module: definitions.geo,
  ngx_stream_limit_conn_module: limitConn,
  ngx_stream_log_module: streamLog,
  ngx_stream_map_module: definitions.map,
  ngx_stream_pass_module: { directives: { pass: streamPass } },
  ngx_stream_proxy_module: streamProxy,
  ngx_stream_realip_module: realip,
  ngx_stream_set_module: definitions.streamSet,
  ngx_stream_split_clients_module: definitions.splitClients,
  ngx_stream_ssl_module: serverSsl,
  ngx_stream_upstream_module: streamUpstream,
  ngx_stream_upstream_hash_module: upstreamHash,
  ngx_stream_upstream_zone_module: upstreamZone,
});

/** Undefined for a module whose directives take plain values only. */
export function checksOfModule(module: string): ModuleChecks | undefined {
  return Object.hasOwn(modules, module) ? modules[module] : undefined;
}

/** Judges what several modules leave for the end, then each module what it alone does. */
export function checkEnd(run: Run): void {
  checkZones(run);
  checkPorts(run);
  checkServerTls(run);
  checkBackendTls(run);
  checkBuffers(run);
  checkHeaderBuffers(run);
  for (const { end } of Object.values(modules)) end?.(run);
}
