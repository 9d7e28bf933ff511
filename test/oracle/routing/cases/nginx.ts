/** Cases for nginx: variables, conditions, rewriting, locations, files, access, proxying, errors, maps. */
import type { RoutingCase } from './case.ts';

const variables = [
  'args',
  'arg_a',
  'arg_missing',
  'content_length',
  'content_type',
  'cookie_a',
  'cookie_missing',
  'document_root',
  'document_uri',
  'host',
  'http_user_agent',
  'http_x_test',
  'http_missing',
  'https',
  'is_args',
  'limit_rate',
  'query_string',
  'remote_addr',
  'request',
  'request_filename',
  'request_method',
  'request_uri',
  'scheme',
  'server_addr',
  'server_name',
  'server_protocol',
  'uri',
  'proxy_host',
  'proxy_port',
  'proxy_add_x_forwarded_for',
  'http_host',
  'http_x_forwarded_for',
];

const conditions = [
  '$arg_a',
  '$arg_a = 1',
  '$arg_a != 1',
  '$arg_a ~ ^[A-B]$',
  '$arg_a ~* ^[A-B]$',
  '$arg_a !~ ^[A-B]$',
  '$arg_a !~* ^[A-B]$',
  '-f @root/b.txt',
  '!-f @root/b.txt',
  '-f @root/a',
  '-d @root/a',
  '!-d @root/a',
  '-d @root/b.txt',
  '-e @root/a',
  '!-e @root/none',
  '-e @root/none',
  '$request_method = POST',
  '$http_x_test = yes',
];

const backend = 'proxy_pass http://@backend;';

