/** Modules that a config loads. */
import type { Config } from '../../../syntax/config.ts';
import { directivesByKey } from '../../../syntax/walk.ts';

/** Of nginx itself, and those outside of it whose directives are known: the projects in `facts/third-party.json`, and nginx's own. */
const known = new RegExp(
  `(?:^|/)(?:ngx_(?:http|stream|mail|rtmp)_(?:${[
    'geoip2?',
    'image_filter',
    'xslt_filter',
    'perl',
    'js',
    'lua',
    'headers_more_filter',
    'echo',
    'brotli_(?:filter|static)',
    'zstd_(?:filter|static)',
    'auth_pam',
    'auth_ldap',
    'cache_purge',
    'dav_ext',
    'fancyindex',
    'subs_filter',
    'uploadprogress',
    'upload',
    'upstream_fair',
    'upstream_check',
    'vhost_traffic_status',
    'stream_server_traffic_status',
    'modsecurity',
    'naxsi',
    'passenger',
    'set_misc',
    'memc',
    'redis2',
    'srcache_filter',
    'length_hiding_filter',
  ].join('|')})_module|ngx_(?:stream|mail|otel|rtmp|nchan|http_acme)_module|ndk_http_module)\\.so$`,
);

/** Whether it loads one that nothing is known of: any name may be a directive of it. */
export function loadsUnknownModule(config: Config): boolean {
  const loads = directivesByKey(config.file.root).get('load_module') ?? [];
  return loads.some(({ args }) => !known.test(args[0]?.value ?? ''));
}
