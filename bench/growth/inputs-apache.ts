/** What of a config of httpd may be many. */
import { many, type GrowthInput } from './input.ts';

const modules = [
  'proxy',
  'proxy_http',
  'proxy_balancer',
  'rewrite',
  'headers',
  'ssl',
  'setenvif',
  'alias',
  'authz_core',
];
const main = `ServerRoot /etc/httpd\nListen 80\nServerName a.example.com\n${modules.map((name) => `LoadModule ${name}_module modules/mod_${name}.so\n`).join('')}`;
const host = (body: string): string => `${main}<VirtualHost *:80>\nServerName h.example.com\n${body}</VirtualHost>\n`;
const apache = (name: string, n: number, make: (n: number) => string): GrowthInput => ({
  name: `httpd: ${name}`,
  n,
  make: (n) => ({ path: 'httpd.conf', text: make(n), dialect: 'apache' }),
});
const inHost = (name: string, n: number, line: (index: number) => string): GrowthInput =>
  apache(name, n, (n) => host(many(n, line)));
const inMain = (name: string, n: number, line: (index: number) => string): GrowthInput =>
  apache(name, n, (n) => main + many(n, line));

export const apacheInputs: readonly GrowthInput[] = [
  inHost(
    'ProxyPass with ProxyPassReverse',
    300,
    (i) => `ProxyPass /p${i} http://b${i}:80/\nProxyPassReverse /p${i} http://b${i}:80/\n`,
  ),
  inHost(
    '<Location> with headers of preflights',
    200,
    (i) =>
      `<Location /p${i}>\nProxyPass http://b${i}/\nHeader set Access-Control-Allow-Headers x\nRequire valid-user\n</Location>\n`,
  ),
  inMain(
    'closed folders',
    300,
    (i) =>
      `<Directory /srv/${i}>\nRequire all denied\n</Directory>\n<VirtualHost *:80>\nServerName h${i}\nDocumentRoot /srv/${i}\n</VirtualHost>\n`,
  ),
  inHost('ProxyPass without ProxyPassReverse', 300, (i) => `ProxyPass /p${i}/ http://b${i}:80\n`),
  inHost('ProxyPassMatch', 300, (i) => `ProxyPassMatch ^/p${i}/(.*)$ http://b${i}:80/$1\n`),
  inHost('ProxyPass below one another', 300, (i) => `ProxyPass /a${'/b'.repeat(i % 40)}/${i} http://b:80/\n`),
  inHost(
    '<Location> with ProxyPass',
    300,
    (i) => `<Location /p${i}>\nProxyPass http://b${i}:80/\nRequire all granted\n</Location>\n`,
  ),
  inHost('<LocationMatch>', 300, (i) => `<LocationMatch ^/p${i}>\nRequire all denied\n</LocationMatch>\n`),
  inHost('<Directory>', 300, (i) => `<Directory /srv/${i}>\nRequire all granted\nOptions Indexes\n</Directory>\n`),
  inHost(
    '<Directory> with AllowOverride',
    300,
    (i) => `<Directory /srv/${i}/a>\nAllowOverride All\nOrder allow,deny\nAllow from all\n</Directory>\n`,
  ),
  inHost('<FilesMatch>', 300, (i) => `<FilesMatch "\\.x${i}$">\nRequire all denied\n</FilesMatch>\n`),
  inHost('<If>', 300, (i) => `<If "%{HTTP_HOST} == 'h${i}'">\nHeader set A b\n</If>\n`),
  inHost('<Proxy>', 300, (i) => `<Proxy http://b${i}/>\nRequire all granted\n</Proxy>\n`),
  inHost(
    'balancers',
    200,
    (i) => `<Proxy balancer://c${i}>\nBalancerMember http://b${i}:80\n</Proxy>\nProxyPass /p${i} balancer://c${i}/\n`,
  ),
  inHost('RewriteRules', 400, (i) => `RewriteRule ^/p${i}/(.*)$ /q${i}/$1 [L]\n`),
  inHost('RewriteRules to backends', 300, (i) => `RewriteRule ^/p${i}/(.*)$ http://b${i}/$1 [P]\n`),
  inHost('RewriteConds', 600, (i) => `RewriteCond %{HTTP_HOST} ^h${i}$ [OR]\n`),
  inHost('redirects', 500, (i) => `Redirect /p${i} https://h.example.com/q${i}\n`),
  inHost('aliases', 500, (i) => `Alias /p${i} /srv/${i}\n`),
  inHost('SetEnvIf', 500, (i) => `SetEnvIf User-Agent "a${i}" e${i}=1\n`),
  inHost('Header', 500, (i) => `Header set X-H${i + 10_000} "v${i}"\n`),
  inHost('RequestHeader', 500, (i) => `RequestHeader set X-H${i + 10_000} "%{e${i}}e"\n`),
  inHost('Require ip', 800, (i) => `Require ip 10.${(i >> 8) % 250}.${i % 256}.0/24\n`),
  inHost('server aliases', 1000, (i) => `ServerAlias s${i}.example.com\n`),
  inHost('unknown directives', 400, (i) => `Unknwon${i} on\n`),
  inHost('known directives misspelt', 400, (i) => `ProxyPas${'abcdefgh'[i % 8]} / http://b/\n`),
  inHost('comments', 20_000, (i) => `# comment ${i}\n`),
  inHost('blank lines', 40_000, () => '\n'),
  inHost('ignore comments', 800, (i) => `# proxylint-ignore directory-listing: reason ${i}\n`),
  inHost('continued lines', 10_000, () => 'Header set A b \\\n'),
  inHost('stray closing tags', 800, () => '</Location>\n'),
  inHost('unclosed sections', 800, (i) => `<Location /p${i}>\n`),
  inHost('wrongly nested sections', 400, (i) => `<Location /p${i}>\n<IfModule a>\n</Location>\n</IfModule>\n`),
  inHost('<IfModule>', 500, (i) => `<IfModule mod_m${i}.c>\nHeader set A b\n</IfModule>\n`),
  inMain(
    'virtual hosts of one port',
    200,
    (i) =>
      `<VirtualHost *:80>\nServerName h${i}.example.com\nDocumentRoot /srv/${i}\nProxyPass / http://b${i}/\n</VirtualHost>\n`,
  ),
  inMain(
    'virtual hosts of own ports',
    200,
    (i) =>
      `Listen ${i + 1000}\n<VirtualHost *:${i + 1000}>\nServerName h${i}\nProxyPass / http://b${i}/\n</VirtualHost>\n`,
  ),
  inMain(
    'pairs of http and https hosts',
    100,
    (i) =>
      `<VirtualHost *:80>\nServerName h${i}.example.com\nRedirect / https://h${i}.example.com/\n</VirtualHost>\n<VirtualHost *:443>\nServerName h${i}.example.com\nSSLEngine on\nSSLCertificateFile c${i}.pem\nProxyPass / https://b${i}/\n</VirtualHost>\n`,
  ),
  inMain(
    'virtual hosts under sections of the main server',
    100,
    (i) => `<Location /p${i}>\nRequire all denied\n</Location>\n<VirtualHost *:80>\nServerName h${i}\n</VirtualHost>\n`,
  ),
  inHost('sections for any path', 200, (i) => `<LocationMatch "\\.x${i}$">\nRequire all denied\n</LocationMatch>\n`),
  inHost('sections for all paths', 300, (i) => `<Location />\nSetEnv a${i} b\n</Location>\n`),
  inMain('Listen', 500, (i) => `Listen ${i + 1000}\n`),
  inMain('Define', 500, (i) => `Define v${i} a\nServerAdmin $\{v${i}}@example.com\n`),
  inMain('LoadModule', 500, (i) => `LoadModule m${i}_module modules/mod_m${i}.so\n`),
  apache(
    'uses of a macro',
    200,
    (n) =>
      `${main}<Macro Vh $name>\n<VirtualHost *:80>\nServerName $name\nProxyPass / http://$name:80/\n</VirtualHost>\n</Macro>\n${many(n, (i) => `Use Vh h${i}\n`)}`,
  ),
  apache('macros', 300, (n) => main + many(n, (i) => `<Macro M${i} $a>\nHeader set A $a\n</Macro>\nUse M${i} x\n`)),
  apache('arguments', 10_000, (n) => host(`DirectoryIndex ${many(n, (i) => `i${i} `)}\n`)),
  apache('a long word', 100_000, (n) => host(`DocumentRoot /${many(n, () => 'a')}\n`)),
  apache('operators of an expression', 500, (n) =>
    host(`<If "${many(n, (i) => `%{HTTP_HOST} == 'h${i}' || `)}true">\nHeader set A b\n</If>\n`),
  ),
  {
    name: 'httpd: included files',
    n: 200,
    make: (n) => ({
      path: '/etc/httpd/httpd.conf',
      text: `${main}IncludeOptional sites/*.conf\n`,
      files: Object.fromEntries(
        Array.from({ length: n }, (_, i) => [
          `/etc/httpd/sites/${i}.conf`,
          `<VirtualHost *:80>\nServerName h${i}\nProxyPass / http://b${i}/\n</VirtualHost>\n`,
        ]),
      ),
    }),
  },
];
