/** Cases for httpd: expressions, access rules, rewriting, headers, mapping, errors. */
import type { RoutingCase } from './case.ts';

/** Each is the condition of a header of its own. */
const expressions = [
  'true',
  'false',
  "-n ''",
  "-z ''",
  '-n %{QUERY_STRING}',
  '-z %{QUERY_STRING}',
  "-T 'off'",
  "-T 'no'",
  "-T '0'",
  "-T 'yes'",
  "-R '127.0.0.0/8'",
  "-R '10.0.0.0/8'",
  "-f '@root/b.txt'",
  "-f '@root/a'",
  "-d '@root/a'",
  "-d '@root/b.txt'",
  "-e '@root/a'",
  "-e '@root/none'",
  '1 -eq 1',
  '1 -ne 1',
  '1 -lt 2',
  '2 -lt 2',
  '2 -le 2',
  '3 -le 2',
  '2 -gt 2',
  '3 -gt 2',
  '2 -ge 2',
  '1 -ge 2',
  "'10' -gt '9'",
  "' 7x' -eq '7'",
  "'-3' -lt '0'",
  "'+3' eq '3'",
  "'10' > '9'",
  "'a' < 'b'",
  "'b' < 'b'",
  "'b' <= 'b'",
  "'b' >= 'b'",
  "'b' > 'b'",
  "'a' >= 'b'",
  "'a' == 'a'",
  "'a' = 'b'",
  "'a' != 'a'",
  "'a' != 'b'",
  "'127.0.0.1' -ipmatch '127.0.0.0/8'",
  "'127.0.0.1' -ipmatch '10.0.0.0/8'",
  "'Abc' -strmatch 'A*'",
  "'Abc' -strmatch 'a*'",
  "'Abc' -strcmatch 'a*C'",
  "'/a/b' -strmatch '/*'",
  "'/a/b' -fnmatch '/*'",
  "'/a/b' -fnmatch '/*/?'",
  "'b' in { 'a', 'b' }",
  "'c' in { 'a', 'b' }",
  "'ab' =~ /A/",
  "'ab' =~ /A/i",
  "'ab' !~ /a/",
  "'a/b' =~ m#a/b#",
  "'ab' =~ /(.)(.)/ && $2 == 'b'",
  "'ab' =~ /(.)(.)/ && '$1$0' == 'aab'",
  "!('a' == 'b')",
  '! true',
  '! ! true',
  'true && false || true',
  'true && (false || true)',
  'false || false',
  'false && true',
  "'a' . 'b' == 'ab'",
  "tolower('ABC') == 'abc'",
  "toupper('abc') == 'ABC'",
  "escape('a b') == 'a%20b'",
  "'%{tolower:ABC}' == 'abc'",
  "req('X-Test') == 'Yes'",
  "http('X-Test') == 'yes'",
  "req_novary('X-Test') == 'Yes'",
  "-n reqenv('MARK')",
  "env('MARK') == 'marked'",
  "env('NOT_THERE') == ''",
  "'\\t' == '\t'",
  "'a\\'b' == 'a\\'b'",
];

/** Each is the value of a header of its own. */
const variables = [
  'REQUEST_URI',
  'QUERY_STRING',
  'REQUEST_METHOD',
  'REQUEST_SCHEME',
  'HTTPS',
  'THE_REQUEST',
  'SERVER_PROTOCOL',
  'REMOTE_ADDR',
  'CONN_REMOTE_ADDR',
  'SERVER_NAME',
  'DOCUMENT_ROOT',
  'REQUEST_FILENAME',
  'SCRIPT_FILENAME',
  'PATH_INFO',
  'IS_SUBREQ',
  'HANDLER',
  'REMOTE_USER',
  'AUTH_TYPE',
  'IPV6',
  'HTTP_HOST',
  'HTTP_USER_AGENT',
  'HTTP_REFERER',
  'HTTP_COOKIE',
  'HTTP_FORWARDED',
  'HTTP_ACCEPT',
  'HTTP_PROXY_CONNECTION',
];

const proxied = 'ProxyPass / http://@backend/';

const location = (lines: string): string => `<Location "/x">\n${lines}\n</Location>`;

