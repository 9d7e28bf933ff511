/**
 * How each directive of nginx acts on what `trace` tells of a request. What stands in no list (many directives of modules outside the nginx
 * source) acts anywhere on the way.
 */
import { wordsOf } from '../../../text/words.ts';

/**
 * Where a directive that is not traced would act: `request`: anywhere on the way; `access`: before the content; `content`: it makes the answer;
 * `file`: where a file is served; `proxy`: where a backend is asked; `headers`: on response headers alone.
 */
export type Stage = 'request' | 'access' | 'content' | 'file' | 'proxy' | 'headers';

export type Influence = 'traced' | 'none' | Stage;

/** Followed by the tracer. */
const traced = `
  dav_ext_methods proxy_connect
  absolute_redirect add_header add_header_inherit alias allow auth_basic auth_basic_user_file auth_request autoindex break
  client_max_body_size dav_methods deny disable_symlinks empty_gif error_page fastcgi_pass geo grpc_pass gzip_static if
  ignore_invalid_headers include index internal large_client_header_buffers limit_except listen location map memcached_pass
  merge_slashes port_in_redirect proxy_cache proxy_cache_convert_head proxy_cache_methods proxy_http_version proxy_method
  proxy_pass proxy_pass_request_headers proxy_set_header real_ip_header real_ip_recursive recursive_error_pages return rewrite
  root satisfy scgi_pass server server_name server_name_in_redirect set set_real_ip_from split_clients ssl ssl_reject_handshake
  ssl_verify_client stub_status try_files tunnel_pass underscores_in_headers upstream uwsgi_pass
`;

/**
 * Without influence on what is told: logs, limits of load and time, caches and buffers, the content's form, the connection to the backend.
 * Those that only define variables are here too: their variables are not known when they are asked for.
 */
