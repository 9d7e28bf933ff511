/**
 * Each condition of an advisory holds where the config does what it is about, at the directive behind the `§`, and not beside it. What the
 * advisories say is read from their texts; that each condition is in use is tested in `advisories.test.ts`.
 */
import { describe, expect, test } from 'vitest';

import { apacheConditions } from '../../src/rules/versions/_conditions/apache.ts';
import { Found, type Conditions } from '../../src/rules/versions/_conditions/found.ts';
import { nginxConditions } from '../../src/rules/versions/_conditions/nginx.ts';
import { sslhConditions } from '../../src/rules/versions/_conditions/sslh.ts';
import { loadParser, lower } from '../../src/servers/index.ts';
import { configOf } from '../../src/servers/config.ts';
import type { Dialect } from '../../src/syntax/tree.ts';
import { walk } from '../../src/syntax/walk.ts';
import { SourceFile } from '../../src/text/source.ts';

interface Examples {
  readonly holds: readonly string[];
  readonly fails: readonly string[];
}

const tlsHosts = (second: string): string =>
  `http { server { listen 443 ssl; server_name a; §ssl_verify_client on; }
   server { listen 443 ssl; server_name b; ${second} } }`;
const withMap = (entry: string, use: string): string => `http { map $uri $m { ${entry} } ${use} }`;