export const apacheCases: readonly RoutingCase[] = [
  {
    lines: `SetEnvIf Host . MARK=marked\n${proxied}\n${expressions
      .map((text, index) => `Header always set X-E${index} 1 "expr=${text.replaceAll('\\', '\\\\')}"`)
      .join('\n')}`,
    requests: ['/x', '/x?q=1 | X-Test: Yes', '/x | X-Test: yes'],
  },
  {
    lines: `${proxied}\n${variables.map((name) => `Header always set X-${name.replaceAll('_', '-')} "expr=[%{${name}}]"`).join('\n')}`,
    requests: [
      '/x?q=1',
      'POST /x/y | User-Agent: t/1 | Referer: http://r.test/ | Cookie: a=1 | Forwarded: for=1.2.3.4 | Accept: text/html | Proxy-Connection: close | Content-Length: 2',
    ],
  },
  {
    lines: `RewriteEngine On\n${variables
      .map((name) => `RewriteRule ^/${name}$ http://v.test/[%{${name}}] [R,L,NE]`)
      .join('\n')}`,
    requests: [...variables.map((name) => `/${name}?q=1`), '/HTTP_COOKIE | Cookie: a=1', '/HTTP_REFERER | Referer: r'],
  },
  // Who may.
  ...[
    'Require ip 127',
    'Require ip 127.0',
    'Require ip 127.0.0.0/255.0.0.0',
    'Require ip 127.0.0.1/255.255.255.255',
    'Require ip 10.0.0.0/8 127.0.0.1',
    'Require ip 126.0.0.0/8',
    'Require local',
    'Require all denied',
    'Require method POST',
    'Require method GET HEAD',
    'Require env MARK',
    'Require env OTHER MARK',
    'Require ssl',
    'Require expr "%{QUERY_STRING} == \'q=1\'"',
    'Require expr %{QUERY_STRING} =~ /q/',
    'Require valid-user',
    'AuthType Basic\nAuthName x\nAuthUserFile @root/none\nRequire valid-user',
    'AuthType Basic\nAuthName x\nAuthUserFile @root/none\nRequire user a b',
    'AuthType None\nRequire all granted',
    '<RequireAll>\nRequire all granted\nRequire ip 127.0.0.1\n</RequireAll>',
    '<RequireAll>\nRequire all granted\nRequire ip 10.0.0.1\n</RequireAll>',
    '<RequireAll>\nRequire all granted\nRequire not ip 127.0.0.1\n</RequireAll>',
    '<RequireAll>\nRequire all granted\nRequire not method GET\n</RequireAll>',
    '<RequireAny>\nRequire ip 10.0.0.1\nRequire method POST\n</RequireAny>',
    '<RequireAll>\nRequire all granted\n<RequireNone>\nRequire ip 127.0.0.1\nRequire method PUT\n</RequireNone>\n</RequireAll>',
    '<RequireAll>\nRequire all granted\n<RequireNone>\nRequire ip 10.0.0.1\nRequire method POST\n</RequireNone>\n</RequireAll>',
    'AuthType Basic\nAuthName x\nAuthUserFile @root/none\n<RequireAny>\nRequire ip 10.0.0.1\nRequire valid-user\n</RequireAny>',
    'AuthType Basic\nAuthName x\nAuthUserFile @root/none\n<RequireAll>\nRequire ip 127.0.0.1\nRequire valid-user\n</RequireAll>',
    'AuthType Basic\nAuthName x\nAuthUserFile @root/none\n<RequireAll>\nRequire ip 10.0.0.1\nRequire valid-user\n</RequireAll>',
    '<Limit POST>\nRequire all denied\n</Limit>',
    '<LimitExcept GET>\nRequire all denied\n</LimitExcept>',
    'Require all granted\n<Limit GET>\nRequire all denied\n</Limit>',
    'Order deny,allow\nDeny from all\nAllow from 127.0.0.1',
    'Order allow,deny\nAllow from 127\nDeny from 127.0.0.1',
    'Order allow,deny\nAllow from all',
    'Order allow,deny',
    'Order deny,allow',
    'Deny from env=MARK',
    'Deny from env=!MARK',
    'Order deny,allow\nDeny from 127.0.0.0/255.0.0.0',
    'Satisfy any\nDeny from all\nRequire all granted',
    'Satisfy any\nDeny from all\nRequire all denied',
    'Satisfy any\nRequire all denied',
    'Satisfy all\nDeny from 10.0.0.0/8\nRequire all denied',
    'AllowMethods POST',
    'AllowMethods GET',
    'AllowMethods HEAD',
    'AllowMethods POST\nAllowMethods reset',
    'SSLRequireSSL',
  ].map((lines): RoutingCase => ({
    lines: `SetEnvIf X-Test yes MARK\n${location(lines)}`,
    requests: ['/x', 'HEAD /x', 'POST /x?q=1 | X-Test: yes', '/y'],
  })),
  // What levels say together.
  ...['Off', 'And', 'Or'].map((merging): RoutingCase => ({
    lines: `${proxied}\n<Location "/">\nRequire method GET\n</Location>\n<Location "/x">\nAuthMerging ${merging}\nRequire ip 10.0.0.1\n</Location>\n<Location "/x/y">\nAuthMerging ${merging}\nRequire env MARK\n</Location>\nSetEnvIf X-Test yes MARK`,
    requests: ['/', '/x', '/x/y', '/x/y | X-Test: yes', 'POST /', 'POST /x', 'POST /x/y', 'POST /x/y | X-Test: yes'],
  })),
  // Headers.
  {
    lines: `${proxied}
Header always set X-A "a b"
Header always append X-A c
Header always merge X-A c
Header always merge X-A d
Header always add X-A e
Header always set X-B one
Header always unset X-B
Header always setifempty X-B two
Header always setifempty X-B three
Header always set X-C "aXbXc"
Header always edit X-C X -
Header always set X-D "aXbXc"
Header always edit* X-D X -
Header always edit* X-D ^(.) <$1>
Header always edit X-None a b
Header always set X-F "%%{x} %{MARK}e"
Header always set X-G g env=MARK
Header always set X-H h env=!MARK
Header always set X-I i early
Header always echo ^X-Back
Header set X-J j
Header onsuccess set X-K k
SetEnvIf X-Test yes MARK=m`,
    requests: ['/', '/ | X-Test: yes | X-Back-1: 1 | x-back-2: 2', 'HEAD /'],
  },
  {
    lines: `${proxied}
SetEnvIf X-Test yes MARK=m
RequestHeader set X-A a
RequestHeader append X-A b
RequestHeader append X-A c env=MARK
RequestHeader merge X-A b
RequestHeader merge X-A d
RequestHeader add X-A e
RequestHeader unset X-Gone
RequestHeader unset X-Kept env=OTHER
RequestHeader setifempty X-Given x
RequestHeader setifempty X-Missing y
RequestHeader edit X-Edit a(.)a [$1$0]
RequestHeader edit* X-All a b
RequestHeader set X-Env "%{MARK}e"
RequestHeader set X-Uri "expr=%{REQUEST_URI}"
RequestHeader set X-Early early early
RequestHeader set X-If 1 "expr=%{QUERY_STRING} == 'q'"`,
    requests: [
      '/?q',
      '/ | X-Test: yes | X-Gone: 1 | X-Kept: 1 | X-Given: g | X-Edit: abaca | X-All: aaa | X-A: client',
    ],
  },
  // The environment.
  {
    lines: `${proxied}
SetEnv STATIC s
SetEnvIf Request_URI "^/(.)(.)" PARTS=$2$1
SetEnvIf Request_URI "\\.png$" IMAGE=yes
SetEnvIf Request_Method ^P POSTS
SetEnvIf Request_Protocol "1\\.1" NEW
SetEnvIf Remote_Addr ^127 LOCAL
SetEnvIf Server_Addr ^127 OWN
SetEnvIfNoCase X-Test YES SAID
SetEnvIf X-Test YES SAID_SO
SetEnvIf SAID 1 SECOND
SetEnvIf LOCAL . !OWN
SetEnvIfExpr "%{QUERY_STRING} =~ /q=(.)/" QUERY=$1
BrowserMatch curl CURL
BrowserMatchNoCase CURL ANY_CURL
${['STATIC', 'PARTS', 'IMAGE', 'POSTS', 'NEW', 'LOCAL', 'OWN', 'SAID', 'SAID_SO', 'SECOND', 'QUERY', 'CURL', 'ANY_CURL'].map((name) => `Header always set X-${name.replace('_', '-')} "%{${name}}e"`).join('\n')}
UnsetEnv STATIC`,
    requests: ['/ab', '/x.png?q=1 | X-Test: yes', 'POST /x | User-Agent: curl/8 | X-Test: YES'],
  },
  // Mapping.
  {
    lines: `Redirect /a/ http://r.test/b/
Redirect 301 /exact http://r.test/e
Redirect permanent /perm /p
Redirect temp /temp http://r.test/t?q=1
Redirect seeother /see http://r.test/s
Redirect gone /gone
Redirect 410 /gone2
Redirect 307 /same http://r.test/s
RedirectMatch "^/m/(.)(.*)$" "http://r.test/$2/$1"
RedirectMatch 404 "^/hide/"
RedirectPermanent /rp http://r.test/rp
RedirectTemp /rt http://r.test/rt`,
    requests:
      '/a/x?q=1 /a /exact /exactly /exact/x?y /perm /temp?z=2 /see /gone /gone/x /gone2 /same/x /m/abc?d /hide/x /rp/1 /rt/2'.split(
        ' ',
      ),
  },
  {
    lines: `Alias /al @root/a
Alias /slash/ @root/a/
AliasMatch "^/am/(.*)$" @root/$1
ScriptAlias /cgi @root/static
<Directory @root>
Require all granted
</Directory>
DirectoryIndex none.html index.html`,
    requests:
      '/al /al/ /al/b.txt /alx /slash /slash/b.txt /am/b.txt /am/a/ / /a /a/ /b/ /b.txt /b.txt/more /none /static/x.css'.split(
        ' ',
      ),
  },
  {
    lines: `ProxyPass /off !
ProxyPass /a http://@backend/b
ProxyPass /c/ http://@backend/d/
ProxyPass /same http://@backend
ProxyPassMatch "^/m/(.*)/(.*)$" "http://@backend/$2/$1"
ProxyPassMatch "^/plain" "http://@backend"
ProxyPass /no-env http://@backend/ noquery
ProxyPass /canon http://@backend/ nocanon
<Location /loc>
ProxyPass http://@backend/in
</Location>
<LocationMatch "^/lm/(?<part>.*)$">
ProxyPassMatch http://@backend/lm-$1
</LocationMatch>`,
    requests:
      '/off/x /a /a/x?y /ax /c/x /c /same/x /same?q /m/1/2?q=3 /plain/x /canon/a%2Db%20c /loc /loc/x /locx /lm/q /a/%20b /a//b /a/../c/x'.split(
        ' ',
      ),
  },
  // Rewriting.
  {
    lines: `RewriteEngine On
RewriteRule ^/r1/(.*)$ http://r.test/$1 [R=301,L]
RewriteRule ^/r2/(.*)$ /b/$1 [R=303]
RewriteRule ^/qsa$ http://r.test/?x=1 [QSA,R]
RewriteRule ^/qsd$ http://r.test/ [QSD,R]
RewriteRule ^/qsl(.*)$ "http://r.test/?a$1?b" [QSL,R]
RewriteRule ^/none$ http://r.test/? [R]
RewriteRule ^/keep$ http://r.test/k [R]
RewriteRule ^/ne/(.*)$ http://r.test/#$1 [NE,R]
RewriteRule ^/e/(.*)$ http://r.test/#$1 [R]
RewriteRule ^/F - [F]
RewriteRule ^/G - [G]
RewriteRule ^/404 - [R=404]
RewriteRule ^/NC/x$ http://r.test/nc [NC,R,L]
RewriteRule !^/(?!neg) http://r.test/negated [R,L]
RewriteRule ^/s1$ /s2 [S=1]
RewriteRule ^/s2$ http://r.test/skipped [R,L]
RewriteRule ^/s2$ http://r.test/not-skipped [R,L]
RewriteRule ^/c1$ /c2 [C]
RewriteRule ^/c2$ http://r.test/chained [R,L]
RewriteRule ^/n/(.*)a(.*)$ /n/$1b$2 [N]
RewriteRule ^/n/(.*)$ http://r.test/$1 [R,L]
RewriteRule ^/env/(.)$ - [E=PART:$1,E=!GONE]
RewriteRule ^/env/ http://r.test/%{ENV:PART} [R,L]
RewriteRule ^/p/(.*)$ http://@backend/$1 [P]
RewriteRule ^/co$ http://r.test/%{HTTP:X-Test} [R,L]
RewriteRule ^/end$ /b.txt [END]
RewriteRule ^/pt$ /b.txt [PT]`,
    requests:
      '/r1/x?q=1 /r2/x /qsa?q=1 /qsd?q=1 /qslx?q=1 /none?q=1 /keep?q=1 /ne/x /e/x /F /G /404 /NC/x /nc/X /neg /s1 /s2 /c1 /c2 /n/aab /env/z /p/x?q=1 /co /end /pt'.split(
        ' ',
      ),
  },
  {
    lines: `RewriteEngine On
RewriteMap low int:tolower
RewriteMap up int:toupper
RewriteMap esc int:escape
RewriteMap un int:unescape
RewriteRule ^/low/(.*)$ http://r.test/\${low:$1} [R,L]
RewriteRule ^/up/(.*)$ http://r.test/\${up:$1} [R,L]
RewriteRule ^/esc/(.*)$ http://r.test/\${esc:$1} [R,L,NE]
RewriteRule ^/un/(.*)$ http://r.test/\${un:$1} [R,L,NE]
RewriteRule ^/nest/(.*)$ http://r.test/\${up:\${low:$1}x} [R,L]
RewriteRule ^/default/(.*)$ http://r.test/\${low:|none} [R,L]
RewriteRule ^/back/(.)(.)(.)$ http://r.test/$3$2$1$0$9 [R,L]
RewriteRule ^/dollar$ http://r.test/\\$1\\%1 [R,L]
RewriteRule ^/la/(.*)$ http://r.test/%{LA-U:REQUEST_FILENAME} [R,L]
RewriteRule ^/ssl$ http://r.test/%{SSL:SSL_PROTOCOL}x [R,L]`,
    requests: '/low/AbC /up/AbC /esc/a%20b /un/a%2520b /nest/AbC /default/x /back/abc /dollar /ssl'.split(' '),
  },
  {
    lines: `RewriteEngine On
${[
  '%{QUERY_STRING} ^a=(.)$',
  '%{QUERY_STRING} !^a=',
  '%{QUERY_STRING} =a=1',
  '%{QUERY_STRING} !=a=1',
  '%{QUERY_STRING} >a=1',
  '%{QUERY_STRING} <a=1',
  '%{QUERY_STRING} >=a=1',
  '%{QUERY_STRING} <=a=1',
  '%{HTTP:X-Number} -eq5',
  '%{HTTP:X-Number} -ne5',
  '%{HTTP:X-Number} -gt5',
  '%{HTTP:X-Number} -ge5',
  '%{HTTP:X-Number} -lt5',
  '%{HTTP:X-Number} -le5',
  '%{HTTP:X-Test} ^YES$ [NC]',
  '%{HTTP:X-Test} ^YES$',
  '%{HTTP:X-Test} =YES [NC]',
  '@root/b.txt -f',
  '@root/b.txt !-f',
  '@root/a -d',
  '@root/none -d',
  'expr "%{QUERY_STRING} == \'a=1\'"',
  '%{HTTPS} =on',
  '%{ENV:MARK} =m',
]
  .map((condition, index) => `RewriteCond ${condition}\nRewriteRule ^/c${index}$ http://r.test/${index}/%1 [R,L]`)
  .join('\n')}
