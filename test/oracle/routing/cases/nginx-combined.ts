/** Cases for nginx in which several parts work together: redirects to itself, index files, subrequests for access, conditions, captures. */
import type { RoutingCase } from './case.ts';

const backend = 'proxy_pass http://@backend;';

/** What of the own address stands in a redirect. */
const redirects = ['absolute_redirect off;', 'port_in_redirect off;', 'server_name_in_redirect on;'];
const redirectSettings = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) =>
  redirects.filter((_, index) => (bits >> index) % 2 === 1).join(' '),
);

const hostRequests = ['', 'a.test', 'A.TEST.', 'other.test:81', 'a.test:'];

export const combinedNginxCases: readonly RoutingCase[] = [
  ...redirectSettings.map((settings): RoutingCase => ({
    lines: `${settings}
server_name first.test a.test;
location /moved { return 301 /x?y=1; }
location /rewritten { rewrite ^/rewritten(.*)$ /to$1 permanent; }
location /pass/ { ${backend} }
location = /exact/ { ${backend} }
location /a { }
error_page 410 =302 /gone;
location /old { return 410; }`,
    requests: ['/moved', '/rewritten/x?q=1', '/pass', '/pass?q=1', '/exact', '/a', '/a?q=1', '/old'].flatMap((path) =>
      hostRequests.slice(1, 4).map((host) => `${path} | Host: ${host}`),
    ),
  })),
  // An index file is looked for in the locations anew.
  {
    lines: `index none.html index.html;
index b.txt;
location ~ \\.html$ { return 200 "html $uri $args"; }
location = /index.html { return 200 "exact $args"; }
location ~ \\.txt$ { ${backend} }
location /deep/ { alias @root/a/; index b.txt; }
location /var/ { alias @root/; index $arg_i index.html; }
location /absolute/ { index none /a/b.txt; }
location /dir/ { alias @root/; index a; }
location /static/ { index x.css; expires 1h; add_header X-Static 1; }`,
    requests:
      '/ /?q=1 /a/ /a/?q=1 /b/ /deep/ /var/ /var/?i=b.txt /var/?i=/a/ /absolute/ /absolute/x/ /dir/ /static/ /none/'
        .split(' ')
        .concat('POST / | Content-Length: 0', 'HEAD /a/', 'PUT /a/ | Content-Length: 0', 'DELETE /'),
  },
  {
    lines: `index index.php index.html;
location / { try_files $uri $uri/ /index.php$is_args$args; }
location ~ ^(?<script>/.+\\.php)(?<rest>/.*)?$ {
fastcgi_param REQUEST_METHOD $request_method;
fastcgi_param DOCUMENT_URI $document_uri;
add_header X-Script "$script|$rest";
fastcgi_pass @backend;
}
location ~ /\\.(?!well-known) { deny all; }`,
    requests: '/ /a /a/ /x /x/y?z=1 /index.php /index.php/p/q /.git/HEAD /.well-known/x /b/ /b.txt /x.php.txt'.split(
      ' ',
    ),
  },
  // Access by subrequest, with a page to log in.
  ...[
    'error_page 401 = @login;',
    'error_page 401 =302 /login?to=$request_uri;',
    'error_page 401 403 /denied;',
    'error_page 401 = /login;',
    'error_page 401 https://sso.test/?u=$scheme://$http_host$request_uri;',
    'error_page 401 = @login; satisfy any; allow 10.0.0.0/8; deny all;',
    'error_page 401 = @login; satisfy any; allow 127.0.0.1; deny all;',
    'error_page 401 = @login; error_page 403 = @denied; deny 127.0.0.1;',
    'error_page 401 = @login; limit_except GET { deny all; }',
  ].map((settings): RoutingCase => ({
    lines: `location /app { auth_request /_auth; ${settings} auth_request_set $who $sent_http_x_who; proxy_set_header X-Who $who; ${backend} }
location = /_auth { internal; if ($http_cookie ~* "session=(\\w+)") { return 204; } if ($arg_forbidden) { return 403; } if ($http_x_broken) { return 500; } return 401; }
location @login { return 302 "/login?rd=$uri&q=$arg_q"; }
location @denied { return 403 "denied $uri"; }
location /denied { internal; return 200 "denied page"; }
location /login { auth_request off; return 200 "login $args"; }`,
    requests: [
      '/app/x?q=1',
      '/app/x?forbidden=1',
      '/app/x | Cookie: session=abc',
      '/app/x | Cookie: a=1; SESSION=z',
      '/app/x | X-Broken: 1',
      'POST /app/x | Content-Length: 3',
      'POST /app/x | Content-Length: 3 | Cookie: session=1',
      'HEAD /app/x',
      '/login?x',
      '/_auth',
    ],
  })),
  // Conditions that users write.
  {
    lines: `set $deny "";
if ($request_method !~ ^(GET|HEAD|POST)$) { return 405; }
if ($http_user_agent ~* (bot|spider)) { set $deny "B"; }
if ($arg_ok) { set $deny "\${deny}O"; }
if ($deny = "BO") { return 200 "let in"; }
if ($deny = B) { return 403 "robot"; }
if ($host ~ ^(?<sub>[^.]+)\\.multi\\.test$) { rewrite ^/(.*)$ /tenants/$sub/$1 last; }
if ($query_string ~ "(^|&)old=([^&]*)") { return 301 $uri?new=$2; }
location /tenants/ { return 200 "$uri"; }
location / { if (!-e $request_filename) { rewrite ^/(.+)$ /index.html?p=$1 last; } }
location /nested-if { if ($arg_a) { set $deny A; } if ($arg_b) { return 200 "b $deny"; } ${backend} }
location /empty-if { if ($arg_a) { } add_header X-Outer 1; ${backend} }
location /header-if { add_header X-Outer 1; if ($arg_a) { add_header X-Inner 1; } ${backend} }
location /break-if { if ($arg_a) { break; } rewrite ^ /b.txt last; }
location = /index.html { return 200 "front $args"; }`,
    requests: [
      ...'/ /none/x?y=1 /b.txt /nested-if?a=1 /nested-if?a=1&b=1 /nested-if?b=1 /empty-if?a=1 /empty-if /header-if?a=1 /header-if /break-if /break-if?a=1 /x?old=7&z=1'.split(
        ' ',
      ),
      '/ | User-Agent: Robot',
      '/?ok=1 | User-Agent: spider',
      '/p/q | Host: one.multi.test',
      '/p/q | Host: one.multi.test.',
      '/p/q | Host: ONE.multi.test:8080',
      'PUT / | Content-Length: 0',
      'OPTIONS /b.txt',
    ],
  },
  // Captures: whose they are behind other expressions.
  {
    around: `map $uri $by_map { ~^/c/(?<in_map>.)(.) "$in_map-$2"; default none; }
map $arg_v $fresh { volatile; default "d$arg_w"; 1 one; }`,
    lines: `location ~ ^/c/(.)(.)$ { set $before $1; if ($arg_a ~ (x)(y)?) { set $inside $2; } return 200 "$before $1 $2 $inside $by_map $in_map"; }
location ~ ^/d/(?<name>[a-z]+)$ { rewrite ^/d/(?<name>.).*$ /e/$name last; }
location /e/ { return 200 "$uri $name"; }
location ~ ^/f/(?<id>\\d+)/?(?<tail>.*)$ { proxy_pass http://@backend/items/$id?tail=$tail; }
location ~ ^/g/(.+)$ { proxy_set_header X-One $1; if ($http_x_test ~ ^y(e)s$) { proxy_pass http://@backend; } proxy_pass http://@backend/$1; }
location /v { set $one $fresh; set $arg_copy $arg_v; return 200 "$one $fresh"; }
location ~ ^/h/(?:x|(y)) { return 200 "[$1]"; }`,
    requests: [
      ...'/c/ab /c/ab?a=xy /c/ab?a=x /d/hello /f/12/x/y /f/12 /f/12/a%20b?q=1 /g/x/y /v?v=1 /v?w=2 /h/x /h/y'.split(
        ' ',
      ),
      '/g/x | X-Test: yes',
    ],
  },
  // Locations in locations, and methods.
  {
    lines: `location /api {
add_header X-Api 1;
limit_except GET POST { deny all; }
location /api/v1 { location ~ /v1/(admin|root)$ { deny all; } location = /api/v1/ping { return 200 pong; } ${backend} }
location ~* \\.(json|xml)$ { limit_except GET { allow 10.0.0.0/8; deny all; } ${backend} }
location ^~ /api/raw { proxy_pass http://@backend/raw; }
proxy_pass http://@backend/all;
}
location ~ ^/outer { location ~ inner { return 200 inner; } location ~ ^/outer/(x)$ { return 200 "x$1"; } return 200 outer; }
location ~* \\.json$ { return 200 "regex outside"; }`,
    requests: [
      ...'/api /api/x /api/v1/x /api/v1/admin /api/v1/admin/x /api/v1/ping /api/x.json /api/v1/x.json /api/raw.json /outer/inner /outer/x /outer/y /x.json'.split(
        ' ',
      ),
      'PUT /api/x | Content-Length: 0',
      'POST /api/x.json | Content-Length: 0',
      'DELETE /api/v1/x',
      'DELETE /api/raw/x',
      'HEAD /api/x.json',
      'OPTIONS /api/v1/ping',
    ],
  },
  // Slashes, dots and encoded characters.
  ...['', 'merge_slashes off;'].map((settings): RoutingCase => ({
    lines: `${settings}
location /a/b { return 200 "ab $uri"; }
location /a//b { return 200 "double $uri"; }
location ~ ^//+ { return 200 "begin $uri"; }
location = /e%20f { return 200 never; }
location "/e f" { return 200 "space $uri $request_uri"; }
location /p/ { proxy_pass http://@backend/q/; }
location /r/ { proxy_pass http://@backend; }
location / { return 200 "root $uri"; }`,
    requests:
      '/a/b /a//b /a///b //a/b ///x /e%20f /e+f /a/./b /a/../a/b /a/b/.. /a/b/... /p//x /p/%2f/x /p/a%2Fb /r//x /r/%41/./y /p/x%3Fy /p/%C3%A9 /%7Euser /a;b/c /a\\b /..a/b /.%2e/x'.split(
        ' ',
      ),
  })),
  // Signed links, copies, other backends.
  {
    around:
      'upstream two { server 127.0.0.1:1; server @backend backup; }\nupstream down { server 127.0.0.1:1 down; server @backend; }',
    lines: `location /plain/ { secure_link_secret word; if ($secure_link = "") { return 403; } return 200 "$secure_link"; }
location /copied { mirror /copy; mirror_request_body off; proxy_pass http://@backend; }
location = /copy { internal; proxy_pass http://@backend/copied$request_uri; }
location /down { proxy_pass http://down; }
location /two { proxy_next_upstream error timeout; proxy_pass http://two; }`,
    requests: '/plain/x/y /plain/1f3870be274f6c49b3e31a0c6728957f/apple /plain/ /copied /copied?q=1 /copy /down /two'
      .split(' ')
      .concat('POST /copied | Content-Length: 3', 'POST /two | Content-Length: 3'),
  },
  // Pages of errors, and of errors of pages.
  ...['', 'recursive_error_pages on;'].map((settings): RoutingCase => ({
    lines: `${settings}
error_page 404 = @front;
error_page 403 /403.html;
error_page 500 502 503 504 /50x.html;
location @front { if ($uri ~ ^/(img|css)/) { return 404; } ${backend} }
location = /403.html { internal; return 418 "$uri $request_uri"; }
location = /50x.html { root @root; }
location /private { deny all; }
location /fail { return 503; }
location /static-only/ { try_files $uri =404; }
location /named { error_page 404 = @own; return 404; }
location @own { error_page 403 = @front; return 403; }
location /relocated { error_page 404 =301 /b.txt; return 404; }
location /kept { error_page 404 =  /b.txt; return 404; }
location /headers { add_header X-Plain 1; add_header X-Always 2 always; return 404; }`,
    requests:
      '/ /none /img/x /css /private /private/x /fail /static-only/x /named /relocated /kept /headers /403.html /50x.html /b.txt'
        .split(' ')
        .concat('POST /none | Content-Length: 2', 'HEAD /private', 'POST /kept | Content-Length: 0'),
  })),
];