const nginx: Readonly<Record<string, Examples>> = {
  http2: {
    holds: ['server { §listen 443 ssl http2; }', 'server { listen 443 ssl; §http2 on; }'],
    fails: ['server { listen 443 ssl; http2 off; }', 'server { listen 443 ssl; }'],
  },
  http3: { holds: ['server { §listen 443 quic; }'], fails: ['server { listen 443 ssl; }'] },
  spdy: { holds: ['server { §listen 443 ssl spdy; }'], fails: ['server { listen 443 ssl; }'] },
  mp4: { holds: ['location /v { §mp4; }'], fails: ['location /v { flv; }'] },
  resolver: { holds: ['§resolver 127.0.0.1;'], fails: ['resolver_timeout 5s;'] },
  'charset-map': { holds: ['http { §charset_map koi8-r utf-8 { } }'], fails: ['http { charset utf-8; }'] },
  'scgi-uwsgi': {
    holds: ['location / { §scgi_pass a:1; }', 'location / { §uwsgi_pass a:1; }'],
    fails: ['location / { fastcgi_pass a:1; }'],
  },
  mail: { holds: ['§mail { }'], fails: ['http { }'] },
  ssi: {
    holds: ['location / { proxy_pass http://a; §ssi on; }'],
    fails: ['location / { proxy_pass http://a; ssi off; }', 'location / { root /a; ssi on; }'],
  },
  cache: {
    holds: ['http { §proxy_cache_path /c keys_zone=c:1m; }', 'http { §fastcgi_cache_path /c keys_zone=c:1m; }'],
    fails: ['http { proxy_temp_path /c; }'],
  },
  proxy: {
    holds: ['stream { server { proxy_pass a:1; } } http { server { location / { §proxy_pass http://a; } } }'],
    fails: ['stream { server { proxy_pass a:1; } }'],
  },
  'stream-preread': {
    holds: ['stream { server { §ssl_preread on; } }'],
    fails: ['stream { server { ssl_preread off; } }'],
  },
  'stream-ocsp': {
    holds: ['http { ssl_ocsp on; } stream { server { §ssl_ocsp leaf; } }'],
    fails: ['http { ssl_ocsp on; }', 'stream { server { ssl_ocsp off; } }'],
  },
  'ocsp-resolver': {
    holds: ['http { resolver 127.0.0.1; §ssl_ocsp on; }'],
    fails: ['http { resolver 127.0.0.1; ssl_ocsp off; }', 'http { ssl_ocsp on; }'],
  },
  'smtp-auth-none': {
    holds: ['mail { §smtp_auth login none; }'],
    fails: ['mail { smtp_auth login plain; }', 'mail { imap_auth plain; }'],
  },
  'mail-starttls': {
    holds: ['mail { §starttls on; }', 'mail { §starttls only; }'],
    fails: ['mail { starttls off; }'],
  },
  'mail-auth-retry': {
    holds: [
      'mail { §smtp_auth plain cram-md5; }',
      'mail { §pop3_auth apop; }',
      'mail { smtp_auth plain; §imap_auth cram-md5; }',
    ],
    fails: ['mail { smtp_auth plain login; }'],
  },
  'mail-smtp-resolver': {
    holds: [
      'http { resolver 127.0.0.1; } mail { auth_http a; §resolver 127.0.0.1; }',
      'mail { xclient on; §resolver 127.0.0.1; }',
    ],
    fails: ['mail { resolver 127.0.0.1; }', 'http { resolver 127.0.0.1; } mail { auth_http a; }'],
  },
  'upstream-http2-body': {
    holds: ['location / { proxy_http_version 2; §proxy_set_body $x; }'],
    fails: ['location / { proxy_http_version 1.1; proxy_set_body $x; }', 'location / { proxy_http_version 2; }'],
  },
  'upstream-tls': {
    holds: [
      'location / { §proxy_pass https://a; }',
      'location / { §grpc_pass grpcs://a; }',
      'location / { §uwsgi_pass suwsgi://a; }',
      'stream { server { §proxy_ssl on; } }',
    ],
    fails: ['location / { proxy_pass http://a; }', 'stream { server { proxy_ssl off; } }'],
  },
  'invalid-headers-upstream': {
    holds: [
      'http { large_client_header_buffers 4 64k; §ignore_invalid_headers off; server { location / { grpc_pass a:1; } } }',
      'http { large_client_header_buffers 4 64k; §ignore_invalid_headers off; proxy_http_version 2; }',
    ],
    fails: [
      'http { large_client_header_buffers 4 64k; ignore_invalid_headers off; proxy_http_version 1.1; }',
      'http { large_client_header_buffers 4 64k; ignore_invalid_headers on; proxy_http_version 2; }',
      'http { ignore_invalid_headers off; proxy_http_version 2; }',
    ],
  },
  'http2-raised-limits': {
    holds: ['http { http2 on; §keepalive_requests 10001; }', 'http { http2 on; §http2_max_concurrent_streams 1001; }'],
    fails: [
      'http { http2 on; keepalive_requests 10000; http2_max_concurrent_streams 1000; }',
      'http { http2 off; keepalive_requests 10001; }',
    ],
  },
  'shared-tls-session': {
    holds: ['http { server { §ssl_session_cache shared:a:1m; } server { } }'],
    fails: [
      'http { server { ssl_session_cache shared:a:1m; } }',
      'http { upstream u { server a; server b; } server { ssl_session_cache shared:a:1m; } }',
      'http { server { ssl_session_cache builtin; } server { } }',
    ],
  },
  'client-certificate-hosts': {
    holds: [tlsHosts(''), tlsHosts('ssl_verify_client off;')],
    fails: [
      tlsHosts('ssl_verify_client optional;'),
      'http { server { listen 443 ssl; ssl_verify_client on; } }',
      'http { server { listen 80; server_name a; ssl_verify_client on; } server { listen 80; server_name b; } }',
    ],
  },
  'dav-copy-alias': {
    holds: [
      'location /a { dav_methods PUT COPY; §alias /b; }',
      'server { dav_methods MOVE; location /a { §alias /b; } }',
      'location /a { dav_methods off; dav_methods copy; §alias /b; }',
    ],
    fails: [
      'location /a { dav_methods PUT DELETE; alias /b; }',
      'location /a { dav_methods COPY; root /b; }',
      'server { dav_methods COPY; location /a { dav_methods off; alias /b; } }',
      'location /a { alias /b; }',
    ],
  },
  'rewrite-alias': {
    holds: ['location /a { rewrite ^/a/(.*)$ /a/$1 break; §alias /b; }'],
    fails: [
      'location /a { rewrite ^/a/(.*)$ /a/$1 last; alias /b; }',
      'location /a { rewrite ^/a/(.*)$ /a/$1 break; } location /b { alias /b; }',
    ],
  },
  'try-files-alias': {
    holds: ['location /a { try_files $uri =404; §alias /b; }'],
    fails: ['location /a { alias /b; }', 'location /a { try_files $uri =404; root /b; }'],
  },
  'slice-capture': {
    holds: [
      'location ~ /(a) { §slice 1m; proxy_cache_key $1; }',
      'location ~ /(a) { §proxy_cache_background_update on; proxy_pass http://a/${1}; }',
    ],
    fails: [
      'location ~ /(a) { slice 0; proxy_cache_key $1; }',
      'location ~ /(a) { proxy_cache_background_update off; proxy_pass http://a/$1; }',
      'location ~ /(a) { slice 1m; proxy_cache_key $uri; }',
    ],
  },
  'map-capture': {
    holds: [
      withMap('~^/(.)$ $1;', 'location ~ ^/(.*)$ { §return 301 /$1$m; }'),
      withMap('~^/(?<x>.)$ $x;', 'location ~ ^/(.*)$ { §add_header X ${1}${m}; }'),
      withMap('~^/a 1; volatile;', 'location / { §set $x $m; }'),
      withMap('~^/(.)$ $1;', 'location ~ ^/(.*)$ { proxy_set_header A $1; §proxy_set_header B $m; }'),
    ],
    fails: [
      withMap('~^/(.)$ $1;', 'location ~ ^/(.*)$ { return 301 /$m$1; }'),
      withMap('~^/(?:a|b)$ 1;', 'location ~ ^/(.*)$ { return 301 /$1$m; }'),
      withMap('/a 1; volatile;', 'location / { set $x $m; }'),
      withMap('~^/(.)$ $1;', 'location ~ ^/(.*)$ { proxy_set_header B $m; proxy_set_header A $1; }'),
      withMap('~^/(.)$ $1;', 'location ~ ^/(.*)$ { add_header A $1; add_header B $m; }'),
      withMap('~^/(.)$ $1;', 'location ~ ^/(.*)$ { return 301 /$1; }'),
    ],
  },
};

