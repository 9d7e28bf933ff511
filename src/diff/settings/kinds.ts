/** What a change of a setting that no answer shows is about. */
import { wordsOf } from '../../text/words.ts';
import type { Kind } from '../kinds.ts';

/** By server: who may ask, how often, and who is believed. */
const guards: ReadonlySet<string> = new Set(
  wordsOf(`auth_basic_user_file auth_delay auth_request auth_jwt auth_jwt_key_file auth_jwt_key_request auth_jwt_require satisfy
    limit_req limit_req_zone limit_conn limit_conn_zone secure_link secure_link_md5 secure_link_secret disable_symlinks
    ssl_verify_client ssl_verify_depth ssl_client_certificate ssl_trusted_certificate ssl_crl ssl_ocsp
    proxy_ssl_verify proxy_ssl_verify_depth proxy_ssl_trusted_certificate proxy_ssl_crl
    grpc_ssl_verify grpc_ssl_verify_depth grpc_ssl_trusted_certificate uwsgi_ssl_verify uwsgi_ssl_trusted_certificate
    modsecurity modsecurity_rules modsecurity_rules_file client_body_timeout client_header_timeout
    authtype authuserfile authgroupfile authdbmuserfile authdbmgroupfile authldapurl authldapbinddn authbasicprovider authdigestprovider
    authbasicauthoritative authnprovideralias authzprovideralias
    sslverifyclient sslverifydepth sslcacertificatefile sslcacertificatepath sslcarevocationfile sslcarevocationpath sslcarevocationcheck
    sslproxyverify sslproxyverifydepth sslproxycheckpeername sslproxycheckpeercn sslproxycheckpeerexpire sslproxycacertificatefile
    sslproxycacertificatepath sslrequire sslusername secruleengine secrule secaction secrequestbodyaccess secruleremovebyid
    limitrequestfields limitrequestfieldsize limitrequestline requestreadtimeout allowoverride allowoverridelist options
    proxyrequests proxyblock allowconnect`),
);

/** They stand on their own feet: tracers follow them, and yet answers do not show all. */
const halfTraced: ReadonlySet<string> = new Set(
  wordsOf(
    'error_page auth_basic_user_file authtype options limitrequestfields limitrequestfieldsize limitrequestline allowoverride ssl_verify_client sslverifyclient',
  ),
);

/** Whose word is taken for the address of the client. */
const trusting: ReadonlySet<string> = new Set(
  wordsOf(`set_real_ip_from real_ip_header real_ip_recursive remoteipheader remoteiptrustedproxy remoteipinternalproxy
    remoteiptrustedproxylist remoteipinternalproxylist remoteipproxyprotocol`),
);

/** They say nothing to a client, or are told in another way. */
const idle: ReadonlySet<string> = new Set(
  wordsOf(`access_log error_log log_format log_not_found log_subrequest open_log_file_cache rewrite_log include http server location if
    events stream mail types_hash_max_size types_hash_bucket_size server_names_hash_max_size server_names_hash_bucket_size
    variables_hash_max_size variables_hash_bucket_size map_hash_max_size map_hash_bucket_size map geo split_clients upstream match
    user pid daemon master_process worker_processes worker_rlimit_nofile worker_rlimit_core worker_cpu_affinity worker_priority
    worker_shutdown_timeout load_module env thread_pool timer_resolution pcre_jit lock_file debug_points working_directory
    ssl_engine ssl_protocols ssl_ciphers sslprotocol sslciphersuite auth_basic authname status_zone
    customlog errorlog errorlogformat logformat loglevel transferlog globallog forensiclog pidfile serveradmin mutex loadfile
    startservers minspareservers maxspareservers minsparethreads maxsparethreads maxrequestworkers maxclients serverlimit threadlimit
    threadsperchild maxconnectionsperchild maxrequestsperchild scoreboardfile coredumpdirectory user group listenbacklog`),
);

export type SettingKind = Extract<Kind, 'protection' | 'header-trust' | 'setting'>;

/** Undefined: it is not compared. `isTraced`: answers show what it does. */
export function settingKind(key: string, isTraced: boolean): SettingKind | undefined {
  if (trusting.has(key)) return 'header-trust';
  if (idle.has(key) || (isTraced && !halfTraced.has(key))) return undefined;
  return guards.has(key) ? 'protection' : 'setting';
}

export function isIdle(key: string): boolean {
  return idle.has(key);
}

/** Whether answers show a part of what it does, so that what they say goes before. */
export function isHalfTraced(key: string): boolean {
  return halfTraced.has(key);
}

/** Whether it names where requests go. */
export function isTargetKey(key: string): boolean {
  return (
    key.endsWith('_pass') ||
    key === 'proxypass' ||
    key === 'proxypassmatch' ||
    key === 'auth_http' ||
    key === 'balancermember'
  );
}

/** From the strictest to the one that lets all through; what is not named stands where the default does. */
const ranks: readonly (readonly string[])[] = [
  ['on', 'require', 'true'],
  ['detectiononly', 'optional', 'optional_no_ca'],
  ['off', 'none', 'false', ''],
];

const switches =
  /^(?:modsecurity|\w+_ssl_verify|ssl_ocsp|ssl_verify_client|sslverifyclient|sslproxyverify|sslproxycheckpeer\w+|secruleengine)$/;
const presence = /^(?:auth_request|auth_jwt|limit_req|limit_conn|secure_link|secure_link_md5|secure_link_secret)$/;

/** Whether a guard guards less, or no longer. The forms of what is in force; empty for what is not set. */
export function isWeaker(key: string, was: string, is: string): boolean {
  if (key === 'proxyrequests') return rankOf(is) < rankOf(was);
  if (switches.test(key)) return rankOf(is) > rankOf(was);
  return presence.test(key) && !isNothing(was) && isNothing(is);
}

const isNothing = (form: string): boolean => form === '' || form === 'off';

function rankOf(form: string): number {
  const rank = ranks.findIndex((forms) => forms.includes(form));
  return rank === -1 ? 0 : rank;
}