RewriteCond %{QUERY_STRING} a [OR]
RewriteCond %{HTTP:X-Test} yes
RewriteCond %{HTTP:X-Number} 5
RewriteRule ^/or$ http://r.test/or [R,L]
SetEnvIf X-Test yes MARK=m`,
    requests: [
      ...Array.from({ length: 24 }, (_, index) => [
        `/c${index}?a=1 | X-Number: 5 | X-Test: yes`,
        `/c${index}?b=2 | X-Number: 6`,
        `/c${index}?A | X-Number: 4 | X-Test: YES`,
      ]).flat(),
      '/or?a | X-Number: 5',
      '/or?b | X-Number: 5',
      '/or?b | X-Number: 5 | X-Test: yes',
      '/or?a',
    ],
  },
  {
    lines: `<Directory @root>
Require all granted
RewriteEngine On
RewriteBase /base
RewriteRule ^rel$ b.txt [L]
RewriteRule ^out$ http://r.test/ [R,L]
RewriteRule ^in$ /b.txt [R=302,L]
RewriteRule ^a/old\\.txt$ a/b.txt
RewriteRule ^deny - [F]
</Directory>
<Directory @root/a>
RewriteEngine On
RewriteRule ^c\\.txt$ b.txt
RewriteOptions Inherit
</Directory>`,
    requests: '/rel /out /in /a/old.txt /deny /a/c.txt /a/b.txt /b.txt'.split(' '),
  },
  // Tests of files.
  {
    lines: `RewriteEngine On