const none = `
  access_log add_after_body add_before_body add_trailer add_trailer_inherit addition_types aio aio_write ancient_browser
  ancient_browser_value auth_delay auth_jwt_claim_set auth_jwt_header_set auth_jwt_key_cache auth_jwt_key_file
  auth_jwt_key_request auth_jwt_leeway auth_jwt_type auth_request_set autoindex_exact_size autoindex_format autoindex_localtime
  charset charset_map charset_types chunked_transfer_encoding client_body_buffer_size client_body_early_read
  client_body_in_file_only client_body_in_single_buffer client_body_temp_path client_body_timeout client_header_buffer_size
  client_header_timeout connection_pool_size create_full_put_path dav_access default_type degradation directio
  directio_alignment early_hints error_log error_log_tag etag f4f_buffer_size fastcgi_bind fastcgi_bind_dynamic
  fastcgi_buffer_size fastcgi_buffering fastcgi_buffers fastcgi_busy_buffers_size fastcgi_cache fastcgi_cache_background_update
  fastcgi_cache_bypass fastcgi_cache_key fastcgi_cache_lock fastcgi_cache_lock_age fastcgi_cache_lock_timeout
  fastcgi_cache_max_range_offset fastcgi_cache_methods fastcgi_cache_min_uses fastcgi_cache_path fastcgi_cache_revalidate
  fastcgi_cache_use_stale fastcgi_cache_valid fastcgi_catch_stderr fastcgi_connect_timeout fastcgi_force_ranges
  fastcgi_hide_header fastcgi_ignore_client_abort fastcgi_ignore_headers fastcgi_index fastcgi_intercept_errors
  fastcgi_keep_conn fastcgi_limit_rate fastcgi_max_temp_file_size fastcgi_next_upstream fastcgi_next_upstream_timeout
  fastcgi_next_upstream_tries fastcgi_no_cache fastcgi_param fastcgi_pass_header fastcgi_pass_request_body
  fastcgi_pass_request_headers fastcgi_read_timeout fastcgi_request_buffering fastcgi_request_dynamic fastcgi_send_lowat
  fastcgi_send_timeout fastcgi_socket_keepalive fastcgi_socket_rcvbuf fastcgi_socket_sndbuf fastcgi_split_path_info
  fastcgi_store fastcgi_store_access fastcgi_temp_file_write_size fastcgi_temp_path geoip_city geoip_country geoip_org
  geoip_proxy geoip_proxy_recursive grpc_bind grpc_bind_dynamic grpc_buffer_size grpc_connect_timeout grpc_hide_header
  grpc_ignore_headers grpc_intercept_errors grpc_next_upstream grpc_next_upstream_timeout grpc_next_upstream_tries
  grpc_pass_header grpc_read_timeout grpc_request_dynamic grpc_send_timeout grpc_set_header grpc_socket_keepalive
  grpc_socket_rcvbuf grpc_socket_sndbuf grpc_ssl_certificate grpc_ssl_certificate_cache grpc_ssl_certificate_key
  grpc_ssl_ciphers grpc_ssl_conf_command grpc_ssl_crl grpc_ssl_key_log grpc_ssl_name grpc_ssl_password_file grpc_ssl_protocols
  grpc_ssl_server_name grpc_ssl_session_reuse grpc_ssl_trusted_certificate grpc_ssl_verify grpc_ssl_verify_depth gunzip
  gunzip_buffers gzip gzip_buffers gzip_comp_level gzip_disable gzip_hash gzip_http_version gzip_min_length gzip_no_buffer
  gzip_proxied gzip_types gzip_vary gzip_window health_check hls_buffers hls_forward_args hls_fragment hls_mp4_buffer_size
  hls_mp4_max_buffer_size http2 http2_body_preread_size http2_chunk_size http2_idle_timeout http2_max_concurrent_pushes
  http2_max_concurrent_streams http2_max_field_size http2_max_header_size http2_max_requests http2_pool_size http2_push
  http2_push_preload http2_recv_buffer_size http2_recv_timeout http2_streams_index_size http3 http3_hq
  http3_max_concurrent_streams http3_stream_buffer_size if_modified_since image_filter_buffer image_filter_interlace
  image_filter_jpeg_quality image_filter_sharpen image_filter_transparency image_filter_webp_quality keepalive_disable
  keepalive_min_timeout keepalive_requests keepalive_time keepalive_timeout keyval keyval_zone limit_conn limit_conn_dry_run
  limit_conn_log_level limit_conn_status limit_conn_zone limit_rate limit_rate_after limit_req limit_req_dry_run
  limit_req_log_level limit_req_status limit_req_zone limit_zone lingering_close lingering_time lingering_timeout log_format
  log_not_found log_subrequest map_hash_bucket_size map_hash_max_size match max_headers max_ranges memcached_bind
  memcached_bind_dynamic memcached_buffer_size memcached_connect_timeout memcached_gzip_flag memcached_next_upstream
  memcached_next_upstream_timeout memcached_next_upstream_tries memcached_read_timeout memcached_send_timeout
  memcached_socket_keepalive min_delete_depth mirror mirror_request_body modern_browser modern_browser_value mp4_buffer_size
  mp4_limit_rate mp4_limit_rate_after mp4_max_buffer_size mp4_start_key_frame msie_padding msie_refresh num_map oidc_provider
  open_file_cache open_file_cache_errors open_file_cache_events open_file_cache_min_uses open_file_cache_retest
  open_file_cache_valid open_log_file_cache optimize_server_names output_buffers override_charset perl_modules perl_require
  perl_set post_action postpone_gzipping postpone_output proxy_bind proxy_bind_dynamic proxy_buffer_size proxy_buffering
  proxy_buffers proxy_busy_buffers_size proxy_cache_background_update proxy_cache_bypass proxy_cache_key proxy_cache_lock
  proxy_cache_lock_age proxy_cache_lock_timeout proxy_cache_max_range_offset proxy_cache_min_uses proxy_cache_path
  proxy_cache_revalidate proxy_cache_use_stale proxy_cache_valid proxy_connect_timeout proxy_cookie_domain proxy_cookie_flags
  proxy_cookie_path proxy_force_ranges proxy_headers_hash_bucket_size proxy_headers_hash_max_size proxy_hide_header
  proxy_ignore_client_abort proxy_ignore_headers proxy_intercept_errors proxy_limit_rate proxy_max_temp_file_size
  proxy_next_upstream proxy_next_upstream_timeout proxy_next_upstream_tries proxy_no_cache proxy_pass_header
  proxy_pass_request_body proxy_pass_trailers proxy_read_timeout proxy_redirect proxy_request_buffering proxy_request_dynamic
  proxy_send_lowat proxy_send_timeout proxy_set_body proxy_socket_keepalive proxy_socket_rcvbuf proxy_socket_sndbuf
  proxy_ssl_certificate proxy_ssl_certificate_cache proxy_ssl_certificate_key proxy_ssl_ciphers proxy_ssl_conf_command
  proxy_ssl_crl proxy_ssl_key_log proxy_ssl_name proxy_ssl_password_file proxy_ssl_protocols proxy_ssl_server_name
  proxy_ssl_session_reuse proxy_ssl_trusted_certificate proxy_ssl_verify proxy_ssl_verify_depth proxy_store proxy_store_access
  proxy_temp_file_write_size proxy_temp_path quic_active_connection_id_limit quic_gso quic_host_key quic_retry read_ahead
  referer_hash_bucket_size referer_hash_max_size request_pool_size reset_timedout_connection resolver resolver_timeout
  rewrite_log scgi_bind scgi_bind_dynamic scgi_buffer_size scgi_buffering scgi_buffers scgi_busy_buffers_size scgi_cache
  scgi_cache_background_update scgi_cache_bypass scgi_cache_key scgi_cache_lock scgi_cache_lock_age scgi_cache_lock_timeout
  scgi_cache_max_range_offset scgi_cache_methods scgi_cache_min_uses scgi_cache_path scgi_cache_revalidate scgi_cache_use_stale
  scgi_cache_valid scgi_connect_timeout scgi_force_ranges scgi_hide_header scgi_ignore_client_abort scgi_ignore_headers
  scgi_intercept_errors scgi_limit_rate scgi_max_temp_file_size scgi_next_upstream scgi_next_upstream_timeout
  scgi_next_upstream_tries scgi_no_cache scgi_param scgi_pass_header scgi_pass_request_body scgi_pass_request_headers
  scgi_read_timeout scgi_request_buffering scgi_request_dynamic scgi_send_timeout scgi_socket_keepalive scgi_socket_rcvbuf
  scgi_socket_sndbuf scgi_store scgi_store_access scgi_temp_file_write_size scgi_temp_path secure_link secure_link_md5
  secure_link_secret send_lowat send_timeout sendfile sendfile_max_chunk server_names_hash_bucket_size
  server_names_hash_max_size server_tokens session_log session_log_format session_log_zone source_charset spdy_chunk_size
  spdy_headers_comp spdy_keepalive_timeout spdy_max_concurrent_streams spdy_pool_size spdy_recv_buffer_size spdy_recv_timeout
  spdy_streams_index_size ssi ssi_ignore_recycled_buffers ssi_last_modified ssi_min_file_chunk ssi_silent_errors ssi_types
  ssi_value_length ssl_buffer_size ssl_certificate ssl_certificate_cache ssl_certificate_compression ssl_certificate_key
  ssl_ciphers ssl_client_certificate ssl_conf_command ssl_crl ssl_dhparam ssl_early_data ssl_ecdh_curve ssl_ech_file ssl_key_log
  ssl_ocsp ssl_ocsp_cache ssl_ocsp_responder ssl_password_file ssl_prefer_server_ciphers ssl_protocols ssl_session_cache
  ssl_session_ticket_key ssl_session_tickets ssl_session_timeout ssl_stapling ssl_stapling_file ssl_stapling_responder
  ssl_stapling_verify ssl_trusted_certificate ssl_verify_depth status_format status_zone sub_filter sub_filter_last_modified
  sub_filter_once sub_filter_types subrequest_output_buffer_size tcp_nodelay tcp_nopush tunnel_bind tunnel_bind_dynamic
  tunnel_buffer_size tunnel_connect_timeout tunnel_next_upstream tunnel_next_upstream_timeout tunnel_next_upstream_tries
  tunnel_read_timeout tunnel_send_lowat tunnel_send_timeout tunnel_socket_keepalive tunnel_socket_rcvbuf tunnel_socket_sndbuf
  types types_hash_bucket_size types_hash_max_size uninitialized_variable_warn userid_domain userid_expires userid_flags
  userid_mark userid_name userid_p3p userid_path userid_service uwsgi_bind uwsgi_bind_dynamic uwsgi_buffer_size uwsgi_buffering
  uwsgi_buffers uwsgi_busy_buffers_size uwsgi_cache uwsgi_cache_background_update uwsgi_cache_bypass uwsgi_cache_key
  uwsgi_cache_lock uwsgi_cache_lock_age uwsgi_cache_lock_timeout uwsgi_cache_max_range_offset uwsgi_cache_methods
  uwsgi_cache_min_uses uwsgi_cache_path uwsgi_cache_revalidate uwsgi_cache_use_stale uwsgi_cache_valid uwsgi_connect_timeout
  uwsgi_force_ranges uwsgi_hide_header uwsgi_ignore_client_abort uwsgi_ignore_headers uwsgi_intercept_errors uwsgi_limit_rate
  uwsgi_max_temp_file_size uwsgi_modifier1 uwsgi_modifier2 uwsgi_next_upstream uwsgi_next_upstream_timeout
  uwsgi_next_upstream_tries uwsgi_no_cache uwsgi_param uwsgi_pass_header uwsgi_pass_request_body uwsgi_pass_request_headers
  uwsgi_read_timeout uwsgi_request_buffering uwsgi_request_dynamic uwsgi_send_timeout uwsgi_socket_keepalive uwsgi_socket_rcvbuf
  uwsgi_socket_sndbuf uwsgi_ssl_certificate uwsgi_ssl_certificate_cache uwsgi_ssl_certificate_key uwsgi_ssl_ciphers
  uwsgi_ssl_conf_command uwsgi_ssl_crl uwsgi_ssl_key_log uwsgi_ssl_name uwsgi_ssl_password_file uwsgi_ssl_protocols
  uwsgi_ssl_server_name uwsgi_ssl_session_reuse uwsgi_ssl_trusted_certificate uwsgi_ssl_verify uwsgi_ssl_verify_depth
  uwsgi_store uwsgi_store_access uwsgi_string uwsgi_temp_file_write_size uwsgi_temp_path valid_referers
  variables_hash_bucket_size variables_hash_max_size xml_entities xml_external_entities xslt_last_modified xslt_param
  xslt_string_param xslt_types
`;

