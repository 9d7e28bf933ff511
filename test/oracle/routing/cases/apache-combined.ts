/** Cases for httpd in which several parts work together: rewriting per directory, index files, pages of errors, sections in sections. */
import type { RoutingCase } from './case.ts';

const frontPaths =
  '/ /index.html /a /a/ /a/b.txt /b.txt /none /none/x?y=1 /a/none /static/x.css /static/none.css /b/ /b /index.html/more /a/b.txt/more'.split(
    ' ',
  );

const frontRequests = [
  ...frontPaths,
  'POST /none | Content-Length: 2',
  'HEAD /a/none',
  '/none | Authorization: Basic eDp5',
  '/x | Host: www.a.test',
];

/** What applications write into `.htaccess`, in the section of the directory. */
const frontControllers = [
  `RewriteRule ^index\\.html$ - [L]
RewriteCond %{REQUEST_FILENAME} !-f
RewriteCond %{REQUEST_FILENAME} !-d
RewriteRule . /index.html [L]`,
  `RewriteCond %{REQUEST_FILENAME} !-f
RewriteCond %{REQUEST_FILENAME} !-d
RewriteRule ^(.*)$ index.html?q=$1 [L,QSA]`,
  `RewriteCond %{REQUEST_FILENAME} !-d
RewriteCond %{REQUEST_URI} (.+)/$
RewriteRule ^ %1 [L,R=301]
RewriteCond %{REQUEST_FILENAME} !-d
RewriteCond %{REQUEST_FILENAME} !-f
RewriteRule ^ index.html [L]`,
  `RewriteCond %{HTTP_HOST} ^www\\.(.+)$ [NC]
RewriteRule ^ http://%1%{REQUEST_URI} [L,R=301]
RewriteCond %{REQUEST_FILENAME} -s [OR]
RewriteCond %{REQUEST_FILENAME} -l [OR]
RewriteCond %{REQUEST_FILENAME} -d
RewriteRule ^.*$ - [NC,L]
RewriteCond %{REQUEST_URI}::$1 ^(/.+)/(.*)::\\2$
RewriteRule ^(.*) - [E=BASE:%1]
RewriteRule ^(.*)$ %{ENV:BASE}/index.html [NC,L]`,
  `RewriteCond %{HTTP:Authorization} ^(.*)
RewriteRule .* - [E=HTTP_AUTHORIZATION:%1]
RewriteRule (^\\.|/\\.) - [F]
RewriteRule ^(.*/)?none$ $1b.txt [END]`,
  `RewriteRule ^(.*)$ a/$1 [L]`,
  `RewriteRule ^a/(.*)$ /static/$1 [PT]
RewriteRule ^static/none(.*)$ /b.txt [R=302,L]
RewriteRule ^none/(.*)$ - [G]`,
  `RewriteRule ^a(/|$) http://@backend%{REQUEST_URI} [P,L]
RewriteRule ^none$ http://@backend/was-none [P,QSA]`,
];

const bases = ['', 'RewriteBase /', 'RewriteBase /a/'];

const inherits = ['Inherit', 'InheritBefore', 'InheritDown', 'InheritDownBefore', 'IgnoreInherit', 'MergeBase'];

const handlers = ['', 'SetHandler server-status', 'SetHandler none', 'SetHandler "proxy:http://@backend"'];