${['-s', '!-s', '-l', '!-L', '-h', '!-x', '-e']
  .map((test, index) =>
    ['b.txt', 'a', 'none']
      .map((file) => `RewriteCond @root/${file} ${test}\nRewriteRule ^/t${index}/${file}$ http://r.test/ [R,L]`)
      .join('\n'),
  )
  .join('\n')}`,
    requests: Array.from({ length: 7 }, (_, index) => ['b.txt', 'a', 'none'].map((file) => `/t${index}/${file}`))
      .flat()
      .filter((path) => !/^\/t5\/(?:b\.txt|a)$/.test(path)),
  },
  // Handlers.
  {
    lines: `ScriptAlias /cgi/ @root/
ScriptAlias /cgi-none/ @root/none/
<Location /none>
SetHandler no-such-module
</Location>
<Location /scripts>
SetHandler cgi-script
</Location>
<Location /page>
SetHandler server-status
</Location>
<Location /b.txt>
SetHandler server-info
</Location>
Header always set X-Type t "expr=%{CONTENT_TYPE} == 'text/none'"
Header always set X-After a`,
    requests: '/cgi/none /cgi/a /cgi/a/ /cgi-none/x /scripts /page /b.txt'
      .split(' ')
      .concat('POST /b.txt | Content-Length: 0', 'HEAD /b.txt'),
  },
  // Sections.
  {
    lines: `${proxied}