/** The same of modules outside the nginx source. */
const noneOfOthers = `
  ssl_certificate_by_lua_block ssl_certificate_by_lua_file ssl_session_fetch_by_lua_block ssl_session_fetch_by_lua_file ssl_session_store_by_lua_block ssl_session_store_by_lua_file
  ssl_client_hello_by_lua_block ssl_client_hello_by_lua_file balancer_by_lua_block balancer_by_lua_file
  acme_certificate acme_issuer acme_shared_zone otel_exporter otel_resource_attr otel_service_name otel_span_attr otel_span_name otel_trace
  auth_ldap_servers body_filter_by_lua body_filter_by_lua_block body_filter_by_lua_file brotli brotli_buffers brotli_comp_level
  brotli_min_length brotli_static brotli_types brotli_window exit_worker_by_lua_block exit_worker_by_lua_file geoip2
  geoip2_proxy geoip2_proxy_recursive init_by_lua init_by_lua_block init_by_lua_file init_worker_by_lua init_worker_by_lua_block
  init_worker_by_lua_file js_body_filter js_context_reuse js_context_reuse_max_size js_engine js_fetch_buffer_size
  js_fetch_ciphers js_fetch_keepalive js_fetch_keepalive_requests js_fetch_keepalive_time js_fetch_keepalive_timeout
  js_fetch_max_response_buffer_size js_fetch_protocols js_fetch_proxy js_fetch_timeout js_fetch_trusted_certificate
  js_fetch_verify js_fetch_verify_depth js_import js_path js_periodic js_preload_object js_set js_shared_dict_zone js_var
  log_by_lua log_by_lua_block log_by_lua_file lua_capture_error_log lua_check_client_abort lua_code_cache lua_http10_buffering
  lua_malloc_trim lua_max_pending_timers lua_max_running_timers lua_need_request_body lua_package_cpath lua_package_path
  lua_regex_cache_max_entries lua_regex_match_limit lua_sa_restart lua_shared_dict lua_socket_buffer_size
  lua_socket_connect_timeout lua_socket_keepalive_timeout lua_socket_log_errors lua_socket_pool_size lua_socket_read_timeout
  lua_socket_send_lowat lua_socket_send_timeout lua_ssl_certificate lua_ssl_certificate_key lua_ssl_ciphers lua_ssl_conf_command
  lua_ssl_crl lua_ssl_key_log lua_ssl_protocols lua_ssl_trusted_certificate lua_ssl_verify_depth lua_thread_cache_max_entries
  lua_transform_underscores_in_response_headers lua_use_default_type lua_worker_thread_vm_pool_size modsecurity_rules
  modsecurity_rules_file modsecurity_rules_remote modsecurity_transaction_id passenger_root passenger_ruby ssl_dyn_rec_enable
  ssl_dyn_rec_size_hi ssl_dyn_rec_size_lo ssl_dyn_rec_threshold ssl_dyn_rec_timeout subs_buffers subs_filter subs_filter_bypass
  subs_filter_types subs_line_buffer_size track_uploads upload_progress vhost_traffic_status vhost_traffic_status_average_method
  vhost_traffic_status_bypass_limit vhost_traffic_status_bypass_stats vhost_traffic_status_dump vhost_traffic_status_filter
  vhost_traffic_status_filter_by_host vhost_traffic_status_filter_by_set_key vhost_traffic_status_filter_check_duplicate
  vhost_traffic_status_filter_max_node vhost_traffic_status_histogram_buckets vhost_traffic_status_ignore_status
  vhost_traffic_status_zone zstd zstd_buffers zstd_comp_level zstd_dict_file zstd_min_length zstd_static zstd_types
`;

