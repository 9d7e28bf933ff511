/**
 * Writes random httpd configs over what decides a request's way: virtual hosts and their names, rewriting, ProxyPass,
 * Redirect, Alias, sections of all kinds, access rules, headers, error documents.
 */
import type { TraceRequest } from '../../../src/model/trace.ts';
import type { GeneratedConfig } from './play.ts';
import type { Draw } from './random.ts';
import { inOtherForms } from './apache-forms.ts';
import { moduleBodies, moduleSettings } from './apache-modules.ts';
import { oddRequest, randomRequest, segments } from './request-generate.ts';
import { aimed, drawAddresses, type Sockets } from './sockets.ts';

interface Setup extends Sockets {
  readonly random: Draw;
  readonly backend: number;
  /** See `documentRoot` in play.ts. */
  readonly root: string;
}

const names = ['example.com', 'www.example.com', 'example.org', 'a.example.com', 'site.test'];
const aliases = ['*.example.com', 'www.example.*', 'b.?.example.com', '*', 'EXAMPLE.org', 'other.test', '*.net'];
const regexes = [
  '\\.php$',
  '^/a',
  '/b/',
  '^/([^/]+)/(.*)$',
  '\\.(css|txt)$',
  '^/api/(v\\d)',
  'x',
  '/([a-z]+)$',
  '(?i)^/A$',
];

/** `listen` and virtual hosts, all on one port. */
export function generateConfig(setup: Setup, requestCount: number): GeneratedConfig {
  const { random } = setup;
  const hosts = Array.from({ length: 1 + random.below(3) }, () => virtualHost(setup));
  const text = [...listens(setup), ...hosts].join('\n');
  const paths = [...text.matchAll(/(?:ProxyPass|Redirect(?: \w+)?|Alias|<Location) "?(\/[^"\s>]*)/g)].map(
    (match) => match[1]!,
  );
  return { text, requests: Array.from({ length: requestCount }, () => request(setup, paths)) };
}

function request(setup: Setup, paths: readonly string[]): TraceRequest {
  const { random } = setup;
  return aimed(
    random,
    setup,
    odd(random, oddRequest(random, randomRequest(setup, [...paths, '/balanced/x', '/none/x']))),
  );
}

/** All addresses of a port, or some of them. */
function listens({ random, port, tlsPort }: Setup): string[] {
  return [port, tlsPort].flatMap((each) => {
    if (random.chance(0.3)) return [`Listen ${each}`];
    const drawn = drawAddresses(random).filter((address) => address !== '' && address !== '[::]');
    return (drawn.length > 0 ? drawn : ['127.0.0.1']).map(
      (address) => `Listen ${address}:${each}${random.chance(0.1) ? ' http' : ''}`,
    );
  });
}

const oddPieces = [
  '%2e%2e/',
  ';v=1',
  ':8',
  '+',
  '%25',
  '%3b',
  '@',
  '!~',
  '/../',
  '/..',
  '/.',
  '%5c',
  '%C3%A9',
  '//',
  '%2E',
  '$1',
  '%',
  '%zz',
  '%00',
  '|',
  '"',
  '~user',
  "'",
  '%0A',
];

/** A rarer path, method or header. */
function odd(random: Draw, request: TraceRequest): TraceRequest {
  let { method, target, headers } = request;
  if (random.chance(0.12)) {
    const at = 1 + random.below(target.length);
    target = target.slice(0, at) + random.one(oddPieces) + target.slice(at);
  }
  if (random.chance(0.06) && request.bodySize === 0)
    method = random.one(['OPTIONS', 'DELETE', 'PATCH', 'PROPFIND', 'FOO']);
  if (random.chance(0.08))
    headers = [
      ...headers,
      random.one([
        ['X-Test', 'again'],
        ['Connection', 'X-Test, close'],
        ['User-Agent', 'Test/1.0 (x)'],
        ...(request.bodySize === 0 ? [['Expect', '100-continue'] as const] : []),
        ['TE', 'trailers'],
        ['Via', '1.1 other'],
        ['X-Forwarded-Host', 'client.test'],
        ['Cookie', 'a=1; b=2'],
        ['Authorization', 'Basic eDp5'],
        ['Proxy-Connection', 'close'],
        ['Keep-Alive', '5'],
      ] as const),
    ];
  if (random.chance(0.02))
    headers = [
      ['Host', random.one(['', 'a..b', 'x:99999', '[::1]:80', 'under_score', 'a b', '127.0.0.1'])],
      ...headers.slice(1),
    ];
  return { ...request, method, target, headers };
}