<Location "/a">
Header always append X-S location-a
</Location>
<LocationMatch "^/a(?<rest>.*)$">
Header always append X-S "match-%{MATCH_REST}e"
</LocationMatch>
<Location ~ "/b$">
Header always append X-S tilde
</Location>
<Location "/*/c">
Header always append X-S glob
</Location>
<If "%{QUERY_STRING} == 'if'">
Header always append X-S if
</If>
<ElseIf "%{QUERY_STRING} == 'elseif'">
Header always append X-S elseif
</ElseIf>
<Else>
Header always append X-S else
</Else>
<Proxy "http://@backend/a/*">
Header always append X-S proxy
</Proxy>`,
    requests: '/a /a/ /ab /a/b /x/c /x/y/c /a?if /a?elseif /A'.split(' '),
  },
  {
    lines: `<Directory "@root">
Require all granted
Header always append X-S root
</Directory>
<Directory "@root/*">
Header always append X-S glob
</Directory>
<DirectoryMatch "/static$">
Header always append X-S match
</DirectoryMatch>
<Directory ~ "/a$">
Header always append X-S tilde
</Directory>
<Files "b.txt">
Header always append X-S files
</Files>
<Files ~ "\\.css$">
Header always append X-S files-tilde
</Files>
<FilesMatch "^index">
Header always append X-S files-match
</FilesMatch>
<Files "?.txt">
Header always append X-S files-glob
</Files>`,
    requests: '/ /a/ /a/b.txt /static/x.css /b.txt /index.html /none.txt'.split(' '),
  },
  // Errors, names and heads.
  {
    lines: `ErrorDocument 403 "no"