const undecided: Readonly<Record<Stage, string>> = {
  request: 'degrade internal_redirect modsecurity nchan_authorize_request passenger_enabled',
  access: `access_by_lua access_by_lua_block access_by_lua_file auth_gss auth_jwt auth_jwt_require auth_ldap auth_oidc auth_pam auth_require
    js_access satisfy_any`,
  content: `api content_by_lua content_by_lua_block content_by_lua_file echo echo_exec f4f flv hls js_content mp4 mysql_test perl random_index
    status upstream_conf vhost_traffic_status_display vod check_status nchan_benchmark nchan_group_location
    nchan_publisher nchan_publisher_location nchan_pubsub nchan_pubsub_location nchan_stub_status nchan_subscriber nchan_subscriber_location vod_status rtmp_stat
    rtmp_control redis2_pass memc_pass drizzle_pass upload_pass`,
  file: 'concat fancyindex image_filter xslt_stylesheet',
  proxy: `fastcgi_allow_upstream fastcgi_cache_purge grpc_allow_upstream memcached_allow_upstream opentracing_propagate_context
    otel_trace_context
    proxy_allow_upstream proxy_cache_purge scgi_allow_upstream scgi_cache_purge slice srcache_fetch tunnel_allow_upstream
    uwsgi_allow_upstream uwsgi_cache_purge`,
  headers: `expires header_filter_by_lua header_filter_by_lua_block header_filter_by_lua_file js_header_filter more_clear_headers
    more_set_headers set_cookie_flag userid`,
};

/** Settings of modules outside the nginx source that act only with the directive that switches the module on, which a list names. */
const settingsOfOthers =
  /^(?:auth_(?:gss|ldap|pam)|dav_ext|drizzle|fancyindex|lua|memc|modsecurity|nchan|opentracing|passenger|proxy_connect|redis2|set|srcache|upload|vod)_/;

let table: Map<string, Influence> | undefined;

/** `key`: the name in lower case. */
export function influenceOf(key: string): Influence {
  return (table ??= new Map(lists())).get(key) ?? (settingsOfOthers.test(key) ? 'none' : 'request');
}

/** All names, in the order of the lists. */
export function listedNames(): string[] {
  return lists().map(([name]) => name);
}

function lists(): (readonly [string, Influence])[] {
  const all: [Influence, string][] = [
    ['traced', traced],
    ['none', none],
    ['none', noneOfOthers],
    ...(Object.entries(undecided) as [Stage, string][]),
  ];
  return all.flatMap(([how, names]) => wordsOf(names).map((name) => [name, how] as const));
}