const h2 = 'Protocols h2 http/1.1\n';
const proxied = (url: string): Examples['holds'] => [
  `§ProxyPass /a ${url}`,
  `§RewriteRule ^/a(.*)$ ${url}$1 [P]`,
  `<Location /a>\n§SetHandler "proxy:unix:/run/a.sock|${url}"\n</Location>`,
];
const directory = (lines: string): string => `<Directory />\n${lines}\n</Directory>\n`;
const location = (lines: string): string => `<Location /a>\n${lines}\n</Location>\n`;

const apache: Readonly<Record<string, Examples>> = {
  http2: { holds: ['§Protocols H2 http/1.1', '§Protocols h2c'], fails: ['Protocols http/1.1'] },
  'http2-cleartext': {
    holds: ['§Protocols h2c http/1.1', `${h2}§H2Upgrade on`],
    fails: [h2, `${h2}H2Upgrade off`, 'H2Upgrade on'],
  },
  'http2-push': { holds: [`§${h2}`, `§${h2}H2Push on`], fails: [`${h2}H2Push off`, 'H2Push on'] },
  'http2-websockets': {
    holds: [`${h2}§H2WebSockets on`],
    fails: [`${h2}H2WebSockets off`, 'H2WebSockets on'],
  },
  'http2-debug': {
    holds: [`${h2}§LogLevel warn http2:debug`, `${h2}§LogLevel http2:trace3`],
    fails: [`${h2}LogLevel http2:info`, 'LogLevel http2:debug'],
  },
  'http2-proxy': { holds: [`${h2}§ProxyPass /a http://b`], fails: ['ProxyPass /a http://b', h2] },
  'http2-backend': {
    holds: ['ProxyPreserveHost on\n§ProxyPass /a h2://b', 'ProxyPreserveHost on\n§ProxyPass /a h2c://b'],
    fails: ['ProxyPreserveHost off\nProxyPass /a h2://b', 'ProxyPreserveHost on\nProxyPass /a http://b'],
  },
  proxy: {
    holds: [...proxied('http://b'), '§ProxyPass /a balancer://b'],
    fails: ['ProxyPass /a ftp://b', 'ProxyPass /a !'],
  },
  'proxy-websocket': { holds: [...proxied('ws://b'), '§ProxyPass /a wss://b'], fails: proxied('http://b') },
  'proxy-uwsgi': { holds: proxied('uwsgi://b'), fails: proxied('http://b') },
  'proxy-ajp': { holds: proxied('ajp://b'), fails: proxied('http://b') },
  'proxy-ftp': {
    holds: ['§ProxyPass /a ftp://b'],
    fails: ['ProxyPass /a http://b', 'RewriteRule ^/a ftp://b [R]'],
  },
  'proxy-by-handler': {
    holds: [location('§SetHandler "proxy:fcgi://b"')],
    fails: [location('SetHandler server-status')],
  },
  'proxy-captured-path': {
    holds: ['§RewriteRule ^/a(.*)$ http://b$1 [P]', '§ProxyPassMatch ^/a(.*)$ http://b$1'],
    fails: ['RewriteRule ^/a(.*)$ http://b$1 [R]', 'RewriteRule ^/a http://b/ [P]', 'ProxyPassMatch ^/a http://b'],
  },
  'remoteip-rewrite-proxy': {
    holds: ['RemoteIPHeader X-A\n§RewriteRule ^/a http://b/ [L,proxy]'],
    fails: ['RemoteIPHeader X-A\nRewriteRule ^/a /b [L]', 'RewriteRule ^/a http://b/ [P]'],
  },
  'forward-proxy': { holds: ['§ProxyRequests on'], fails: ['ProxyRequests off'] },
  'proxy-protocol': { holds: ['§RemoteIPProxyProtocol on'], fails: ['RemoteIPProxyProtocol off'] },
  'proxy-html': { holds: ['§ProxyHTMLEnable on'], fails: ['ProxyHTMLEnable off'] },
  'reverse-cookies': {
    holds: ['§ProxyPassReverseCookieDomain a b', '§ProxyPassReverseCookiePath / /a'],
    fails: ['ProxyPassReverse /a http://b'],
  },
  'rewrite-captures': {
    holds: ['§RewriteRule ^/a(.*)$ /b$1'],
    fails: ['RewriteRule ^/a /b', 'RewriteRule ^/a(.*)$ /b', 'RewriteRule ^/a(.*)$ http://b$1 [P]'],
  },
  'rewrite-leading-capture': {
    holds: ['§RewriteRule ^/(.*)$ $1', '<VirtualHost *:80>\n§RewriteRule ^/(.*)$ %1\n</VirtualHost>'],
    fails: [
      'RewriteRule ^/(.*)$ /a/$1',
      'RewriteRule ^/(.*)$ $1 [R=301]',
      'RewriteRule ^/(.*)$ $1 [P]',
      directory('RewriteRule ^(.*)$ $1'),
    ],
  },
  'rewrite-self': {
    holds: [
      '§RewriteRule ^(.*)$ $1 [R]',
      '§RewriteRule ^(.*)$ /%{REQUEST_URI} [R=302,L]',
      '§RewriteRule ^(.*)$ /%1 [R]',
    ],
    fails: ['RewriteRule ^(.*)$ $1', 'RewriteRule ^(.*)$ /a [R]'],
  },
  'rewrite-expression': {
    holds: ['§RewriteCond expr "true"'],
    fails: ['RewriteCond %{HTTP_HOST} expr'],
  },
  'rewrite-lookahead-header': {
    holds: ['§RewriteCond %{LA-U:HTTP:Host} a'],
    fails: ['RewriteCond %{HTTP:Host} a', 'RewriteCond %{LA-U:REMOTE_USER} a'],
  },
  'slash-regex': {
    holds: ['§<LocationMatch ^/a>\n</LocationMatch>'],
    fails: ['<Location /a>\n</Location>'],
  },
  'merge-slashes-off': { holds: ['§MergeSlashes off'], fails: ['MergeSlashes on'] },
  'root-granted': {
    holds: [
      `Alias /a /b\n${directory('§Require all granted')}`,
      `ScriptAlias /a /b\n${directory('§Require all granted')}`,
    ],
    fails: [
      directory('Require all granted'),
      `Alias /a /b\n${directory('Require all denied')}`,
      'Alias /a /b\n<Directory /b>\nRequire all granted\n</Directory>',
    ],
  },
  'filesmatch-end': {
    holds: ['§<FilesMatch "\\.php$">\n</FilesMatch>'],
    fails: ['<FilesMatch "\\.php">\n</FilesMatch>'],
  },
  'limit-method': {
    holds: ['§<Limit GETS>\n</Limit>', '<Limit GET>\n</Limit>\n§<LimitExcept GET QUERY>\n</LimitExcept>'],
    fails: ['<Limit GET POST>\n</Limit>', '<LimitExcept PROPFIND>\n</LimitExcept>'],
  },
  'handler-by-type': {
    holds: ['§AddType application/x-httpd-php .php'],
    fails: ['AddType application/xhtml+xml .xhtml'],
  },
  'htaccess-expressions': {
    holds: [directory('§AllowOverride All'), directory('§AllowOverride AuthConfig FileInfo')],
    fails: [directory('AllowOverride None'), directory('AllowOverride AuthConfig')],
  },
  'htaccess-sslrequire': {
    holds: [directory('§AllowOverride all'), directory('§AllowOverride AuthConfig')],
    fails: [directory('AllowOverride None'), directory('AllowOverride FileInfo')],
  },
  tls: { holds: ['§SSLEngine on'], fails: ['SSLEngine off', 'SSLEngine optional'] },
  'tls-optional': { holds: ['§SSLEngine Optional'], fails: ['SSLEngine on'] },
  'location-client-certificate': {
    holds: [
      `SSLVerifyClient none\n${location('§SSLVerifyClient require')}`,
      directory('§SSLVerifyClient require'),
      '<LocationMatch ^/a>\n§SSLVerifyClient require\n</LocationMatch>',
    ],
    fails: ['SSLVerifyClient require'],
  },
  'client-ca-hosts': {
    holds: ['SSLCACertificateFile /a\n§SSLCACertificateFile /b', 'SSLCACertificateFile /a\n§SSLCACertificatePath /b'],
    fails: ['SSLCACertificateFile /a\nSSLCACertificateFile /a', 'SSLCACertificateFile /a'],
  },
  ocsp: { holds: ['§SSLOCSPEnable on', '§SSLOCSPEnable leaf'], fails: ['SSLOCSPEnable off'] },
  digest: { holds: [location('§AuthType Digest')], fails: [location('AuthType Basic')] },
  'digest-nonce': {
    holds: ['§AuthDigestNcCheck on', '§AuthDigestNonceLifetime 0'],
    fails: ['AuthDigestNcCheck off', 'AuthDigestNonceLifetime 300', 'AuthDigestNonceLifetime 10'],
  },
  'ldap-charset': { holds: ['§AuthLDAPCharsetConfig /a'], fails: ['AuthLDAPURL ldap://a'] },
  'ldap-section': { holds: [location('§AuthLDAPURL ldap://a')], fails: ['AuthLDAPURL ldap://a'] },
  session: { holds: ['§Session on'], fails: ['Session off'] },
  'session-env': { holds: ['§SessionEnv on'], fails: ['SessionEnv off'] },
  'session-cookie': { holds: ['§SessionCookieName a'], fails: ['SessionHeader a'] },
  md: {
    holds: ['§MDomain a', '§<MDomainSet a>\n</MDomainSet>', '§MDStapling on', '§MDCertificateAuthority https://a'],
    fails: ['MDContactEmail a@b'],
  },
  lua: {
    holds: [
      '§LuaMapHandler /a /b.lua',
      '§LuaHookTranslateName /a.lua a',
      '§LuaHookAccessChecker /a.lua a',
      '§LuaHookFixups /a.lua a',
      '§LuaHookAuthChecker /a.lua a',
    ],
    fails: ['LuaScope once'],
  },
  'large-xml-body': {
    holds: ['§LimitXMLRequestBody 367001601'],
    fails: ['LimitXMLRequestBody 367001600', 'LimitXMLRequestBody 0'],
  },
  sed: { holds: ['§InputSed "s/a/b/"', '§OutputSed "s/a/b/"'], fails: ['SetOutputFilter Sed'] },
  macro: { holds: ['§<Macro a>\n</Macro>'], fails: ['Listen 80'] },
  'content-type-from-request': {
    holds: [
      '§Header set Content-Type "%{a}e %{HTTP_ACCEPT}s"',
      '§RequestHeader set content-type: "expr=%{req:Accept}"',
    ],
    fails: ['Header set Content-Type "text/html"', 'Header set X-A "expr=%{req:Accept}"'],
  },
  'log-client-text': {
    holds: ['§CustomLog /a "%{SSL_CLIENT_S_DN}x"', '§LogFormat "%{SSL_CLIENT_S_DN}c"'],
    fails: ['CustomLog /a "%{Referer}i"'],
  },
  'ssi-exec': {
    holds: [directory('§Options +Includes'), directory('§Options Indexes includes')],
    fails: [directory('Options IncludesNOEXEC'), directory('Options -Includes')],
  },
  'cgi-variables': {
    holds: ['SetEnv A b\n§SetEnv REQUEST_METHOD GET', '§SetEnv SERVER_NAME a'],
    fails: ['SetEnv SERVERS a', 'SetEnv request_method GET'],
  },
  'userdir-suexec': {
    holds: [
      `SuexecUserGroup a b\n§UserDir public_html\n${directory('AllowOverride All')}`,
      `SuexecUserGroup a b\n§UserDir public_html\n${directory('AllowOverride FileInfo')}`,
    ],
    fails: [
      `SuexecUserGroup a b\nUserDir public_html\n${directory('AllowOverride None')}`,
      `UserDir public_html\n${directory('AllowOverride All')}`,
      `SuexecUserGroup a b\n${directory('AllowOverride All')}`,
    ],
  },
  'userdir-absolute': {
    holds: ['UserDir public_html\n§UserDir /home/web'],
    fails: ['UserDir /home/*/web', 'UserDir public_html'],
  },
  dav: { holds: [directory('§Dav on'), directory('§Dav filesystem')], fails: [directory('Dav off')] },
  'xml-encoding': { holds: ['§xml2StartParse a', '§xml2EncDefault utf-8'], fails: ['xml2EncAlias a b'] },
  'long-dynamic-host': {
    holds: ['LimitRequestFieldSize 8191\n§VirtualDocumentRoot /a/%0'],
    fails: [
      'LimitRequestFieldSize 8190\nVirtualDocumentRoot /a/%0',
      'LimitRequestFieldSize 8191\nVirtualDocumentRoot /a',
      'VirtualDocumentRoot /a/%0',
    ],
  },
  'charset-lite': { holds: ['§CharsetSourceEnc utf-8'], fails: ['CharsetDefault utf-8'] },
  heartbeat: { holds: ['§HeartbeatListen 239.0.0.1:27999'], fails: ['HeartbeatMaxServers 10'] },
};