ErrorDocument 404 /b.txt
ErrorDocument 405 http://r.test/e
ErrorDocument 410 /none
ErrorDocument 500 default
Redirect 403 /f
Redirect 410 /g
Redirect 500 /h
<Location /m>
AllowMethods POST
</Location>`,
    requests: '/f /g /h /m /none'.split(' '),
  },
  ...['On', 'Off'].flatMap((canonical) =>
    ['On', 'Off'].map((physical): RoutingCase => ({
      lines: `UseCanonicalName ${canonical}\nUseCanonicalPhysicalPort ${physical}\nRedirect /x /y`,
      requests: ['/x', '/x | Host: other.test', '/x | Host: other.test:81', '/x | Host: A.TEST'],
    })),
  ),
  ...['On', 'Off', 'NoDecode'].map((slashes): RoutingCase => ({
    lines: `AllowEncodedSlashes ${slashes}\n${proxied}`,
    requests: ['/a%2Fb', '/a%2fb/%2e', '/a%5Cb'],
  })),
  ...['On', 'Off', 'Full', 'Block'].map((via): RoutingCase => ({
    lines: `ProxyVia ${via}\nProxyPreserveHost On\n${proxied}`,
    requests: [
      '/x',
      '/x | Via: 1.1 other',
      '/x | X-Forwarded-For: 1.2.3.4 | X-Forwarded-Host: h | X-Forwarded-Server: s',
    ],
  })),
  {
    lines: `ProxyAddHeaders Off\nProxyPass /ws ws://@backend/\n${proxied}`,
    requests: [
      '/x | X-Forwarded-For: 1.2.3.4',
      '/ws/x | Upgrade: websocket | Connection: Upgrade',
      '/x | Connection: close, X-Gone | X-Gone: 1 | X-Kept: 2',
      '/x | TE: trailers | Keep-Alive: 5',
      'OPTIONS * | Max-Forwards: 0',
      'TRACE /x',
    ],
  },
  {
    lines: `LimitRequestBody 3\nTraceEnable Off\n${proxied}`,
    requests: [
      'POST /x | Content-Length: 3',
      'POST /x | Content-Length: 4',
      'TRACE /x',
      '/x | Expect: 100-continue',
      '/x | Expect: other',
    ],
  },
  {
    lines: `RemoteIPHeader X-Forwarded-For
RemoteIPInternalProxy 127.0.0.0/8
RemoteIPTrustedProxy 9.9.9.9
${proxied}
Header always set X-Client "expr=%{REMOTE_ADDR}"
<Location /x>
Require ip 8.8.8.8
</Location>`,
    requests: [
      '/x',
      '/x | X-Forwarded-For: 8.8.8.8',
      '/x | X-Forwarded-For: 8.8.8.8, 10.0.0.1',
      '/x | X-Forwarded-For: 8.8.8.8, 9.9.9.9',
      '/x | X-Forwarded-For: 10.1.1.1, 9.9.9.9',
      '/x | X-Forwarded-For: nonsense',
    ],
  },
  // Macros: the longest name counts, also within words; `@name` is put between quotes.
  {
    lines: `<Macro Proxied $p $port @h %x plain>
<Location /$p>
ProxyPass http://127.0.0.1:$port/to-$p-$p2
Header always set X-$p @h
Header always set X-Plain-%x "plain-%x"
</Location>
RewriteRule ^/r-$p/(.*)$ /$p/$1?%x [PT]
</Macro>
<Macro Both $a $ab @q>
Use Proxied $a @port @q $ab "two words"
Header always append X-Both "$ab-$a"
</Macro>
RewriteEngine On
Use Proxied one @port "say \\"hi\\" \\\\o/" A B
use BOTH first second 'a "b" c'
<Macro Twice $x>
Redirect /twice http://$x.test/
</Macro>
Use Twice early
UndefMacro Twice
<Macro Twice $x>
Redirect /again http://$x.test/
</Macro>
Use Twice late
<Location /in>
Use Twice within
</Location>`,
    requests: '/one/x /one /first/y /r-one/z /r-first/z?q /none /twice/x /again/x /in/again'.split(' '),
  },
  // Whether access is checked again for the page of an error.
  ...[
    `<Location />\nRequire all denied\n</Location>`,
    `<Location />\nRequire all denied\n</Location>\n<Location /a>\nHeader set X-A a\n</Location>`,
    `<If "true">\nRequire all denied\n</If>`,
    `<Directory "/">\nRequire all denied\n</Directory>`,
    `<Directory "@root/a">\nRequire all denied\n</Directory>`,
    `<Files "*">\nRequire all denied\n</Files>`,
    `<Proxy "*">\nRequire all denied\n</Proxy>`,
    `<LocationMatch ^/x|^/a/b>\nRequire all denied\n</LocationMatch>`,
    `<Location />\nRequire method POST\n</Location>`,
  ].flatMap((section) =>
    ['/a/b.txt', '/x', '/a/none', '/b'].map((page): RoutingCase => ({
      lines: `ErrorDocument 403 ${page}\n${section}\n<Location /b>\nProxyPass http://@backend\n</Location>\nProxyPass /x http://@backend/`,
      requests: '/a/b.txt /a/ /a/none /none /x/y /x /b/x /b.txt /index.html'.split(' '),
    })),
  ),
  // A status that a rule leaves behind goes out with what answers in the end; an internal redirect is no error.
  {
    lines: `RewriteEngine On
RewriteRule ^(.*)\\.php$ http://r.test/$1 [R=307,NE]
RewriteRule ^http /a/b.txt
<Directory "@root/a">
RewriteEngine On
RewriteRule ^c$ b.txt
</Directory>`,
    requests: ['/x.php', 'OPTIONS /x.php', '/a/c', '/a/c | Range: bytes=0-1', 'OPTIONS /a/b.txt'],
  },
];