export const combinedApacheCases: readonly RoutingCase[] = [
  ...frontControllers.flatMap((rules) =>
    bases.map((base): RoutingCase => ({
      lines: `<Directory "@root">\nRequire all granted\nRewriteEngine On\n${base}\n${rules}\n</Directory>`,
      requests: frontRequests,
    })),
  ),
  ...inherits.map((option): RoutingCase => ({
    lines: `RewriteEngine On
RewriteRule ^/b\\.txt$ /a/b.txt
<Directory "@root">
RewriteEngine On
RewriteOptions ${option}
RewriteRule ^none$ b.txt
RewriteRule ^(.*)\\.css$ a/b.txt
</Directory>
<Directory "@root/a">
RewriteEngine On
RewriteOptions ${option}
RewriteRule ^x$ b.txt
</Directory>
<Location "/static">
RewriteEngine On
RewriteOptions ${option}
RewriteRule /y$ /b.txt
</Location>`,
    requests: '/ /none /a/none /a/x /b.txt /static/x.css /static/y /a/x.css /a/b.txt'.split(' '),
  })),
  // Sections in sections.
  {
    lines: `<Directory "@root">
Require all granted
<Files "b.txt">
Header always set X-Files 1
Require all denied
</Files>
<FilesMatch "\\.(css|html)$">
Header always set X-Match 1
<If "%{QUERY_STRING} =~ /deny/">
Require all denied
</If>
</FilesMatch>
<If "-f %{REQUEST_FILENAME} && %{REQUEST_URI} =~ m#/static/#">
Header always set X-If file
</If>
<ElseIf "-d %{REQUEST_FILENAME}">
Header always set X-If directory
</ElseIf>
<Else>
Header always set X-If else
</Else>
</Directory>
<Directory "@root/a">
<Files "b.txt">
Require all granted
</Files>
<Files "index.html">
Redirect /a/ http://r.test/
</Files>
</Directory>
<Files "x.css">
Header always append X-Match server
</Files>`,
    requests: [...frontPaths, '/static/x.css?deny', '/index.html?deny', '/?deny'],
  },
  ...handlers.map((handler): RoutingCase => ({
    lines: `DirectoryCheckHandler On
<Directory "@root/a">
${handler}
</Directory>
<Directory "@root/b">
DirectoryCheckHandler Off
${handler}
FallbackResource /b.txt
</Directory>
SetEnvIf X-Test yes redirect-carefully`,
    requests: [
      '/a/',
      '/a',
      '/a/b.txt',
      '/b/',
      '/b/none',
      '/',
      'POST /a | Content-Length: 0',
      'POST /a | Content-Length: 0 | X-Test: yes',
      'HEAD /a | X-Test: yes',
      'PUT /a/ | Content-Length: 0',
    ],
  })),
  // Pages of errors.
  {
    lines: `ErrorDocument 404 /a/b.txt
ErrorDocument 403 "said \\"no\\" %s"
ErrorDocument 410 http://r.test/gone?x=1
ErrorDocument 500 default
ErrorDocument 401 /b.txt
<Location "/closed">
Require all denied
</Location>
<Location "/own">
ErrorDocument 404 "own %{REQUEST_URI} %{HTTP_HOST}"
</Location>
<Location "/default">
ErrorDocument 404 default
</Location>
<Location "/private">
AuthType Basic
AuthName x
Require valid-user
</Location>
<Location "/remote">
ErrorDocument 404 https://r.test%{REQUEST_URI}
</Location>
Redirect gone /gone
RedirectMatch 404 "/\\."
RewriteEngine On
RewriteRule ^/broken - [R=500]`,
    requests: '/none /closed /gone /own/x /default/x /private /remote/x /.git/HEAD /broken /a/b.txt'
      .split(' ')
      .flatMap((path) => [path, `HEAD ${path}`, `POST ${path} | Content-Length: 0`]),
  },
  // What is proxied, and what is not.
  ...['', 'ProxyPassInherit Off', 'MergeSlashes Off', 'AllowEncodedSlashes NoDecode'].map((settings): RoutingCase => ({
    lines: `${settings}
ProxyPass /app/static !
ProxyPass /app http://@backend/inner
ProxyPass /slash/ http://@backend/
ProxyPassMatch ^/(v\\d)/([^/]*)$ http://@backend/$2?v=$1
<Location "/loc">
ProxyPass http://@backend/l
</Location>
<LocationMatch "^/m/(?<name>[^/]+)">
ProxyPassMatch http://@backend/n/$1
RequestHeader set X-Name "%{MATCH_NAME}e"
</LocationMatch>
Alias /app/static @root/static
<Location "/app/admin">
Require ip 10.0.0.0/8
</Location>
<Proxy "http://@backend/l*">
RequestHeader set X-Proxy 1
</Proxy>`,
    requests:
      '/app /app/ /app/x /apple /app/static/x.css /app//static/x.css /app/%2e/static/x.css /app/admin /app//admin /APP/admin /slash /slash/ /slash//x /slash/a%2Fb /slash/a%20b?c=d%20e /v1/x /v1/x/y /v2/ /loc /loc/x /location /m/one/two /m/ /slash/%C3%A9;p=1 /slash/~x/[y] /slash/a+b'.split(
        ' ',
      ),
  })),
  {
    around: 'ProxyPass /outside http://@backend/main\nRedirect /both http://main.test/\nAlias /files @root/a',
    lines: `ProxyPass /outside/own http://@backend/host
Redirect /both/inner http://host.test/
Redirect /b http://host.test/b
AliasMatch ^/files/(.*)\\.css$ @root/static/$1.css
UseCanonicalName On
UseCanonicalPhysicalPort On
Redirect /canon /to`,
    requests: '/outside /outside/own /both /both/inner /b /files/b.txt /files/x.css /canon/x /files /a'
      .split(' ')
      .flatMap((path) => [path, `${path} | Host: other.test:8080`]),
  },
  // Conditions of access that applications write.
  {
    lines: `SetEnvIf Authorization .+ HAS_AUTH
SetEnvIfNoCase User-Agent (bot|crawl) ROBOT=$1
SetEnvIf Request_URI ^/api(/|$) API
<Location "/">
<RequireAll>
Require all granted
Require not env ROBOT
<RequireAny>
Require env HAS_AUTH
Require expr "-z reqenv('API') || %{REQUEST_METHOD} == 'OPTIONS'"
Require ip 10.1
</RequireAny>
</RequireAll>
</Location>
<Location "/either">
<RequireAny>
Require method POST
Require ip 127.0.0.0/8
</RequireAny>
</Location>
<LocationMatch "^/(?<tenant>[a-z]+)/private">
Require expr "%{env:MATCH_TENANT} == 'acme'"
</LocationMatch>
Header always set X-Robot "%{ROBOT}e" env=ROBOT
ProxyPass / http://@backend/`,
    requests: [
      ...'/ /api /api/x /apix /either /acme/private /other/private/x'.split(' '),
      '/api | Authorization: Basic eDp5',
      'OPTIONS /api',
      '/ | User-Agent: CrawlBot',
      '/either | User-Agent: x bot',
      'POST /either | Content-Length: 0',
    ],
  },
];
