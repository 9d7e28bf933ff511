/** Directives of modules that are not part of httpd, as the documentation of each module names them. */
import { describe, expect, test } from 'vitest';

import { thirdPartyModuleOf } from '../../../src/servers/apache/facts/third-party.ts';

/** By module and the name that LoadModule knows it by. */
const directives: Readonly<Record<string, string>> = {
  'mod_auth_cas auth_cas_module': 'CASLoginURL CASCookiePath',
  'mod_auth_gssapi auth_gssapi_module': 'GssapiCredStore',
  'mod_auth_kerb auth_kerb_module': 'KrbAuthRealms KerberosAuthEnable',
  'mod_auth_mellon auth_mellon_module': 'MellonEnable',
  'mod_auth_mysql auth_mysql_module': 'AuthMySQLHost Auth_MySQL_Host',
  'mod_auth_ntlm_winbind auth_ntlm_winbind_module': 'NTLMAuth NegotiateAuth NTLMAuthHelper',
  'mod_auth_openidc auth_openidc_module': 'OIDCProviderMetadataURL OAuthTokenEndpoint',
  'mod_auth_pgsql auth_pgsql_module': 'Auth_PG_host',
  'mod_auth_tkt auth_tkt_module': 'TKTAuthSecret',
  'mod_authn_yubikey authn_yubikey_module': 'AuthYkTimeout AuthYubiKeyApiKey',
  'mod_authnz_external authnz_external_module':
    'AuthExternal DefineExternalAuth AddExternalAuth GroupExternal GroupExternalAuthoritative',
  'mod_authnz_jwt auth_jwt_module': 'AuthJWTSignatureAlgorithm',
  'mod_authnz_pam authnz_pam_module': 'AuthPAMService',
  'mod_bw bw_module': 'BandWidth BandWidthModule ForceBandWidthModule LargeFileLimit MaxConnection MinBandWidth',
  'mod_cband cband_module': 'CBandLimit',
  'mod_cloudflare cloudflare_module': 'CloudFlareRemoteIPHeader DenyAllButCloudFlare',
  'mod_dav_svn dav_svn_module': 'SVNParentPath AuthzSVNAccessFile',
  'mod_evasive evasive20_module': 'DOSPageCount',
  'mod_fastcgi fastcgi_module': 'FastCgiServer FastCgiExternalServer',
  'mod_fcgid fcgid_module':
    'FcgidBusyTimeout AddHandlerFcgid BusyScanInterval BusyTimeout DefaultInitEnv DefaultMaxClassProcessCount DefaultMinClassProcessCount ErrorScanInterval FastCgiAccessChecker FastCgiAccessCheckerAuthoritative FastCgiAuthenticator FastCgiAuthenticatorAuthoritative FastCgiAuthorizer FastCgiAuthorizerAuthoritative FCGIWrapper IdleScanInterval IdleTimeout IPCCommTimeout IPCConnectTimeout MaxProcessCount MaxRequestInMem MaxRequestLen MaxRequestsPerProcess OutputBufferSize PassHeader PHP_Fix_Pathinfo_Enable ProcessLifeTime SharememPath SocketPath SpawnScore SpawnScoreUpLimit TerminationScore TimeScore ZombieScanInterval',
  'mod_geoip geoip_module': 'GeoIPEnable',
  'mod_gnutls gnutls_module': 'GnuTLSEnable',
  'mod_intercept_form_submit intercept_form_submit_module':
    'InterceptFormLogin InterceptFormPAMService InterceptGETOnSuccess',
  'mod_ip2location ip2location_module': 'IP2LocationEnable',
  'mod_jk jk_module': 'JkMount JkWorkersFile',
  'mod_limitipconn limitipconn_module': 'MaxConnPerIP NoIPLimit OnlyIPLimit',
  'mod_log_sql log_sql_module': 'LogSQLDatabase',
  'mod_lookup_identity lookup_identity_module': 'LookupUserAttr',
  'mod_maxminddb maxminddb_module': 'MaxMindDBEnable',
  'mod_mono mono_module': 'MonoServerPath AddMonoApplications',
  'mod_musicindex musicindex_module': 'MusicIndex',
  'mod_nss nss_module': 'NSSEngine',
  'mod_pagespeed pagespeed_module': 'ModPagespeed ModPagespeedDomain PagespeedRewriteLevel',
  'mod_passenger passenger_module': 'PassengerRoot RailsEnv RackBaseURI UnionStationKey',
  'mod_perl perl_module': 'PerlResponseHandler ModPerlTestSomething',
  'mod_php php_module': 'php_admin_value PHPIniDir',
  'mod_proxy_cluster proxy_cluster_module':
    'ManagerBalancerName MemManagerFile EnableMCPMReceive AdvertiseFrequency ServerAdvertise',
  'mod_proxy_protocol proxy_protocol_module': 'ProxyProtocol',
  'mod_python python_module': 'PythonHandler',
  'mod_qos qos_module': 'QS_SrvMaxConn',
  'mod_rivet rivet_module': 'RivetServerConf',
  'mod_rpaf rpaf_module': 'RPAF_Enable RPAFenable',
  'mod_security2 security2_module': 'SecRuleEngine SecRule ModSecurityEnabled',
  'mod_shib mod_shib': 'ShibRequestSetting ShibCompatWith24',
  'mod_spamhaus spamhaus_module': 'MS_METHODS',
  'mod_suphp suphp_module': 'suPHP_Engine',
  'mod_tile tile_module': 'ModTileTileDir LoadTileConfigFile AddTileConfig',
  'mod_upload_progress upload_progress_module': 'TrackUploads ReportUploads UploadProgressSharedMemorySize',
  'mod_webauth webauth_module': 'WebAuthKeyring WebKdcServiceTokenLifetime',
  'mod_wl_24 weblogic_module':
    'WebLogicHost WLProxySSL WLCookieName WLLogFile WLIOTimeoutSecs WLSocketTimeoutSecs WLExcludePathOrMimeType',
  'mod_was_ap24_http was_ap24_module': 'WebSpherePluginConfig',
  'mod_uwsgi uwsgi_module': 'uWSGISocket',
  'mod_wsgi wsgi_module': 'WSGIScriptAlias',
  'mod_xsendfile xsendfile_module': 'XSendFile XSendFilePath',
  'mod_antiloris antiloris_module': 'IPReadLimit IPWriteLimit IPTotalLimit IPOtherLimit LocalIPs',
  'mod_chroot chroot_module': 'ChrootDir',
  'mod_ruid2 ruid2_module': 'RMode RUidGid RMinUidGid RDefaultUidGid RGroups RDocumentChRoot',
  'mpm-itk mpm_itk_module':
    'AssignUserID AssignUserIDExpr AssignGroupIDExpr MaxClientsVHost NiceValue LimitUIDRange LimitGIDRange EnableCapabilities',
};

describe.each(Object.entries(directives))('%s', (module, names) => {
  const [name, identifier] = module.split(' ');
  test.each(names.split(' '))('%s', (directive) => {
    expect(thirdPartyModuleOf(directive.toLowerCase())).toEqual({ name, identifier });
  });
});

test('what belongs to no known module is of none', () => {
  for (const name of ['proxypas', 'servernam', 'sslengin', 'x']) expect(thirdPartyModuleOf(name)).toBeUndefined();
});
