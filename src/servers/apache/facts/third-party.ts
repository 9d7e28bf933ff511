/**
 * Modules that are not part of httpd, known by the names of their directives alone: such a name is never unknown, and
 * nothing else about it is checked. Source: the documentation of each module.
 */

/** Module, its LoadModule identifier, and what its directives' names (lower case) begin with. */
const byPrefix: readonly (readonly [module: string, identifier: string, ...prefixes: string[]])[] = [
  ['mod_apparmor', 'apparmor_module', 'aahatname', 'aadefaulthatname', 'immhatname', 'immdefaulthatname'],
  ['mod_auth_cas', 'auth_cas_module', 'cas'],
  ['mod_auth_gssapi', 'auth_gssapi_module', 'gssapi'],
  ['mod_auth_kerb', 'auth_kerb_module', 'krb', 'kerberos'],
  ['mod_auth_mellon', 'auth_mellon_module', 'mellon'],
  ['mod_auth_memcookie', 'mod_auth_memcookie_module', 'auth_memcookie_'],
  ['mod_auth_mysql', 'auth_mysql_module', 'authmysql', 'auth_mysql'],
  ['mod_auth_ntlm_winbind', 'auth_ntlm_winbind_module', 'ntlmauth', 'negotiateauth'],
  ['mod_auth_openidc', 'auth_openidc_module', 'oidc', 'oauth'],
  ['mod_auth_pgsql', 'auth_pgsql_module', 'auth_pg_'],
  ['mod_auth_plain', 'auth_plain_module', 'authplain'],
  ['mod_auth_tkt', 'auth_tkt_module', 'tktauth'],
  ['mod_authn_sasl', 'authn_sasl_module', 'authsasl'],
  ['mod_authn_yubikey', 'authn_yubikey_module', 'authyk', 'authyubikey'],
  [
    'mod_authnz_external',
    'authnz_external_module',
    'authexternal',
    'defineexternal',
    'addexternal',
    'groupexternal',
    'setexternal',
  ],
  ['mod_authnz_jwt', 'auth_jwt_module', 'authjwt'],
  ['mod_authnz_pam', 'authnz_pam_module', 'authpam'],
  ['mod_bw', 'bw_module', 'bandwidth', 'forcebandwidth', 'largefilelimit', 'maxconnection', 'minbandwidth'],
  ['mod_cband', 'cband_module', 'cband'],
  ['mod_cloudflare', 'cloudflare_module', 'cloudflare', 'denyallbutcloudflare'],
  ['mod_cosign', 'cosign_module', 'cosign'],
  ['mod_crowdsec', 'crowdsec_module', 'crowdsec'],
  ['mod_datadog', 'datadog_module', 'datadog'],
  ['mod_dav_svn', 'dav_svn_module', 'svn', 'authzsvn'],
  ['mod_dispatcher', 'dispatcher_module', 'dispatcher'],
  ['mod_dnssd', 'dnssd_module', 'dnssd'],
  ['mod_evasive', 'evasive20_module', 'dos'],
  ['mod_fastcgi', 'fastcgi_module', 'fastcgi'],
  ['mod_fcgid', 'fcgid_module', 'fcgid'],
  ['mod_geoip', 'geoip_module', 'geoip'],
  ['mod_gnutls', 'gnutls_module', 'gnutls'],
  ['mod_gridsite', 'gridsite_module', 'gridsite'],
  ['mod_intercept_form_submit', 'intercept_form_submit_module', 'interceptform', 'interceptget'],
  ['mod_ip2location', 'ip2location_module', 'ip2location'],
  ['mod_jk', 'jk_module', 'jk'],
  ['mod_ldap_userdir', 'ldap_userdir_module', 'ldapuserdir'],
  ['mod_limitipconn', 'limitipconn_module', 'maxconnperip', 'noiplimit', 'onlyiplimit'],
  ['mod_lisp', 'lisp_module', 'lispserver'],
  ['mod_log_slow', 'log_slow_module', 'logslow'],
  ['mod_log_sql', 'log_sql_module', 'logsql'],
  ['mod_lookup_identity', 'lookup_identity_module', 'lookup'],
  ['mod_mapcache', 'mapcache_module', 'mapcache'],
  ['mod_maxminddb', 'maxminddb_module', 'maxmind'],
  ['mod_mime_xattr', 'mime_xattr_module', 'xattr'],
  ['mod_mono', 'mono_module', 'mono', 'addmonoapplications'],
  ['mod_musicindex', 'musicindex_module', 'music'],
  ['mod_netcgi_apache', 'netcgi_module', 'netcgi'],
  ['mod_nss', 'nss_module', 'nss'],
  ['mod_pagespeed', 'pagespeed_module', 'modpagespeed', 'pagespeed'],
  ['mod_passenger', 'passenger_module', 'passenger', 'rails', 'rack', 'unionstation'],
  ['mod_perl', 'perl_module', 'perl', 'modperl'],
  ['mod_php', 'php_module', 'php'],
  ['mod_proxy_cluster', 'proxy_cluster_module', 'manager', 'memmanager', 'enablemcpm', 'advertise', 'serveradvertise'],
  ['mod_proxy_protocol', 'proxy_protocol_module', 'proxyprotocol'],
  ['mod_python', 'python_module', 'python'],
  ['mod_qos', 'qos_module', 'qs_'],
  ['mod_rivet', 'rivet_module', 'rivet'],
  ['mod_rpaf', 'rpaf_module', 'rpaf'],
  ['mod_security2', 'security2_module', 'sec', 'modsecurity'],
  ['mod_shib', 'mod_shib', 'shib'],
  ['mod_spamhaus', 'spamhaus_module', 'ms_'],
  ['mod_suphp', 'suphp_module', 'suphp'],
  ['mod_tile', 'tile_module', 'modtile', 'loadtile', 'addtile'],
  ['mod_upload_progress', 'upload_progress_module', 'trackuploads', 'reportuploads', 'uploadprogress'],
  ['mod_uwsgi', 'uwsgi_module', 'uwsgi'],
  ['mod_vhost_ldap', 'vhost_ldap_module', 'vhostldap'],
  ['mod_was_ap24_http', 'was_ap24_module', 'websphere'],
  ['mod_webauth', 'webauth_module', 'webauth', 'webkdc'],
  ['mod_wl_24', 'weblogic_module', 'weblogic', 'wlproxy', 'wlcookie', 'wllog', 'wlio', 'wlsocket', 'wlexclude'],
  ['mod_wsgi', 'wsgi_module', 'wsgi'],
  ['mod_xsendfile', 'xsendfile_module', 'xsendfile'],
];