/** What all configs of one process share. */
export function generateMain({ random }: Pick<Setup, 'random'>): string {
  return random
    .some(
      [
        'Redirect /main-redirect http://main.test/',
        'Header set X-Main main',
        'Header always set X-Main-Always main',
        '<Location "/admin">\nRequire ip 10.0.0.0/8\n</Location>',
        'RewriteEngine On\nRewriteRule ^/main/(.*) /b/$1 [PT]',
        'ErrorDocument 403 "main says no"',
        'RequestHeader set X-Main-Request "main"',
        'SetEnvIf X-Test yes MAIN=1',
        'RewriteOptions InheritDown',
        'RewriteEngine On',
        'ProxyPass /main-proxy !',
        'RedirectMatch ^/img/(.+) http://main.test/$1',
        'AllowEncodedSlashes On',
        'ProxyPreserveHost On',
        '<If "%{REQUEST_URI} =~ m#^/ws#">\nHeader always set X-Main-If ws\n</If>',
      ],
      4,
    )
    .join('\n');
}

function virtualHost(setup: Setup): string {
  const { random, port, tlsPort, certificate } = setup;
  const overTls = random.chance(0.3);
  const tls = overTls
    ? ['SSLEngine On', `SSLCertificateFile ${certificate}.crt`, `SSLCertificateKeyFile ${certificate}.key`]
    : [];
  const lines = [
    ...tls,
    ...random.some(moduleSettings(setup), 2),
    `ServerName ${random.chance(0.05) ? 'https://' : ''}${random.one(names)}${random.chance(0.2) ? `:${random.one([port, 80, 8080])}` : ''}`,
    ...(random.chance(0.5) ? [`ServerAlias ${[...random.some(aliases, 2), random.one(aliases)].join(' ')}`] : []),
    `DocumentRoot "${setup.root}"`,
    ...random.some(settings, 3),
    ...random.some(environment, 2),
    ...random.some(headers, 3),
    ...inOtherForms(setup, shuffled(random, [...mappings(setup), ...rewrites(setup), ...sections(setup)])),
  ];
  const addresses = random.chance(0.4) ? ['*'] : drawAddresses(random).map((address) => address || '*');
  const own = overTls ? tlsPort : port;
  return `<VirtualHost ${addresses.map((address) => `${address}:${own}`).join(' ')}>\n${lines.join('\n')}\n</VirtualHost>`;
}