export const nginxCases: readonly RoutingCase[] = [
  {
    lines: `location / {\n${variables.map((name) => `add_header X-${name.replaceAll('_', '-')} "[$${name}]" always;`).join('\n')}\n${backend}\n}`,
    requests: [
      '/x?a=1&b=2',
      '/x%20y/../z',
      'POST /x | Content-Length: 3 | Content-Type: text/plain | Cookie: a=1; b=2 | User-Agent: t/1 | X-Test: yes | X-Forwarded-For: 1.2.3.4',
      '/x | Host: other.test',
      '/x | Authorization: Basic dTpw',
    ],
  },
  ...conditions.map((condition): RoutingCase => ({
    lines: `location / {\nif (${condition}) {\nreturn 200 yes;\n}\nreturn 200 no;\n}`,
    requests: ['/', '/?a=1', '/?a=a', '/?a=A', '/?a=0', '/?a=', 'POST / | Content-Length: 0 | X-Test: yes'],
  })),
  // Rewriting.
  {
    lines: `rewrite ^/last/(.*)$ /l/$1 last;
rewrite ^/break/(.*)$ /b.txt break;
rewrite ^/redirect/(.*)$ /r/$1 redirect;
rewrite ^/permanent/(.*)$ http://r.test/$1 permanent;
rewrite ^/https$ https://r.test/;
rewrite ^/scheme$ $scheme://r.test/x;
rewrite ^/query$ /q?x=1 redirect;
rewrite ^/noquery$ /q? redirect;
rewrite (?i)^/CASE$ /case redirect;
rewrite ^/named/(?<part>[^/]+) /n/$part redirect;
rewrite "^/quoted/(.{2})$" /$1 redirect;
rewrite ^/one$ /two;
rewrite ^/two$ /three;
rewrite ^/three$ /four redirect;
set $first 1;
location /l/ { return 200 "l $uri $first"; }
location /cycle { rewrite ^/cycle /cycle/x last; }
location /inner {
rewrite ^/inner/a$ /l/a last;
rewrite ^/inner/b$ /b.txt break;
set $first 2;
return 200 "inner $first";
}`,
    requests:
      '/last/x?q=1 /break/x /redirect/a%20b?q=1 /permanent/x?y /https /scheme /query?y=2 /noquery?y=2 /case /Case /named/abc/d /quoted/ab /quoted/abc /one /cycle /inner/a /inner/b /inner/c'.split(
        ' ',
      ),
  },
  {
    lines: `location /204 { return 204; }
location /301 { return 301 /x; }
location /302 { return 302 http://r.test/$arg_a; }
location /303 { return 303 /x?y; }
location /307 { return 307 /x; }
location /308 { return 308 /x; }
location /url { return http://r.test/u; }
location /url2 { return https://r.test/u; }
location /url3 { return $scheme://r.test/u; }
location /404 { return 404; }
location /404t { return 404 "text $uri"; }
location /444 { return 444; }
location /500 { return 500; }
location /200 { return 200; }
location /empty { return 200 ""; }
location /abs { absolute_redirect off; return 301 /x; }
location /name { server_name_in_redirect on; return 301 /x; }
location /port { port_in_redirect off; return 301 /x; }`,
    requests: [
      ...'/204 /301 /302?a=1 /303 /307 /308 /url /url2 /url3 /404 /404t /444 /500 /200 /empty /abs /name /port'.split(
        ' ',
      ),
      '/301 | Host: other.test:81',
      '/name | Host: other.test',
      'HEAD /404t',
      'POST /301 | Content-Length: 0',
    ],
  },
  // Locations.
  {
    lines: `location = /exact { return 200 exact; }
location /exact { return 200 prefix-exact; }
location ^~ /static { return 200 caret; }
location ~ ^/static { return 200 regex-static; }
location ~ \\.PHP$ { return 200 case; }
location ~* \\.php$ { return 200 no-case; }
location /a { return 200 a; }
location /a/b { return 200 ab; }
location /outer/ {
location ~ x$ { return 200 inner-regex; }
location /outer/in { return 200 inner; }
return 200 outer;
}
location ^~ /caret/ {
location ~ y$ { return 200 inner-y; }
return 200 caret-outer;
}
location ~ y$ { return 200 y; }
location ~ ^/cap/(?<one>.)(.)$ { return 200 "$one $2"; }
location / { return 200 root; }`,
    requests:
      '/exact /exact/ /exacter /static/x.php /x.PHP /x.php /x.Php /a /a/ /a/b/c /ab /outer/x /outer/in /outer/inx /outer/q /caret/y /caret/x /y /cap/12 / /outer /%61/b //a /a/./b/../b'.split(
        ' ',
      ),
  },
  {
    lines: `merge_slashes off;
location /a/ { proxy_pass http://@backend/b/; }
location /c { proxy_pass http://@backend/d; }
location /e { proxy_pass http://@backend; }
location ~ ^/f/(.*)$ { proxy_pass http://@backend/g/$1; }
location /h { set $to @backend; proxy_pass http://$to; }
location /i { proxy_pass http://@backend$request_uri; }
location /j/ { rewrite ^/j/(.*) /k/$1 break; proxy_pass http://@backend/never/; }
location = /l { proxy_pass http://@backend/m; }
location /n/ { if ($arg_a) { proxy_pass http://@backend; } proxy_pass http://@backend; }
location /o/ { proxy_method POST; proxy_pass http://@backend; }
location /p/ { proxy_http_version 1.1; proxy_set_header Connection ""; proxy_pass http://@backend; }
location /q/ { proxy_pass_request_headers off; proxy_pass http://@backend; }
location /s/ { proxy_set_header Host $host; proxy_set_header X-Empty ""; proxy_set_header X-Test "t $http_x_test"; proxy_pass http://@backend; }
location /t/ { proxy_pass http://@backend/?q=; }
location /u { return 200 "u $uri"; }`,
    requests: [
      ...'/a/x?q=1 /a /a/%20y /a//z /cx /c/x /e/%2Fx /e//x /f/a%20b /h/x?y /i/a%20b?q /j/x?q /l?q /n/?a=1 /n/x /o/x /p/x /q/x /t/x?y //u'.split(
        ' ',
      ),
      '/s/x | X-Test: 1 | X-Empty: 2 | x_under: 3',
      '/q/x | X-Test: 1',
      '/p/x | Upgrade: websocket | Connection: Upgrade',
      'HEAD /e/x',
    ],
  },
  // Files.
  {
    lines: `index none.html index.html;
location /try { try_files $uri /b.txt; }
location /dirs { try_files $uri/ /a/ =404; }
location /code { try_files /none =410; }
location /named { try_files /none @named; }
location @named { return 200 "named $uri"; }
location /args { try_files /none /show?x=1; }
location /show { return 200 "show $args"; }
location /alias/ { alias @root/a/; }
location /aliased { alias @root/b.txt; }
location ~ ^/re/(.*)$ { alias @root/$1; }
location /deep { root @root/a; }
location /auto/ { alias @root/b/; autoindex on; }
location /b/ { }
location /post { error_page 405 =200 /b.txt; }`,
    requests:
      '/ /a /a/ /b.txt /b.txt/ /none /try /dirs /code /named/x /args /alias/b.txt /alias/none /alias/ /alias /aliased /re/b.txt /re/none /deep /auto/ /b/ /static/x.css /index.html'
        .split(' ')
        .concat(
          'POST /b.txt | Content-Length: 0',
          'POST /post | Content-Length: 0',
          'HEAD /b.txt',
          'PUT /b.txt | Content-Length: 0',
        ),
  },
  // An index that is missing, in a directory that is missing: the next is not looked for.
  {
    lines: 'index none.html $uri index.html;',
    requests: '/ /a/ /b/ /none/ /none/x/ /b.txt/'.split(' '),
  },
  // Scripts.
  {
    lines: `location ~ [^/]\\.php(/|$) {
fastcgi_split_path_info ^(.+?\\.php)(/.*)$;
try_files $fastcgi_script_name =404;
set $path_info $fastcgi_path_info;
fastcgi_param PATH_INFO $path_info;
fastcgi_param REQUEST_METHOD $request_method;
fastcgi_param DOCUMENT_URI $document_uri;
fastcgi_index index.php;
add_header X-Script "$fastcgi_script_name|$path_info";
fastcgi_pass @backend;
}
location /dir/ { fastcgi_index i.php; return 200 "$fastcgi_script_name"; }
location /plain/ { return 200 "$fastcgi_script_name|$fastcgi_path_info"; }
location /scgi/ { scgi_param REQUEST_METHOD $request_method; scgi_param DOCUMENT_URI $uri; scgi_pass @backend; }
location /uwsgi/ { uwsgi_param REQUEST_METHOD $request_method; uwsgi_param DOCUMENT_URI $uri; uwsgi_pass @backend; }
location /grpc/ { grpc_pass grpc://@backend; }
location /memcached/ { set $memcached_key $uri; memcached_pass @backend; }`,
    requests:
      '/index.php /none.php /index.php/x/y?q=1 /none.php/x /dir/ /dir/x/ /plain/ /plain/x /scgi/x /uwsgi/x /memcached/x'
        .split(' ')
        .concat('POST /index.php | Content-Length: 3', 'HEAD /index.php', 'POST /grpc/x | Content-Length: 3'),
  },
  // Referers.
  ...[
    'none blocked server_names *.wild.test end.* .dot.test path.test/img ~\\.re\\.',
    'server_names',
    'blocked r.test',
    'r.test/a',
  ].map((referers): RoutingCase => ({
    lines: `server_name *.own.test ~^re\\d;
location / { valid_referers ${referers}; if ($invalid_referer) { return 403; } return 200 "[$invalid_referer]"; }
location /none-said { return 200 "[$invalid_referer]"; }`,
    requests: [
      '/',
      '/none-said',
      ...[
        'http://a.test/x',
        'https://A.TEST:8080/x',
        'http://x.own.test/',
        'http://re1/xxxxx',
        'http://x.wild.test',
        'http://wild.test',
        'http://end.org/x',
        'http://dot.test',
        'http://x.dot.test',
        'http://path.test/img/x',
        'http://path.test:81/img/x',
        'http://path.test/other',
        'http://x.re.y',
        'http://else.test/x.RE.y',
        'http://r.test/a',
        'http://r.test/b',
        'http://r.test/',
        'http://a.b',
        'ftp://a.test/x/y',
        'hidden',
      ].map((referer) => `/ | Referer: ${referer}`),
    ],
  })),
  // Who may.
  ...[
    'deny all;',
    'allow 127.0.0.1; deny all;',
    'allow 127.0.0.0/8; deny all;',
    'deny 127.0.0.1; allow all;',
    'allow 10.0.0.0/8; deny all;',
    'deny ::1;',
    'deny 127.0.0.0/9; allow all;',
    'auth_basic x; auth_basic_user_file @root/none;',
    'auth_basic off; auth_basic_user_file @root/none;',
    'satisfy any; deny all; auth_basic x; auth_basic_user_file @root/none;',
    'satisfy any; allow 127.0.0.1; deny all; auth_basic x; auth_basic_user_file @root/none;',
    'satisfy all; allow all; auth_basic x; auth_basic_user_file @root/none;',
    'auth_request /yes;',
    'auth_request /no;',
    'auth_request /login;',
    'auth_request /broken;',
    'auth_request off;',
    'satisfy any; deny all; auth_request /yes;',
    'satisfy any; deny all; auth_request /no;',
    'limit_except GET { deny all; }',
    'limit_except POST { allow 127.0.0.1; deny all; }',
    'internal;',
    'client_max_body_size 2;',
    'client_max_body_size 0;',
  ].map((lines): RoutingCase => ({
    lines: `location /x { ${lines} }
location = /yes { return 204; }
location = /no { return 403; }
location = /login { return 401; }
location = /broken { return 500; }`,
    requests: ['/x', 'HEAD /x', 'POST /x | Content-Length: 2', 'POST /x | Content-Length: 3'],
  })),
  // Errors.
  {
    lines: `error_page 403 /b.txt;
error_page 404 =200 /b.txt;
error_page 410 = /text;
error_page 500 502 http://r.test/e;
error_page 503 =301 http://r.test/e;
error_page 405 =307 http://r.test/e;
error_page 418 = @named;
error_page 416 /none-there;
location /text { return 203 "text $uri"; }
location @named { return 200 "named $uri"; }
location /403 { return 403; }
location /404 { return 404; }
location /410 { return 410; }
location /500 { return 500; }
location /503 { return 503; }
location /418 { return 418; }
location /416 { return 416; }
location /405 { return 405; }
location /own { error_page 404 /text; return 404; }
location /deep { recursive_error_pages on; error_page 404 /410; return 404; }
location /flat { error_page 404 /410; return 404; }`,
    requests: '/403 /404 /410 /500 /503 /418 /416 /405 /own /deep /flat /none'
      .split(' ')
      .concat('POST /404 | Content-Length: 0', 'HEAD /410'),
  },
  // Maps and their kin.
  {
    around: `map $arg_a $mapped { default d; 1 one; "" empty; ~^x(.)$ "x-$1"; ~*^Y y; ~^(?<part>z+) $part; \\~t tilde; 2 $arg_b; }
map $host $hosted { hostnames; default d; a.test exact; *.wild.test wild; .dot.test dot; end.* end; }
map $arg_a $without { 1 one; }
map $arg_a$arg_b $both { 12 twelve; default d; }
map $arg_a $volatile { volatile; default v; }
geo $place { default elsewhere; 127.0.0.0/8 here; 127.0.0.1 just-here; 10.0.0.0/8 ten; }
geo $arg_ip $ip { default none; 1.2.3.0/24 net; 1.2.3.4 host; ::1 six; delete 1.2.3.4; }
geo $arg_ip $ranged { ranges; default none; 1.2.3.0-1.2.3.9 low; 1.2.3.10-1.2.3.20 high; }
split_clients $arg_a $split { 50% half; 30% third; * rest; }`,
    lines: `location / {
add_header X-Mapped "[$mapped]";
add_header X-Hosted "[$hosted]";
add_header X-Without "[$without]";
add_header X-Both "[$both]";
add_header X-Volatile "[$volatile]";
add_header X-Place "[$place]";
add_header X-Ip "[$ip]";
add_header X-Ranged "[$ranged]";
${backend}
}`,
    requests: [
      ...'/ /?a=1 /?a=xq /?a=xqq /?a=yes /?a=zzz /?a=~t /?a=2&b=B /?a=1&b=2 /?ip=1.2.3.4 /?ip=1.2.3.9 /?ip=1.2.3.10 /?ip=1.2.3.21 /?ip=::1 /?ip=x'.split(
        ' ',
      ),
      ...['x.wild.test', 'wild.test', 'dot.test', 'x.dot.test', 'end.test', 'A.TEST', 'other'].map(
        (host) => `/ | Host: ${host}`,
      ),
    ],
  },
  // Headers of answers.
  {
    lines: `add_header X-Server s;
add_header X-Always a always;
location /200 { return 200; }
location /404 { return 404; }
location /own { add_header X-Own o; return 200; }
location /304 { return 304; }
location /empty { add_header X-Empty ""; add_header X-Var $arg_a; return 201; }
location /proxied { proxy_hide_header X-Other; ${backend} }
location /if { if ($arg_a) { add_header X-If i; } return 206; }`,
    requests: '/200 /404 /own /304 /empty /empty?a=1 /proxied /if /if?a=1'.split(' '),
  },
  // The client behind proxies.
  ...['on', 'off'].map((recursive): RoutingCase => ({
    lines: `set_real_ip_from 127.0.0.0/8;
set_real_ip_from 9.9.9.9;
real_ip_header X-Forwarded-For;
real_ip_recursive ${recursive};
location / { add_header X-Client $remote_addr; ${backend} }
location /x { allow 8.8.8.8; deny all; ${backend} }`,
    requests: [
      '/',
      '/ | X-Forwarded-For: 8.8.8.8',
      '/ | X-Forwarded-For: 8.8.8.8, 9.9.9.9',
      '/ | X-Forwarded-For: 9.9.9.9, 127.0.0.1',
      '/ | X-Forwarded-For: 8.8.8.8:80',
      '/ | X-Forwarded-For: nonsense',
      '/ | X-Forwarded-For: ::1',
      '/x | X-Forwarded-For: 8.8.8.8',
      '/x',
    ],
  })),
  {
    lines: `real_ip_header X-Real-IP;
set_real_ip_from 127.0.0.1;
location / { add_header X-Client $remote_addr; ${backend} }`,
    requests: ['/ | X-Real-IP: 1.2.3.4', '/ | X-Real-IP: 1.2.3.4 | X-Forwarded-For: 5.6.7.8'],
  },
  // Heads.
  {
    lines: `large_client_header_buffers 2 512;
client_header_buffer_size 128;
location / { return 200 "$host $uri"; }`,
    requests: [
      `/${'x'.repeat(100)}`,
      `/${'x'.repeat(600)}`,
      `/ | X-Long: ${'x'.repeat(600)}`,
      '/ | Host: a..test',
      '/ | Host: A.test.',
      '/ | Host: a.test:99',
      '/%',
      '/%zz',
      '/%00',
      '/../x',
      '/a/../../x',
      '/?a#b',
      '/#b',
      '/a%23b',
      '/x | Host: a.test | Host: a.test',
    ],
  },
  {
    lines: `underscores_in_headers on;
ignore_invalid_headers off;
location / { ${backend} }`,
    requests: ['/ | x_under: 1', '/ | X.Dot: 1'],
  },
];
