/** Lines of modules that decide an answer beside mapping and rewriting: trusted proxies, methods, limits, TLS, balancers, fallbacks. */
import type { Draw } from './random.ts';

interface Setup {
  readonly random: Draw;
  readonly port: number;
  readonly backend: number;
  readonly certificate: string;
}

/** Of a virtual host. */
export function moduleSettings({ random, port, backend, certificate }: Setup): string[] {
  const balancer = `balancer://group${port}-${random.below(1_000_000)}`;
  return [
    'RemoteIPHeader X-Forwarded-For\nRemoteIPInternalProxy 127.0.0.1',
    'RemoteIPHeader X-Forwarded-For\nRemoteIPTrustedProxy 127.0.0.0/8 ::1 9.9.9.9\nRemoteIPProxiesHeader X-Proxies',
    'RemoteIPHeader X-Forwarded-For',
    'LimitRequestBody 10',
    'LimitRequestFieldSize 1000',
    'LimitRequestFields 3',
    'TraceEnable Off',
    `SSLCACertificateFile ${certificate}.crt\nSSLVerifyClient ${random.one(['require', 'optional', 'none'])}`,
    'SSLStrictSNIVHostCheck On',
    'FallbackResource /b.txt',
    'FallbackResource /missing',
    'ErrorDocument 405 /b.txt',
    'ErrorDocument 400 "bad"',
    'ErrorDocument 413 "too large"',
    `<Proxy "${balancer}">\nBalancerMember http://127.0.0.1:${backend}${random.one(['', '/sub'])}\nBalancerMember http://127.0.0.1:1 status=${random.one(['+D', '+H', 'D'])}\n</Proxy>\nProxyPass /balanced ${balancer}${random.one(['', '/x'])}`,
    'ProxyWebsocketFallbackToProxyHttp Off',
    'Options +MultiViews',
    `<Proxy "${balancer}m">\nBalancerMember http://127.0.0.1:${backend}${random.one(['', '/', '/sub'])}\nBalancerMember http://localhost:${backend}${random.one(['', '/', '/sub'])}\n</Proxy>\nProxyPass /balanced ${balancer}m${random.one(['', '/', '/x'])}`,
    `ProxyPass /balanced ${balancer}n/`,
    'DirectoryCheckHandler On',
    'RewriteEngine On\nRewriteRule "(^|/)\\." - [F]',
    'RewriteEngine On\nRewriteCond %{DOCUMENT_ROOT}%{REQUEST_URI} !-f\nRewriteCond %{DOCUMENT_ROOT}%{REQUEST_URI} !-d\nRewriteRule ^ /b.txt [L]',
    'RewriteEngine On\nRewriteCond %{HTTPS} !=on\nRewriteRule ^/?(.*) https://%{SERVER_NAME}/$1 [R,L]',
    'LimitInternalRecursion 2',
  ];
}

/** Of a section. */
export const moduleBodies = [
  'AllowMethods GET POST',
  'AllowMethods reset',
  'AllowMethods HEAD PUT',
  'LimitRequestBody 0',
  'LimitRequestBody 3',
  'SSLRequireSSL',
  '<Limit POST PUT>\nRequire all denied\n</Limit>',
  '<LimitExcept GET>\nRequire ip 10.0.0.0/8\n</LimitExcept>\nRequire all granted',
  '<Limit GET>\nRequire all granted\n</Limit>\n<Limit POST>\nRequire valid-user\n</Limit>',
  'Require expr %{REQUEST_METHOD} == "GET"',
  'Require expr "%{HTTP_HOST} == \'example.com\'"',
  'Require not ip 9.9.9.9',
  'FallbackResource disabled',
];
