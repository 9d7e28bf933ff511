/**
 * Writes random nginx configs over what decides a request's way: server names, locations of all kinds and nested ones, rewrites,
 * `if`, `try_files`, `error_page`, access rules, proxying with and without a path, headers.
 */
import type { TraceRequest } from '../../../src/model/trace.ts';
import type { GeneratedConfig } from './play.ts';
import type { Draw } from './random.ts';
import { moduleLocations, moduleSettings, moduleVariables, variableReturns } from './nginx-modules.ts';
import { oddRequest, randomRequest, segments } from './request-generate.ts';
import { aimed, drawAddresses, type Sockets } from './sockets.ts';

interface Setup extends Sockets {
  readonly random: Draw;
  /** Makes names unique among the configs that share one nginx. */
  readonly id: number;
  readonly backend: number;
  /** A directory with the files `index.html`, `a/index.html`, `a/b.txt`, `static/x.css`. */
  readonly root: string;
}

const regexes = [
  '\\.php$',
  '^/a',
  '/b/',
  '^/(?<first>[^/]+)/(.*)$',
  '\\.(css|txt)$',
  '^/api/(v\\d)',
  'x',
  '^/.+/$',
  '/([a-z]+)$',
];
const names = [
  'example.com',
  'www.example.com',
  '*.example.com',
  '.example.com',
  'www.example.*',
  '~^(?<sub>\\w+)\\.example\\.com$',
  '*.a.example.com',
  'example.org',
  '_',
  '""',
  '~example',
];