const servers: readonly [Dialect, Conditions, Readonly<Record<string, Examples>>][] = [
  ['nginx', nginxConditions, nginx],
  ['apache', apacheConditions, apache],
  [
    'sslh',
    sslhConditions,
    {
      openvpn: {
        holds: ['protocols: ( { §name: "openvpn"; host: "a"; port: "1194"; } );'],
        fails: ['protocols: ( { name: "ssh"; host: "a"; port: "22"; } );'],
      },
    },
  ],
];

/** Where the condition holds, undefined for nowhere. */
async function placeIn(dialect: Dialect, { keys, byName }: Conditions, name: string, text: string): Promise<unknown> {
  const parse = await loadParser(dialect);
  const path = dialect === 'apache' && name === 'limit-method' ? '.htaccess' : 'a.conf';
  const config = configOf(
    parse(new SourceFile(path, text.replace('§', ''))),
    path === '.htaccess' ? 'htaccess' : undefined,
  );
  const found = new Found(config, () => lower(config, {}));
  walk(config.file.root, (directive) => {
    if (keys.includes(directive.key)) found.add(directive);
  });
  return byName[name]!(found)?.start;
}

describe.each(servers)('%s', (dialect, conditions, examples) => {
  test('each condition has examples', () => {
    expect(Object.keys(conditions.byName).sort()).toEqual(Object.keys(examples).sort());
  });

  const cases = Object.entries(examples).flatMap(([name, { holds, fails }]) => [
    ...holds.map((text) => [name, text, text.indexOf('§')] as const),
    ...fails.map((text) => [name, text.replace('§', ''), undefined] as const),
  ]);

  test.each(cases)('%s: %j', async (name, text, place) => {
    expect(await placeIn(dialect, conditions, name, text)).toBe(place);
  });
});
