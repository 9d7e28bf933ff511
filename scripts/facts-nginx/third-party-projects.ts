/** Projects whose directives are known by name. `under`: where the module lies in a larger repository. */
export interface ThirdPartyProject {
  readonly project: string;
  readonly under?: readonly string[];
  /** Where the directives are not in a C table: the name is the first group. */
  readonly pattern?: RegExp;
  /** Names that its tables do not spell out, from its documentation; divided by spaces. */
  readonly documented?: string;
}

export const thirdPartyProjects: readonly ThirdPartyProject[] = [
  { project: 'openresty/headers-more-nginx-module' },
  { project: 'openresty/lua-nginx-module' },
  {
    project: 'openresty/stream-lua-nginx-module',
    documented: 'preread_by_lua_block preread_by_lua_file preread_by_lua',
  },
  { project: 'openresty/echo-nginx-module' },
  {
    project: 'openresty/set-misc-nginx-module',
    documented:
      'set_if_empty set_quote_sql_str set_quote_pgsql_str set_quote_json_str set_unescape_uri set_escape_uri set_hashed_upstream ' +
      'set_encode_base32 set_decode_base32 set_encode_base64 set_decode_base64 set_encode_base64url set_decode_base64url ' +
      'set_encode_hex set_decode_hex set_sha1 set_md5 set_hmac_sha1 set_hmac_sha256 set_random set_secure_random_alphanum ' +
      'set_secure_random_lcalpha set_rotate set_local_today',
  },
  { project: 'openresty/srcache-nginx-module' },
  { project: 'openresty/redis2-nginx-module' },
  { project: 'openresty/memc-nginx-module' },
  { project: 'openresty/drizzle-nginx-module' },
  { project: 'openresty/encrypted-session-nginx-module' },
  {
    // A patch of nginx that several distributions carry; it has no table of its own.
    project: 'cloudflare/sslconfig',
    documented: 'ssl_dyn_rec_enable ssl_dyn_rec_timeout ssl_dyn_rec_size_lo ssl_dyn_rec_size_hi ssl_dyn_rec_threshold',
  },
  { project: 'calio/form-input-nginx-module' },
  { project: 'simplresty/ngx_devel_kit', documented: 'ndk_upstream_list' },
  { project: 'google/ngx_brotli' },
  { project: 'tokers/zstd-nginx-module' },
  { project: 'leev/ngx_http_geoip2_module' },
  { project: 'vozlt/nginx-module-vts' },
  { project: 'vozlt/nginx-module-sts' },
  { project: 'arut/nginx-rtmp-module', documented: 'rtmp' },
  { project: 'arut/nginx-dav-ext-module' },
  { project: 'owasp-modsecurity/ModSecurity-nginx' },
  {
    project: 'nbs-system/naxsi',
    documented:
      'BasicRule MainRule CheckRule LearningMode SecRulesEnabled SecRulesDisabled DeniedUrl NaxsiLogFile LibInjectionSql LibInjectionXss ' +
      'IgnoreIP IgnoreCIDR basic_rule main_rule check_rule learning_mode rules_enabled rules_disabled denied_url naxsi_log ' +
      'libinjection_sql libinjection_xss',
  },
  { project: 'nginx-modules/ngx_cache_purge' },
  { project: 'aperezdc/ngx-fancyindex' },
  { project: 'fdintino/nginx-upload-module' },
  { project: 'masterzen/nginx-upload-progress-module' },
  { project: 'sto/ngx_http_auth_pam_module' },
  { project: 'kvspb/nginx-auth-ldap' },
  { project: 'stnoonan/spnego-http-auth-nginx-module' },
  { project: 'TeslaGov/ngx-http-auth-jwt-module' },
  { project: 'yaoweibin/nginx_upstream_check_module' },
  { project: 'yaoweibin/ngx_http_substitutions_filter_module' },
  { project: 'gnosek/nginx-upstream-fair' },
  { project: 'AirisX/nginx_cookie_flag_module' },
  { project: 'wandenberg/nginx-push-stream-module' },
  { project: 'slact/nchan' },
  {
    project: 'kaltura/nginx-vod-module',
    // Its table takes in files of further rows.
    pattern: /ngx_string\(\s*"(vod_\w+)"\s*\)\s*,\s*NGX_HTTP_/g,
  },
  { project: 'opentracing-contrib/nginx-opentracing' },
  {
    project: 'apache/incubator-pagespeed-ngx',
    documented: 'pagespeed',
  },
  {
    project: 'phusion/passenger',
    under: ['src/ruby_supportlib/phusion_passenger/nginx/config_options.rb'],
    pattern: /:name\s*=>\s*'(\w+)'/g,
    documented: 'passenger_enabled passenger_root passenger_ruby passenger_base_uri',
  },
  { project: 'nginx/njs', under: ['nginx'] },
  { project: 'alibaba/tengine', under: ['modules', 'src'] },
  { project: 'webserver-llc/angie', under: ['src'] },
];