export function generateConfig(setup: Setup, requestCount: number): GeneratedConfig {
  const { random, id } = setup;
  const maps = [
    `map $uri $m${id} { default d; /a 1; ~^/b(.*)$ "b$1"; ~*\\.PHP$ php; "" empty; }`,
    `map $http_upgrade $up${id} { default upgrade; '' close; }`,
    ...moduleVariables(id),
    `map $host $h${id} { hostnames; default none; *.example.com wild; example.com exact; www.example.* tail; }`,
  ];
  const count = 1 + random.below(3);
  const servers = Array.from({ length: count }, (_, index) => server(setup, index, count));
  const upstream = `upstream up${id} { server 127.0.0.1:${setup.backend}; }`;
  const text = [...maps, upstream, ...servers].join('\n');
  const paths = [...text.matchAll(/location (?:= |\^~ )?"?(\/[^"{]*?)"? \{/g)].map((match) => match[1]!);
  return { text, requests: Array.from({ length: requestCount }, () => request(setup, paths)) };
}

function request(setup: Setup, paths: readonly string[]): TraceRequest {
  const drawn = randomRequest(setup, [...paths, '/auth', '/files', '/status']);
  return aimed(setup.random, setup, oddRequest(setup.random, drawn));
}

function listens({ random, port, tlsPort }: Setup, isDefault: boolean): string[] {
  const tls = random.chance(0.4)
    ? drawAddresses(random).map((address) => ({ address, port: tlsPort, ssl: ' ssl' }))
    : [];
  // Before 1.25.1 a plain listener of HTTP/2 speaks nothing else.
  const http2 = random.chance(0.03) ? ' http2' : '';
  const all = [...drawAddresses(random).map((address) => ({ address, port, ssl: '' })), ...tls];
  return all.map(
    (each) =>
      `listen ${each.address === '' ? '' : `${each.address}:`}${each.port}${each.ssl}${http2}${isDefault ? ' default_server' : ''};`,
  );
}

function server(setup: Setup, index: number, count: number): string {
  const { random } = setup;
  const isDefault = count > 1 && index === 1 && random.chance(0.3);
  const own = random.some(names, 3);
  const lines = [
    ...listens(setup, isDefault),
    `ssl_certificate ${setup.certificate}.crt;`,
    `ssl_certificate_key ${setup.certificate}.key;`,
    ...(own.length > 0 ? [`server_name ${own.join(' ')};`] : []),
    `root ${setup.root};`,
    ...random.some(serverSettings(setup), 3),
    ...random.some(moduleSettings(setup), 2),
    ...random.some(rewriteLines(setup, 'server'), 1),
    ...(random.chance(0.5) ? moduleLocations(setup) : []),
    ...locations(setup, '', 0),
  ];
  return `server {\n  ${lines.join('\n  ')}\n}`;
}

function serverSettings(setup: Setup): string[] {
  const { id } = setup;
  return [
    'merge_slashes off;',
    'error_page 404 /missing;',
    'error_page 403 =302 /denied;',
    'error_page 404 = @fallback;',
    'error_page 500 502 =200 /b;',
    'error_page 404 https://elsewhere.test/404;',
    'recursive_error_pages on;',
    'absolute_redirect off;',
    'port_in_redirect off;',
    'server_name_in_redirect on;',
    `proxy_set_header X-Server ${id};`,
    'proxy_set_header Host $host;',
    'add_header X-Server-Level "$uri";',
    'add_header X-Always $host always;',
    'underscores_in_headers on;',
    'client_max_body_size 10;',
    'proxy_http_version 1.1;',
    'disable_symlinks off;',
    'proxy_cache off;',
    'error_page 404 =404 /b;',
    'error_page 403 404 /a/index.html;',
    'error_page 502 504 = @fallback;',
    'index none.html b.txt;',
    'index /a/b.txt;',
    'autoindex on;',
    'satisfy any;',
    'set $args "";',
    'proxy_intercept_errors on;',
    'log_subrequest on;',
    'if_modified_since off;',
    'types { text/x b; }',
  ];
}

function locations(setup: Setup, prefix: string, depth: number): string[] {
  const { random } = setup;
  const seen = new Set<string>();
  const out: string[] = [];
  for (let count = random.below(depth === 0 ? 7 : 3); count > 0; count--) {
    const head = locationHead(random, prefix);
    const key = head.replace('^~ ', '');
    if (seen.has(key)) continue;
    seen.add(key);
    const exact = head.startsWith('=');
    const regex = head.startsWith('~');
    const inner =
      !exact && depth < 2 && random.chance(0.25) ? locations(setup, regex ? '' : pathOf(head), depth + 1) : [];
    // A prefix location inside a regex one is refused.
    const nested = regex ? inner.filter((text) => text.startsWith('location ~')) : inner;
    out.push(`location ${head} {\n    ${[...body(setup, regex), ...nested].join('\n    ')}\n  }`);
  }
  if (depth === 0) out.push(`location @fallback {\n    ${body(setup, true).join('\n    ')}\n  }`);
  return out;
}

function pathOf(head: string): string {
  return head.replace(/^(?:=|\^~) /, '').replace(/^"|"$/g, '');
}

function locationHead(random: Draw, prefix: string): string {
  if (random.chance(0.3)) return `${random.one(['~', '~*'])} "${random.one(regexes)}"`;
  const path =
    `${prefix.replace(/\/$/, '')}/${random.some(segments, 2).join('/')}${random.chance(0.3) ? '/' : ''}`.replace(
      /\/+/g,
      '/',
    );
  const modifier = random.chance(0.2) ? '= ' : random.chance(0.2) ? '^~ ' : '';
  return `${modifier}${path.includes(' ') ? `"${path}"` : path}`;
}

function body(setup: Setup, noUri: boolean): string[] {
  const { random } = setup;
  return [
    ...random.some(rewriteLines(setup, 'location'), 2),
    ...(random.chance(0.3) ? random.some(accessLines, 2) : []),
    ...random.some(headerLines(setup), 2),
    ...(random.chance(0.12)
      ? [
          `limit_except ${random.one(['GET', 'POST', 'HEAD'])} { ${random.one(['deny all;', `proxy_pass http://up${setup.id};`])} }`,
        ]
      : []),
    ...(random.chance(0.08) ? ['internal;'] : []),
    ...(random.chance(0.15) ? [tryFiles(random)] : []),
    handler(setup, noUri),
  ];
}

function handler(setup: Setup, noUri: boolean): string {
  const { random, backend, id } = setup;
  const host = random.one([`http://127.0.0.1:${backend}`, `http://up${id}`]);
  const roll = random.next();
  if (roll < 0.5)
    return `proxy_pass ${host}${noUri ? '' : random.one(['', '', '/', '/sub', '/sub/', '/s p/', '/q?x=1'])};`.replace(
      /proxy_pass (\S+ \S+);/,
      'proxy_pass "$1";',
    );
  if (roll < 0.53) return gateway(setup);
  if (roll < 0.6)
    return `proxy_pass ${host}${random.one(['$uri', '$request_uri', '/v$uri$is_args$args', '/fixed', `/m/$m${id}`])};`;
  if (roll < 0.85) return returnLine(setup);
  return '';
}

/** Backends that speak no HTTP/1. */
function gateway({ random, id, backend }: Setup): string {
  const to = random.one([`127.0.0.1:${backend}`, `up${id}`]);
  const tells = (family: string): string =>
    `${family}_param REQUEST_METHOD $request_method; ${family}_param DOCUMENT_URI $document_uri; ${family}_pass ${to};`;
  return random.one([
    `fastcgi_split_path_info ^(.+\\.php)(/.*)$; fastcgi_index i.php; add_header X-Script "$fastcgi_script_name|$fastcgi_path_info"; ${tells('fastcgi')}`,
    `include /etc/nginx/fastcgi_params; fastcgi_pass ${to};`,
    tells('scgi'),
    tells('uwsgi'),
    `grpc_pass ${random.one(['', 'grpc://'])}${to};`,
    `set $memcached_key k$uri; memcached_pass ${to};`,
  ]);
}

function returnLine({ random, id }: Setup): string {
  return `return ${random.one([
    ...variableReturns(id),
    `200 "here ${id} $uri"`,
    '404',
    '403',
    '301 /moved',
    '302 https://$host$request_uri',
    '307 /x?u=$uri',
    '204',
    '410 "gone $1"',
    '444',
    'https://elsewhere.test$uri',
    '500',
  ])};`;
}

function rewriteLines(setup: Setup, level: 'server' | 'location'): string[] {
  const { id, random } = setup;
  const simple = [
    'rewrite ^/a/(.*)$ /b/$1 last;',
    'rewrite ^/a(.*)$ /api$1 break;',
    'rewrite ^/(v1)/(.*)$ /$2?from=$1 last;',
    'rewrite /b /c permanent;',
    'rewrite ^/img/(.*) https://cdn.test/$1? redirect;',
    'rewrite ^(.*)\\.php$ $1 last;',
    'rewrite ^/x /x/y;',
    'rewrite ^/ws$ /ws/$arg_q?k=$args? last;',
    `set $s${id} "$uri-$arg_q";`,
    `set $t${id} $1;`,
    `set $t${id} "$http_host-$is_args$args-$cookie_a-$http_cookie";`,
    'rewrite ^/(?<part>[^/]+)/old /$part/new last;',
    'rewrite ^/a/(.*)$ /$1?$args&x=$request_method? last;',
    'rewrite (?i)^/API/(.*) /v1/$1 last;',
    'rewrite ^/(.*)//+(.*)$ /$1/$2 permanent;',
    'rewrite ^ $scheme://canon.test$request_uri? permanent;',
    `rewrite ^/static/(.*)$ /$s${id}/$1 break;`,
    'break;',
  ];
  const conditions = [
    '($request_method = POST)',
    '($arg_q)',
    '($uri ~ ^/a/(.*))',
    '($http_x_test != "")',
    '($host ~* ^www\\.(.*)$)',
    `($m${id} = php)`,
    '($args ~ q=(\\w+))',
    '(-f $request_filename)',
    '(!-e $request_filename)',
    '(-d $request_filename)',
    '(!-f $document_root/b.txt)',
    '($request_uri ~* "^/([^?]*)\\?(.*)$")',
    '($http_user_agent ~* "(curl|wget)")',
    '($invalid_referer)',
    '($scheme = http)',
    '($query_string = "q=1")',
    `($split${id} != a)`,
    '($http_host !~ ^(www\\.)?example)',
    '($http_cookie ~ "a=(\\d)")',
    '($https = on)',
  ];
  const inner =
    level === 'server'
      ? [returnLine(setup), 'rewrite ^ /b last;', `set $s${id} yes;`]
      : [
          returnLine(setup),
          'rewrite ^(.*)$ /b$1 last;',
          `set $s${id} "if-$1";`,
          'add_header X-If yes;',
          'break;',
          `proxy_pass http://up${id};`,
        ];
  return [...simple, ...conditions.map((condition) => `if ${condition} { ${random.one(inner)} }`)];
}

const accessLines = [
  'deny all;',
  'allow 127.0.0.1;',
  'deny 127.0.0.0/8;',
  'allow 10.0.0.0/8;',
  'satisfy any;',
  'allow ::1;',
  'deny 9.0.0.0/8;',
  'auth_request /auth;',
  'auth_request off;',
  'auth_basic "private"; auth_basic_user_file /dev/null;',
  'auth_basic off;',
  'valid_referers none server_names *.example.org ~x; if ($invalid_referer) { return 403 "bad"; }',
  'allow all;',
  'deny ::/0;',
  'allow 127.0.0.1; deny all; error_page 403 = @fallback;',
];

function headerLines({ random, id }: Setup): string[] {
  return [
    'proxy_set_header X-Real-IP $remote_addr;',
    'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
    'proxy_set_header Host $http_host;',
    `proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $up${id}; proxy_http_version 1.1;`,
    'proxy_set_header Connection "";',
    'proxy_set_header X-Empty "";',
    `proxy_set_header X-Map "$m${id}/$h${id}";`,
    `add_header X-Loc "${random.below(100)}";`,
    'add_header X-Uri $uri always;',
    'proxy_set_header Accept-Encoding "";',
    'proxy_set_header X-Args $args;',
    `proxy_set_header X-Set "[$s${id}][$t${id}]";`,
    'proxy_pass_request_headers off;',
    'proxy_method POST;',
    'proxy_method $request_method;',
    `proxy_set_header X-Split $split${id};`,
  ];
}

function tryFiles(random: Draw): string {
  const looked = [
    '$uri',
    '$uri $uri/',
    '$uri.html',
    '/a/b.txt',
    '$uri/index.html',
    '/none $uri/b.txt',
    '/b$uri $uri',
    '/b/',
    '$fastcgi_script_name',
  ];
  const ends = [
    '@fallback',
    '=404',
    '/b?$args',
    '/index.html',
    '=200',
    '=403',
    '=444',
    '/index.html?u=$uri',
    '$uri/x',
    '/a/b.txt',
    '@missing',
  ];
  return `try_files ${random.one(looked)} ${random.one(ends)};`;
}
