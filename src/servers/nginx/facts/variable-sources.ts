/**
 * Where the values of nginx's own variables come from and what they can hold. Read from src/http/ngx_http_variables.c,
 * ngx_http_request.c and the modules that add variables, nginx 1.31.4.
 */

/**
 * Who chooses the value. `client`: the request holds it. `backend`: a response of an upstream holds it. `server`: the config, the
 * connection or the clock decides; a client may pick among values but not write them.
 */
export type Control = 'client' | 'backend' | 'server';

/**
 * What a value can hold, each wider than the one before. `fixed`: digits, dates, names out of a set. `visible`: no white space and no
 * control characters. `line`: whatever a header line can hold. `any`: CR and LF too. Captures know two more: `name` holds letters, digits, `_`
 * and `-`; `carriage-return` may hold CR, but no LF.
 */
export type Charset = 'fixed' | 'name' | 'visible' | 'line' | 'carriage-return' | 'any';

export interface BuiltinSource {
  readonly control: Control;
  readonly charset: Charset;
}

const sources: Readonly<Record<`${Control} ${Exclude<Charset, 'name' | 'carriage-return'>}`, string>> = {
  // The path is percent-decoded; basic authentication is base64; a body is what it is.
  'client any':
    'uri document_uri request_filename fastcgi_script_name fastcgi_path_info remote_user request_body ssl_server_name',
  'client line': 'request content_type http_ cookie_ proxy_add_x_forwarded_for uid_got proxy_protocol_tlv_',
  'client visible': 'request_uri args query_string arg_ host http_host request_method secure_link_expires',
  'client fixed': 'content_length slice_range request_port is_request_port',
  'backend any': '',
  'backend line':
    'upstream_http_ upstream_cookie_ upstream_trailer_ sent_http_ sent_trailer_ upstream_cache_last_modified upstream_cache_etag',
  'backend visible': '',
  'backend fixed': 'upstream_status upstream_response_length upstream_bytes_received upstream_bytes_sent',
  'server any': 'binary_remote_addr ssl_client_cert ssl_client_raw_cert',
  'server line': 'ssl_client_s_dn ssl_client_i_dn ssl_client_s_dn_legacy ssl_client_i_dn_legacy geoip_',
  'server visible': 'hostname server_name proxy_host upstream_addr request_body_file ssl_client_escaped_cert',
  'server fixed':
    'is_args scheme https server_port server_addr server_protocol remote_addr remote_port realip_remote_addr realip_remote_port ' +
    'proxy_port proxy_protocol_addr proxy_protocol_port proxy_protocol_server_addr proxy_protocol_server_port request_id request_length ' +
    'request_time request_completion time_iso8601 time_local date_gmt date_local msec pid pipe connection connection_requests ' +
    'connection_time connections_ bytes_sent body_bytes_sent status limit_rate limit_req_status limit_conn_status nginx_version ' +
    'invalid_referer modern_browser ancient_browser msie http2 http3 gzip_ratio secure_link tcpinfo_ uid_set uid_reset upstream_connect_time ' +
    'upstream_header_time upstream_response_time upstream_first_byte_time upstream_queue_time upstream_cache_status ssl_protocol ssl_cipher ' +
    'ssl_ciphers ssl_curve ssl_curves ssl_sigalg ssl_sigalgs ssl_session_id ssl_session_reused ssl_early_data ssl_alpn_protocol ' +
    'ssl_client_verify ssl_client_serial ssl_client_fingerprint ssl_client_sigalg ssl_client_v_start ssl_client_v_end ssl_client_v_remain',
};

const byName = new Map<string, BuiltinSource>();
for (const [kind, names] of Object.entries(sources)) {
  const [control, charset] = kind.split(' ') as [Control, Charset];
  for (const name of names.split(' ')) if (name !== '') byName.set(name, { control, charset });
}
const prefixes = [...byName.keys()].filter((name) => name.endsWith('_'));

/** By name without `$`; undefined for a variable that is not nginx's own, or whose value cannot be told from here. */
export function builtinSource(name: string): BuiltinSource | undefined {
  const exact = byName.get(name);
  if (exact) return exact;
  const prefix = prefixes.find((candidate) => name.startsWith(candidate));
  return prefix === undefined ? undefined : byName.get(prefix);
}
