/**
 * What httpd no longer has, or has under another name: not in the current sources, so kept by hand.
 * Source: docs/manual/upgrading.xml, CHANGES, and the difference of the AP_INIT tables of the tags 2.2.34 and 2.4.62.
 */

/** Name, module, first release without it, what to write instead (empty: nothing takes its place). */
export const removed: readonly (readonly [name: string, module: string, until: string, replacement: string])[] = [
  ['AcceptMutex', 'core', '2.4.0', 'Mutex'],
  ['AuthDefaultAuthoritative', 'mod_authn_default', '2.4.0', ''],
  ['AuthzDBMAuthoritative', 'mod_authz_dbm', '2.4.0', '<RequireAll> and <RequireAny>'],
  ['AuthzDefaultAuthoritative', 'mod_authz_default', '2.4.0', '<RequireAll> and <RequireAny>'],
  ['AuthzGroupFileAuthoritative', 'mod_authz_groupfile', '2.4.0', '<RequireAll> and <RequireAny>'],
  ['AuthzLDAPAuthoritative', 'mod_authnz_ldap', '2.4.0', '<RequireAll> and <RequireAny>'],
  ['AuthzOwnerAuthoritative', 'mod_authz_owner', '2.4.0', '<RequireAll> and <RequireAny>'],
  ['AuthzUserAuthoritative', 'mod_authz_user', '2.4.0', '<RequireAll> and <RequireAny>'],
  ['CookieLog', 'mod_log_config', '2.4.0', 'CustomLog with %{name}C'],
  ['DumpIOLogLevel', 'mod_dumpio', '2.4.0', 'LogLevel dumpio:trace7'],
  ['H2AltSvc', 'mod_http2', '2.4.55', 'Header set Alt-Svc'],
  ['H2AltSvcMaxAge', 'mod_http2', '2.4.55', 'Header set Alt-Svc'],
  ['LockFile', 'core', '2.4.0', 'Mutex'],
  ['MaxRequestsPerThread', 'beos', '2.4.0', 'MaxConnectionsPerChild'],
  ['MCacheMaxObjectCount', 'mod_mem_cache', '2.4.0', 'mod_cache_socache'],
  ['MCacheMaxObjectSize', 'mod_mem_cache', '2.4.0', 'CacheSocacheMaxSize'],
  ['MCacheMaxStreamingBuffer', 'mod_mem_cache', '2.4.0', 'mod_cache_socache'],
  ['MCacheMinObjectSize', 'mod_mem_cache', '2.4.0', 'mod_cache_socache'],
  ['MCacheRemovalAlgorithm', 'mod_mem_cache', '2.4.0', 'mod_cache_socache'],
  ['MCacheSize', 'mod_mem_cache', '2.4.0', 'mod_cache_socache'],
  ['RewriteLock', 'mod_rewrite', '2.4.0', 'Mutex'],
  ['RewriteLog', 'mod_rewrite', '2.4.0', 'LogLevel rewrite:trace3'],
  ['RewriteLogLevel', 'mod_rewrite', '2.4.0', 'LogLevel rewrite:trace3'],
  ['SSLMutex', 'mod_ssl', '2.4.0', 'Mutex'],
  ['SSLPKCS7CertificateFile', 'mod_ssl', '2.4.8', 'SSLCertificateFile'],
  ['Win32DisableAcceptEx', 'mpm_winnt', '2.4.0', 'AcceptFilter'],
];

/** Still accepted, but obsolete: name, since which release, what to write instead (empty: nothing, delete it). */
export const deprecated: readonly (readonly [name: string, since: string, replacement: string])[] = [
  ['Allow', '2.4.0', 'Require'],
  ['DefaultType', '2.4.0', 'ForceType'],
  ['Deny', '2.4.0', 'Require'],
  ['MaxClients', '2.4.0', 'MaxRequestWorkers'],
  ['MaxRequestsPerChild', '2.4.0', 'MaxConnectionsPerChild'],
  ['MDDriveMode', '2.4.42', 'MDRenewMode'],
  ['NameVirtualHost', '2.4.0', ''],
  ['Order', '2.4.0', 'Require'],
  ['Satisfy', '2.4.0', '<RequireAll> or <RequireAny>'],
  ['SSLCertificateChainFile', '2.4.8', 'SSLCertificateFile'],
  ['SSLRequire', '2.4.0', 'Require expr'],
];

/** Whether the replacement of an obsolete directive is only another name: the arguments stay as they are. */
export function isRename(name: string): boolean {
  return name === 'MaxClients' || name === 'MaxRequestsPerChild' || name === 'MDDriveMode';
}