/** Module, identifier, and names (lower case) that share no prefix. */
const byName: readonly (readonly [module: string, identifier: string, ...names: string[]])[] = [
  ['mod_antiloris', 'antiloris_module', 'ipreadlimit', 'ipwritelimit', 'iptotallimit', 'ipotherlimit', 'localips'],
  ['mod_chroot', 'chroot_module', 'chrootdir'],
  [
    'mod_encoding',
    'encoding_module',
    'encodingengine',
    'setserverencoding',
    'addclientencoding',
    'defaultclientencoding',
    'normalizeusername',
  ],
  // The names before version 2.3.1; it knows them still.
  [
    'mod_fcgid',
    'fcgid_module',
    'addhandlerfcgid',
    'busyscaninterval',
    'busytimeout',
    'defaultinitenv',
    'defaultmaxclassprocesscount',
    'defaultminclassprocesscount',
    'errorscaninterval',
    'fastcgiaccesschecker',
    'fastcgiaccesscheckerauthoritative',
    'fastcgiauthenticator',
    'fastcgiauthenticatorauthoritative',
    'fastcgiauthorizer',
    'fastcgiauthorizerauthoritative',
    'fcgiwrapper',
    'idlescaninterval',
    'idletimeout',
    'ipccommtimeout',
    'ipcconnecttimeout',
    'maxprocesscount',
    'maxrequestinmem',
    'maxrequestlen',
    'maxrequestsperprocess',
    'outputbuffersize',
    'passheader',
    'php_fix_pathinfo_enable',
    'processlifetime',
    'sharemempath',
    'socketpath',
    'spawnscore',
    'spawnscoreuplimit',
    'terminationscore',
    'timescore',
    'zombiescaninterval',
  ],
  ['mod_form', 'form_module', 'formmaxsize', 'formget', 'formpost', 'formdelim'],
  ['mod_removeip', 'removeip_module', 'removeipenable'],
  ['mod_ruid2', 'ruid2_module', 'rmode', 'ruidgid', 'rminuidgid', 'rdefaultuidgid', 'rgroups', 'rdocumentchroot'],
  ['mod_watchcat', 'watchcat_module', 'cattype', 'cattimeout', 'catorder', 'catloghandler', 'catdevice'],
  ['mod_xforward', 'xforward_module', 'xforward'],
  [
    'mpm-itk',
    'mpm_itk_module',
    'assignuserid',
    'assignuseridexpr',
    'assigngroupidexpr',
    'maxclientsvhost',
    'nicevalue',
    'limituidrange',
    'limitgidrange',
    'enablecapabilities',
  ],
];

export interface ThirdPartyModule {
  readonly name: string;
  readonly identifier: string;
}

/** The names by which `LoadModule` knows them. */
export function thirdPartyIdentifiers(): string[] {
  return [...byPrefix, ...byName].map(([, identifier]) => identifier);
}

/** The third-party module that is known to define a directive of this name (lower case). */
export function thirdPartyModuleOf(key: string): ThirdPartyModule | undefined {
  const row =
    byName.find(([, , ...names]) => names.includes(key)) ??
    byPrefix.find(([, , ...prefixes]) => prefixes.some((prefix) => key.startsWith(prefix)));
  return row && { name: row[0], identifier: row[1] };
}