function shuffled<T>(random: Draw, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

const settings = [
  'AllowEncodedSlashes On',
  'AllowEncodedSlashes NoDecode',
  'MergeSlashes Off',
  'ProxyPreserveHost On',
  'ProxyAddHeaders Off',
  'UseCanonicalName On',
  'UseCanonicalPhysicalPort On',
  'ErrorDocument 404 /b.txt',
  'ErrorDocument 404 /missing',
  'ErrorDocument 403 "no entry"',
  'ErrorDocument 403 /api/denied',
  'ErrorDocument 404 http://elsewhere.test/404',
  'ErrorDocument 410 /a/b.txt',
  'DirectoryIndex b.txt index.html',
  'DirectoryIndex disabled',
  'DirectorySlash Off',
  'Options None',
  'AcceptPathInfo On',
  'ProxyVia Block',
  'RewriteOptions Inherit',
  'RewriteOptions InheritBefore',
  'RewriteOptions IgnoreInherit',
  'SetEnv force-proxy-request-1.0 1',
  'SetEnv proxy-nokeepalive 1',
  'RewriteMap lower int:tolower',
  'RewriteMap up int:toupper',
  'ProxyErrorOverride On',
  'RedirectRelative On',
  'RedirectPermanent /img http://elsewhere.test/p',
  'RedirectTemp /v1 /t',
  'Proxy100Continue Off',
  'LimitRequestLine 40',
  'ErrorDocument 401 /b.txt',
  'ErrorDocument 500 "broken"',
  'ErrorDocument 302 /a/b.txt',
  'ProxyPassInherit Off',
  'Options +Indexes',
  'AddHandler cgi-script .txt',
  'AddHandler no-such .css',
  'AddType application/x-httpd-php .php .txt',
  'DirectoryIndex none.html /a/b.txt',
  'DirectoryIndex none.html',
  'AcceptPathInfo Off',
  'AliasPreservePath Off',
  'RedirectMatch 403 "/\\.(git|ht)"',
  'ErrorDocument 503 /b.txt',
  'RewriteOptions MergeBase',
  'UseCanonicalName Off',
  'Header always set X-Type t "expr=%{CONTENT_TYPE} =~ /html/"',
  '<Location "/status">\nSetHandler server-status\n</Location>',
  '<Location "/info">\nSetHandler server-info\nRequire local\n</Location>',
];

const environment = [
  'SetEnvIf X-Test yes TEST=$0',
  'SetEnvIf Request_URI "^/(a|b)(/.*)?$" PART=$1 !UNSET',
  'SetEnvIf Remote_Addr ^127 LOCAL',
  'SetEnvIfNoCase Host ^WWW WWW=1 no-proxy',
  'SetEnvIf Request_Method POST POSTED',
  'BrowserMatch . AGENT',
  'BrowserMatchNoCase ^TEST/(.) AGENT=$1',
  'PassEnv PATH',
  'UnsetEnv STATIC',
  'SetEnv STATIC value',
  'SetEnvIfExpr "%{QUERY_STRING} =~ /q=(.)/" QUERY=$1',
  'SetEnvIf TEST yes SECOND=1',
];

const headers = [
  'Header set X-Set "plain"',
  'Header always set X-Always "always"',
  'Header append X-Set more',
  'Header add X-Add one',
  'Header merge X-Add one',
  'Header unset X-Set',
  'Header always unset X-Always',
  'Header set X-Uri "expr=%{REQUEST_URI}"',
  'Header set X-Env "%{PART}e"',
  'Header set X-If 1 env=TEST',
  'Header always set X-If-Not 1 env=!LOCAL',
  'Header set X-Expr 1 "expr=%{REQUEST_METHOD} == \'GET\'"',
  'Header edit X-Set a(.) [$1]',
  'Header setifempty X-Set empty',
  'Header set X-Early early early',
  'Header echo ^X-Test',
  'RequestHeader set X-Forwarded-Proto http',
  'RequestHeader set X-Scheme expr=%{REQUEST_SCHEME}',
  'RequestHeader unset X-Test',
  'RequestHeader append X-Test more',
  'RequestHeader edit X-Forwarded-For ^9 8',
  'RequestHeader edit* X-Forwarded-For \\. _',
  'RequestHeader set X-Env "%{TEST}e-%{STATIC}e"',
  'RequestHeader set X-Early early early',
  'RequestHeader set Host rewritten.test',
  'RequestHeader add X-Test two',
  'RequestHeader setifempty X-Test none',
  'RequestHeader set X-Conditional 1 env=LOCAL',
];

function mappings(setup: Setup): string[] {
  const { random, root } = setup;
  const count = random.below(6);
  return Array.from({ length: count }, () => {
    const path = randomPath(random);
    return random.one([
      `ProxyPass ${quoted(path)} ${backendUrl(setup, path)}${random.one(['', '', ' nocanon', ' upgrade=websocket', ' upgrade=ANY', ' disablereuse=On', ' noquery'])}`,
      `ProxyPass ${quoted(path)} ${backendUrl(setup, path)}`,
      `ProxyPass ${quoted(path)} !`,
      `ProxyPassMatch "${random.one(regexes)}" "${matchUrl(setup)}"`,
      `Redirect ${random.one(['', 'permanent ', '303 ', 'temp '])}${quoted(path)} ${random.one(['/moved', 'http://elsewhere.test', 'http://elsewhere.test/x/', '/q?x=1'])}`,
      `Redirect gone ${quoted(path)}`,
      `RedirectMatch "${random.one(regexes)}" "${random.one(['/r/$1', 'http://elsewhere.test/$1?y=$2', '/b/$0'])}"`,
      `Alias ${quoted(path)} "${root}${random.one(['', '/', '/a', '/a/'])}"`,
      `AliasMatch "${random.one(regexes)}" "${root}/a/$1"`,
      `ScriptAlias ${quoted(path)} "${root}/${random.one(['', 'a/', 'none/'])}"`,
      `ProxyPass ${quoted(path)} fcgi://127.0.0.1:${setup.backend}${random.one(['', '/', '/sub/'])}`,
      `RedirectMatch ${random.one(['301', 'seeother', 'gone', '404', '418'])} "${random.one(regexes)}"${random.one(['', ' /m/$1'])}`,
    ]);
  });
}

function randomPath(random: Draw): string {
  return `/${random.some(segments, 2).join('/')}${random.chance(0.4) ? '/' : ''}`.replace(/\/+/g, '/');
}

function quoted(path: string): string {
  return path.includes(' ') ? `"${path}"` : path;
}

/** Mostly with a slash at the end where the path has one. */
function backendUrl({ random, backend }: Setup, path: string): string {
  const slash = path.endsWith('/') !== random.chance(0.1);
  const base = random.one([`http://127.0.0.1:${backend}`, `http://localhost:${backend}`, `ws://127.0.0.1:${backend}`]);
  return `${base}${random.one(['', '', '/sub', '/v%201', '/q?x=1'])}${slash || random.chance(0.5) ? '/' : ''}`;
}

function matchUrl({ random, backend }: Setup): string {
  return `http://127.0.0.1:${backend}${random.one(['', '/$1', '/m/$2', '/fixed', '/$0'])}`;
}

function rewrites(setup: Setup): string[] {
  const { random } = setup;
  if (random.chance(0.45)) return [];
  const blocks = Array.from({ length: 1 + random.below(4) }, () => rewriteBlock(setup, false));
  return ['RewriteEngine On', ...blocks];
}

function rewriteBlock(setup: Setup, inSection: boolean): string {
  const { random } = setup;
  const conditions = random.chance(0.5)
    ? Array.from({ length: 1 + random.below(2) }, () => `RewriteCond ${rewriteCondition(setup)}`)
    : [];
  return [...conditions, `RewriteRule ${rewriteRule(setup, inSection)}`].join('\n');
}

function rewriteCondition({ random, root }: Setup): string {
  return random.one([
    '%{HTTP:Upgrade} =websocket [NC]',
    '%{HTTP_HOST} ^www\\.(.+)$ [NC]',
    '%{REQUEST_URI} !^/(api|ws)',
    '%{QUERY_STRING} q=(\\w+)',
    '%{REQUEST_METHOD} ^(GET|HEAD)$',
    '%{REQUEST_METHOD} !=POST [OR]',
    '%{HTTPS} off',
    '%{HTTP:X-Test} yes [OR]',
    '%{ENV:TEST} yes',
    '%{REMOTE_ADDR} ^127\\.',
    '%{THE_REQUEST} "\\s/a[/\\s]"',
    `${root}%{REQUEST_URI} -f`,
    `${root}%{REQUEST_URI} !-d`,
    '%{REQUEST_FILENAME} !-f',
    '%{REQUEST_FILENAME} -s',
    '%{REQUEST_FILENAME} !-l',
    `${root}%{REQUEST_URI} -s [OR]`,
    '%{REQUEST_FILENAME} -d',
    '%{DOCUMENT_ROOT}/b$1 -f',
    '%{HTTP_USER_AGENT} "(curl|wget)" [NC]',
    '%{HTTP_REFERER} !^https?://(www\\.)?example\\. [NC]',
    '%{HTTP_COOKIE} a=(\\d)',
    '%{THE_REQUEST} ^[A-Z]{3,9}\\ /.*index\\.html',
    '%{QUERY_STRING} ^$',
    '%{REQUEST_URI} =/b.txt',
    '%{PATH_INFO} ^/',
    '%{CONN_REMOTE_ADDR} ^127',
    '%{SERVER_PORT} -gt 100',
    '%{SERVER_NAME} >=example.c',
    'expr "%{REQUEST_URI} =~ m#^/(\\w+)#"',
    '%{REQUEST_SCHEME}://%{HTTP_HOST} ^http://(.*)\\.com',
    '$1 ^a',
  ]);
}

const flagSets = [
  'L',
  'END',
  'PT',
  'PT,L',
  'QSA',
  'QSA,L',
  'QSD',
  'NC',
  'R',
  'R=301,L',
  'R=307,NE',
  'NE,L',
  'B',
  'B,PT',
  'C',
  'S=1',
  'E=RULE:$1',
  'L,E=RULE:yes',
  'DPI',
  'N=5',
  'QSL',
];

function rewriteRule(setup: Setup, inSection: boolean): string {
  const { random, backend } = setup;
  const pattern = random.one([
    '^/a/(.*)$',
    '^/(.*)$',
    '^(.*)\\.php$',
    '^/api(/.*)?$',
    '/b',
    '!^/static',
    '^/ws/(.*)',
    '^',
    '(.*)x$',
    '^/A/?(.*)',
    ...(inSection ? ['b\\.txt$', '^(.+)$', 'proxy:http'] : []),
  ]);
  const action = random.one([
    `/b/$1`,
    `/$1`,
    `/api/$1?from=$1`,
    `/static/x.css`,
    `/a/b.txt`,
    `/q/%1?x=%{QUERY_STRING}`,
    `relative/$1`,
    'http://elsewhere.test/$1',
    'http://elsewhere.test/s p/$1?y=$1',
    `/new?`,
    '/n?a=1&b=$1',
    '/%{ENV:TEST}/$1',
    '/$0?',
    '%{DOCUMENT_ROOT}/a/b.txt',
    '${lower:$1}',
    '/${up:$1|none}',
    '/a/%2Fb',
    '/\\$1',
    '//double/$1',
  ]);
  const roll = random.next();
  if (roll < 0.22)
    return `${pattern} ${random.one(['http', 'ws'])}://127.0.0.1:${backend}${random.one(['/$1', '/r/$1?z=1', '/%{HTTP_HOST}', '%{REQUEST_URI}', '/up?'])} [P${random.one(['', ',NE', ',QSA', ',L'])}]`;
  if (roll < 0.32) return `${pattern} - [${random.one(['F', 'G', 'R=404', 'L', 'E=RULE:$1', 'S=1', 'END', 'R=503'])}]`;
  const flags = random.chance(0.8) ? ` [${random.one(flagSets)}]` : '';
  return `${pattern} ${action.includes(' ') ? `"${action}"` : action}${flags}`;
}

function sections(setup: Setup): string[] {
  const { random } = setup;
  return Array.from({ length: random.below(5) }, () => section(setup));
}

function section(setup: Setup): string {
  const { random, root, backend } = setup;
  const roll = random.next();
  if (roll < 0.06)
    return wrapped('Location', quoted2(randomPath(random)), [
      ...locationBody(setup),
      wrapped('If', `"${random.one(conditions)}"`, sectionBody(setup)),
      wrapped('ElseIf', `"${random.one(conditions)}"`, sectionBody(setup)),
      wrapped('Else', '', sectionBody(setup)),
    ]);
  if (roll < 0.1)
    return wrapped('Directory', `"${random.one([root, `${root}/a`])}"`, [
      ...sectionBody(setup),
      wrapped('Files', '"*.txt"', sectionBody(setup)),
      wrapped('If', `"${random.one(conditions)}"`, sectionBody(setup)),
    ]);
  if (roll < 0.14)
    return wrapped('Directory', `"${random.one([root, `${root}/a`])}"`, [
      'RewriteEngine On',
      ...(random.chance(0.4) ? [`RewriteBase ${random.one(['/', '/a', '/base/'])}`] : []),
      ...Array.from({ length: 1 + random.below(2) }, () => directoryRule(setup)),
    ]);
  if (roll < 0.45) return wrapped('Location', quoted2(randomPath(random)), locationBody(setup));
  if (roll < 0.55)
    return wrapped(
      random.one(['LocationMatch', 'Location ~']).split(' ')[0]!,
      `"${random.one(regexes)}"`,
      sectionBody(setup),
      'LocationMatch',
    );
  if (roll < 0.62) return wrapped('Location', random.one(['"/*/x"', '"/a*"', '"/[ab]/*"']), sectionBody(setup));
  if (roll < 0.74)
    return wrapped(
      'Directory',
      `"${random.one([root, `${root}/a`, '/', `${root}/*`, `${root}/static`])}"`,
      sectionBody(setup),
    );
  if (roll < 0.76)
    return wrapped(
      'DirectoryMatch',
      random.one(['"/html/(a|b)"', '"^.*/static/?$"', '"/(?<dir>a)/"']),
      sectionBody(setup),
    );
  if (roll < 0.78) return wrapped('FilesMatch', random.one(['"\\.(css|txt)$"', '"^index"']), sectionBody(setup));
  if (roll < 0.8)
    return wrapped('ProxyMatch', random.one(['"^http://[^/]+/(sub|q)"', '"^ws:"', '".*"']), sectionBody(setup));
  if (roll < 0.84) return wrapped('Files', random.one(['"b.txt"', '"*.css"', '"index.html"']), sectionBody(setup));
  if (roll < 0.9)
    return wrapped(
      'Proxy',
      random.one(['"*"', `"http://127.0.0.1:${backend}/*"`, '"ws:"', `"http://localhost:${backend}"`]),
      sectionBody(setup),
    );
  return `${wrapped('If', `"${random.one(conditions)}"`, sectionBody(setup))}${random.chance(0.4) ? `\n${wrapped('Else', '', sectionBody(setup))}` : ''}`;
}

function directoryRule({ random, backend }: Setup): string {
  return `RewriteRule ${random.one(['^(.*)$', '^b\\.txt$', '^a/(.*)', '^$', '^x(.*)', '!^b'])} ${random.one([
    'b.txt',
    '/b.txt',
    'a/$1',
    '/api/$1?d=1',
    '-',
    'http://elsewhere.test/$1',
    `http://127.0.0.1:${backend}/$1 [P]`,
    'b.txt [L]',
    'new/$1 [R,L]',
    'b.txt [END]',
    '- [F]',
    'x/$1 [L]',
  ])}`;
}

function quoted2(path: string): string {
  return `"${path}"`;
}

function wrapped(name: string, argument: string, body: readonly string[], tag = name): string {
  return `<${tag}${argument === '' ? '' : ` ${argument}`}>\n${body.join('\n')}\n</${tag}>`;
}

const conditions = [
  '%{REQUEST_URI} =~ m#^/(a|b)#',
  "%{HTTP_HOST} == 'example.com'",
  "%{REQUEST_METHOD} in {'GET', 'POST'}",
  '-n %{QUERY_STRING}',
  "req('X-Test') == 'yes' && !(%{REQUEST_URI} -strmatch '*/b*')",
  "%{HTTP:X-Test} =~ /y(.)s/ || reqenv('LOCAL') == '1'",
  "tolower(%{REQUEST_URI}) == '/a'",
  "-R '127.0.0.0/8' && -z %{QUERY_STRING}",
  "%{REMOTE_ADDR} -ipmatch '10.0.0.0/8'",
  "env('TEST') == 'yes'",
  '-f %{REQUEST_FILENAME}',
  "-d '%{DOCUMENT_ROOT}/a' && %{REQUEST_URI} != '/b.txt'",
  "-e '%{DOCUMENT_ROOT}%{REQUEST_URI}'",
  "%{QUERY_STRING} =~ /(^|&)q=([^&]*)/ && $2 != ''",
  "toupper(%{REQUEST_METHOD}) == 'POST'",
  "%{REQUEST_URI} -fnmatch '/*'",
  '!(%{HTTP_USER_AGENT} =~ /curl/i) && true',
  "'%{HTTP_HOST}' -strcmatch '*.EXAMPLE.com'",
  "%{REMOTE_ADDR} in { '127.0.0.1', '::1' }",
  "req('Referer') =~ m#^https?://(www\\.)?example\\.(com|org)#",
];

function locationBody(setup: Setup): string[] {
  const { random, backend } = setup;
  const extra = random.chance(0.45)
    ? [
        random.one([
          `ProxyPass http://127.0.0.1:${backend}${random.one(['', '/', '/loc/'])}`,
          `ProxyPass http://127.0.0.1:${backend}/${random.one(['', ' upgrade=websocket', ' nocanon'])}`,
          'ProxyPass !',
          'Redirect 301 http://loc.test%{REQUEST_URI}',
          'Redirect 410',
          `Alias "${setup.root}/a/b.txt"`,
          'Redirect /a /from-section',
        ]),
      ]
    : [];
  return [...extra, ...sectionBody(setup)];
}

