/** What of an nginx config may be many. */
import { many, type GrowthInput } from './input.ts';

const main = (http: string): string => `events {}\nhttp {\n${http}}\n`;
const server = (body: string): string => main(`server {\nlisten 80;\nserver_name a.example.com;\n${body}}\n`);
const nginx = (name: string, n: number, make: (n: number) => string): GrowthInput => ({
  name: `nginx: ${name}`,
  n,
  make: (n) => ({ path: 'nginx.conf', text: make(n), dialect: 'nginx' }),
});
const inServer = (name: string, n: number, line: (index: number) => string): GrowthInput =>
  nginx(name, n, (n) => server(many(n, line)));
const inHttp = (name: string, n: number, line: (index: number) => string): GrowthInput =>
  nginx(name, n, (n) => main(many(n, line)));

export const nginxInputs: readonly GrowthInput[] = [
  inServer('locations', 1000, (i) => `location /p${i} { proxy_pass http://127.0.0.1:${i + 1000}/; }\n`),
  inServer('nested prefixes', 500, (i) => `location /a/${'b/'.repeat(i % 60)}${i} { root /srv/${i}; }\n`),
  inServer(
    'preflights of locations with a password',
    300,
    (i) =>
      `location /p${i}/ { auth_basic a; add_header Access-Control-Allow-Headers x always; proxy_pass http://b; }\n`,
  ),
  inServer('regex locations', 500, (i) => `location ~ ^/p${i}/(.*)$ { proxy_pass http://b${i}.example.com/$1; }\n`),
  inServer(
    'named locations that fall back to the next',
    500,
    (i) => `location @a${i} { try_files $uri @a${i + 1}; }\n`,
  ),
  inServer('exact locations', 1000, (i) => `location = /p${i} { return 301 https://$host/q${i}; }\n`),
  inServer('locations with a rewrite', 500, (i) => `location /p${i}/ { rewrite ^/p${i}/(.*) /q/$1 last; }\n`),
  inServer('regex locations with a rewrite', 300, (i) => `location ~ ^/p${i}/ { rewrite ^/p${i}/(.*) /q/$1 last; }\n`),
  inServer('rewrites', 2000, (i) => `rewrite ^/p${i}/(.*)$ /q${i}/$1 last;\n`),
  inServer('sets, each of the one before', 300, (i) => `set $v${i + 1} $v${i}x;\n`),
  inServer('ifs', 500, (i) => `if ($arg_a${i} = "x") { return 40${i % 5}; }\n`),
  inServer('response headers', 2000, (i) => `add_header X-H${i + 10_000} "v${i}";\n`),
  inServer('request headers', 1000, (i) => `proxy_set_header X-H${i + 10_000} $http_x_h${i};\n`),
  inServer('allow and deny', 1000, (i) => `allow 10.${(i >> 8) % 250}.${i % 256}.1; deny 192.168.${i % 250}.0/24;\n`),
  inServer('error pages', 3000, (i) => `error_page 5${String(i % 100).padStart(2, '0')} /e${i}.html;\n`),
  inServer('listens', 1000, (i) => `listen ${i + 1000};\n`),
  inServer('unknown directives', 1000, (i) => `unknwon_directive_${i} on;\n`),
  inServer('duplicate directives', 1000, () => 'client_max_body_size 1m;\n'),
  inServer('lost semicolons', 4000, (i) => `root /srv/${i}\n`),
  inServer('blank lines', 60_000, () => '\n'),
  nginx('blank lines at the head', 60_000, (n) => many(n, () => '\n') + server('')),
  inServer('comments', 20_000, (i) => `# comment ${i}\n`),
  inServer('ignored findings', 400, (i) => `autoindex on; # proxylint-ignore directory-listing: reason ${i}\n`),
  inServer('ignore comments in a row', 2000, (i) => `# proxylint-ignore directory-listing: reason ${i}\n`),
  inServer('unused ignore comments', 1000, (i) => `root /a${i}; # proxylint-ignore directory-listing: reason\n`),
  inHttp('servers of one port', 400, (i) => `server { listen 80; server_name h${i}.example.com; root /srv; }\n`),
  inHttp('servers of one name', 400, () => 'server { listen 80; server_name h.example.com; root /srv; }\n'),
  inHttp('servers of own ports', 300, (i) => `server { listen ${i + 1000}; server_name h${i}; root /srv; }\n`),
  inHttp(
    'pairs of http and https servers',
    200,
    (i) =>
      `server { listen 80; server_name h${i}.example.com; return 301 https://$host$request_uri; }\nserver { listen 443 ssl; server_name h${i}.example.com; ssl_certificate c${i}.pem; ssl_certificate_key k${i}.pem; location / { proxy_pass https://b${i}; } }\n`,
  ),
  inHttp('wildcard names', 400, (i) => `server { listen 80; server_name *.h${i}.example.com www.h${i}.*; root /s; }\n`),
  inHttp('regex names', 500, (i) => `server { listen 80; server_name ~^h${i}\\.(.+)$; root /s; }\n`),
  inHttp('maps', 500, (i) => `map $http_x_h${i} $m${i} { default 0; a ${i}; }\n`),
  inHttp('upstreams', 1000, (i) => `upstream u${i} { server 10.0.${(i >> 8) % 250}.${i % 256}:80; keepalive 8; }\n`),
  inHttp(
    'upstreams with a route each',
    250,
    (i) =>
      `upstream u${i} { server 10.0.0.1:${i + 1}; }\nserver { listen 81; server_name u${i}; location / { proxy_pass http://u${i}; } }\n`,
  ),
  inHttp('log formats', 3000, (i) => `log_format f${i} "$remote_addr ${i}";\n`),
  nginx('entries of a map', 5000, (n) => main(`map $uri $m {\n${many(n, (i) => `/p${i} /q${i};\n`)}}\n`)),
  nginx('regexes of a map', 500, (n) => main(`map $uri $m {\n${many(n, (i) => `~^/p${i}/(.*) /q${i}/$1;\n`)}}\n`)),
  nginx('servers of an upstream', 3000, (n) => main(`upstream u {\n${many(n, (i) => `server b${i}:80;\n`)}}\n`)),
  nginx('names of a server', 3000, (n) => server(`server_name ${many(n, (i) => `h${i}.example.com `)};\n`)),
  nginx('arguments', 20_000, (n) => server(`index ${many(n, (i) => `i${i} `)};\n`)),
  nginx('variables in a word', 6000, (n) => server(`set $a "${many(n, (i) => `$arg_a${i}-`)}";\n`)),
  nginx('a long word', 200_000, (n) => server(`root /${many(n, () => 'a')};\n`)),
  nginx('a word of dollars', 50_000, (n) => server(`root /${many(n, () => '$')};\n`)),
  nginx('a quote without end', 3000, (n) => server(`root "/srv;\n${many(n, (i) => `index i${i};\n`)}`)),
  nginx('directives on one line', 4000, (n) => server(many(n, (i) => `set $a${i} b;`))),
  nginx('findings on one line', 1000, (n) => server(many(n, () => 'autoindex on;'))),
  nginx('stray closing braces', 4000, (n) => server(many(n, () => '}\n'))),
  nginx('stray closing braces on one line', 4000, (n) => server(many(n, () => '}'))),
  nginx('stray opening braces', 8000, (n) => server(many(n, () => '{\n'))),
  nginx('stray semicolons', 4000, (n) => server(many(n, () => ';\n'))),
  nginx('unclosed blocks', 2000, (n) => server(many(n, (i) => `location /p${i} {\n`))),
  nginx('unclosed blocks, indented', 2000, (n) => server(many(n, (i) => `  location /p${i} {\n    root /a;\n`))),
  nginx('unclosed Lua blocks', 3000, (n) => server(many(n, () => 'content_by_lua_block { a {\n'))),
  nginx('Lua blocks', 1000, (n) =>
    server(many(n, (i) => `location /l${i} { content_by_lua_block { ngx.say("a") } }\n`)),
  ),
  nginx('variables of a template', 1000, (n) => server(many(n, (i) => `root /srv/{{ root_${i} }};\n`))),
  nginx('loops of a template', 2000, (n) => server(many(n, (i) => `{% if a${i} %}\nroot /a;\n{% endif %}\n`))),
  nginx('unclosed loops of a template', 3000, (n) => server(many(n, (i) => `{% if a${i} %}\nindex a${i};\n`))),
  nginx('variables of a script on lines of their own', 2000, (n) =>
    server(many(n, (i) => `index a${i};\n\${EXTRA_${i}}\n`)),
  ),
  nginx('unclosed marks of a template', 2000, (n) => server(many(n, (i) => `index a${i} {{ b;\n`))),
  {
    name: 'nginx: stream servers',
    n: 500,
    make: (n) => ({
      path: 'nginx.conf',
      text: `events {}\nstream {\n${many(n, (i) => `server { listen ${i + 1000}; proxy_pass b${i}.example.com:80; }\n`)}}\n`,
    }),
  },
  {
    name: 'nginx: included files',
    n: 400,
    make: (n) => ({
      path: '/etc/nginx/nginx.conf',
      text: main('include conf.d/*.conf;\n'),
      files: Object.fromEntries(
        Array.from({ length: n }, (_, i) => [
          `/etc/nginx/conf.d/${i}.conf`,
          `server { listen 80; server_name h${i}; root /srv; }\n`,
        ]),
      ),
    }),
  },
  {
    name: 'nginx: one file included again and again',
    n: 300,
    make: (n) => ({
      path: '/etc/nginx/nginx.conf',
      text: server(many(n, (i) => `location /p${i} { include proxy.inc; }\n`)),
      files: { '/etc/nginx/proxy.inc': 'proxy_set_header Host $host;\nproxy_pass http://127.0.0.1:80;\n' },
    }),
  },
  {
    name: 'nginx: files of a dump',
    n: 300,
    make: (n) => ({
      path: 'dump.txt',
      text: `# configuration file /etc/nginx/nginx.conf:\n${main('include conf.d/*.conf;\n')}\n${many(n, (i) => `# configuration file /etc/nginx/conf.d/${i}.conf:\nserver { listen 80; server_name h${i}; root /srv; }\n\n`)}`,
    }),
  },
];
