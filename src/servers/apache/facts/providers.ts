import { wordTable } from '../../../text/word-table.ts';

/**
 * Names that modules register for others to use: `Require ip`, `AuthBasicProvider file`, `SetOutputFilter DEFLATE`. Source: the calls of
 * `ap_register_auth_provider`, `ap_register_provider` and `ap_register_output_filter` in httpd 2.4.x; the manuals of other modules.
 */
export type ProviderKind = 'authorization' | 'authentication' | 'filter' | 'cache';

/** By kind, module by module: the names that it registers. */
const own: Readonly<Record<ProviderKind, Readonly<Record<string, string>>>> = {
  authorization: {
    mod_authnz_ldap: 'ldap-user ldap-group ldap-dn ldap-attribute ldap-filter ldap-search',
    mod_authz_core: 'all env method expr',
    mod_authz_dbd: 'dbd-group dbd-login dbd-logout',
    mod_authz_dbm: 'dbm-group dbm-file-group',
    mod_authz_groupfile: 'group file-group',
    mod_authz_host: 'ip host forward-dns local',
    mod_authz_owner: 'file-owner',
    mod_authz_user: 'user valid-user',
    mod_ssl: 'ssl ssl-verify-client',
  },
  authentication: {
    mod_authn_anon: 'anon',
    mod_authn_dbd: 'dbd',
    mod_authn_dbm: 'dbm',
    mod_authn_file: 'file',
    mod_authn_socache: 'socache',
    mod_authnz_ldap: 'ldap',
  },
  filter: {
    core: 'CONTENT_LENGTH CORE SUBREQ_CORE OLD_WRITE',
    mod_brotli: 'BROTLI_COMPRESS',
    mod_buffer: 'BUFFER',
    mod_cache: 'CACHE CACHE_SAVE CACHE_SAVE_SUBREQ CACHE_OUT CACHE_OUT_SUBREQ CACHE_REMOVE_URL CACHE_INVALIDATE',
    mod_charset_lite: 'XLATEOUT',
    mod_data: 'DATA',
    mod_deflate: 'DEFLATE INFLATE',
    mod_dumpio: 'DUMPIO_OUT',
    mod_expires: 'MOD_EXPIRES',
    mod_headers: 'FIXUP_HEADERS_OUT FIXUP_HEADERS_ERR',
    mod_http: 'HTTP_HEADER CHUNK HTTP_OUTERROR BYTERANGE',
    mod_include: 'INCLUDES',
    mod_proxy_ftp: 'PROXY_SEND_DIR',
    mod_proxy_html: 'proxy-html',
    mod_ratelimit: 'RATE_LIMIT',
    mod_reflector: 'REFLECTOR',
    mod_reqtimeout: 'reqtimeout',
    mod_sed: 'SED',
    mod_session: 'MOD_SESSION_OUT',
    mod_substitute: 'SUBSTITUTE',
    mod_xml2enc: 'xml2enc',
  },
  cache: {
    mod_socache_dbm: 'dbm',
    mod_socache_dc: 'dc',
    mod_socache_memcache: 'memcache',
    mod_socache_redis: 'redis',
    mod_socache_shmcb: 'shmcb default',
  },
};

/** The first words of directives that define a provider by name, and where the name stands among their arguments. */
export const providerDefinitions: Readonly<Record<string, { readonly kind: ProviderKind; readonly at: number }>> =
  wordTable({
    authnprovideralias: { kind: 'authentication', at: 1 },
    authzprovideralias: { kind: 'authorization', at: 1 },
    extfilterdefine: { kind: 'filter', at: 0 },
    luaauthzprovider: { kind: 'authorization', at: 0 },
    luaoutputfilter: { kind: 'filter', at: 0 },
  });

const modulesByName = new Map<ProviderKind, ReadonlyMap<string, string>>();

/** Names of filters are compared without case. */
function comparable(kind: ProviderKind, name: string): string {
  return kind === 'filter' ? name.toLowerCase() : name;
}

function modulesOf(kind: ProviderKind): ReadonlyMap<string, string> {
  const known = modulesByName.get(kind);
  if (known) return known;
  const rows = Object.entries(own[kind]).flatMap(([module, names]) =>
    names.split(' ').map((name) => [comparable(kind, name), module] as const),
  );
  const map = new Map(rows);
  modulesByName.set(kind, map);
  return map;
}

/** The module of httpd that registers the name; undefined for names of other modules and for those that nobody knows. */
export function moduleOfProvider(kind: ProviderKind, name: string): string | undefined {
  return modulesOf(kind).get(comparable(kind, name));
}

/** The names that httpd's own modules register. */
export function providerNames(kind: ProviderKind): string[] {
  return Object.values(own[kind]).flatMap((names) => names.split(' '));
}