function sectionBody(setup: Setup): string[] {
  const { random, backend } = setup;
  const access = random.chance(0.4) ? random.some(accessLines, 3) : [];
  const rewriting = random.chance(0.2) ? ['RewriteEngine On', rewriteBlock(setup, true)] : [];
  const handler = random.chance(0.07)
    ? [
        random.one([
          `SetHandler "proxy:http://127.0.0.1:${backend}${random.one(['', '/h'])}"`,
          `SetHandler "proxy:fcgi://127.0.0.1:${backend}"`,
          'SetHandler server-status',
          'SetHandler no-such-handler',
          'SetHandler cgi-script',
          'SetHandler none',
        ]),
      ]
    : [];
  return [
    ...(random.chance(0.2) ? [random.one(moduleBodies)] : []),
    ...random.some(
      headers.filter((line) => !line.endsWith(' early')),
      2,
    ),
    ...access,
    ...rewriting,
    ...handler,
    ...(random.chance(0.1)
      ? [
          random.one([
            'SetEnvIf X-Test yes SECTION=1',
            'SetEnv STATIC section',
            'ProxyPreserveHost On',
            'ErrorDocument 403 /a/b.txt',
            'Options -FollowSymLinks',
            'DirectoryIndex b.txt',
            'RewriteEngine Off',
            'ProxyAddHeaders Off',
            'Options +Indexes',
            'Options +MultiViews',
            'AddHandler cgi-script .css',
            'FallbackResource /a/b.txt',
            'DirectorySlash Off',
            'AcceptPathInfo On',
            'ErrorDocument 404 "none here"',
            'SetEnv no-gzip 1',
            'RewriteOptions InheritBefore',
            'Header unset X-Set',
          ]),
        ]
      : []),
  ];
}

const accessLines = [
  'Require all granted',
  'Require all denied',
  'Require ip 127.0.0.1',
  'Require ip 10.0.0.0/8 192.168',
  'Require local',
  'Require method GET',
  'Require env LOCAL',
  'Require valid-user',
  'AuthType Basic\nAuthName private\nRequire valid-user',
  'Require expr "%{REQUEST_URI} =~ /a/"',
  '<RequireAll>\nRequire local\nRequire not ip 127.0.0.1\n</RequireAll>',
  '<RequireAny>\nRequire ip 10.0.0.1\nRequire method POST\n</RequireAny>',
  '<RequireAll>\nRequire all granted\n<RequireNone>\nRequire env TEST\n</RequireNone>\n</RequireAll>',
  'AuthMerging And',
  'AuthMerging Or',
  'Order deny,allow\nDeny from all',
  'Order allow,deny\nAllow from 127.0.0.0/255.0.0.0',
  'Deny from env=TEST',
  'Satisfy Any',
  'AuthMerging Off\nRequire all denied',
  'Require not ip 10.0.0.1',
  'Require not method POST',
  'Require ip 127.0.0.1 10',
  'Allow from 127.0',
  'Order allow,deny\nAllow from all\nDeny from 127.0.0.1',
  '<LimitExcept GET>\nDeny from all\n</LimitExcept>',
  '<Limit POST PUT>\nOrder deny,allow\nDeny from all\n</Limit>',
];
