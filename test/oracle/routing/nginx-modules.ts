/** Lines of modules that decide an answer beside locations and rewriting: trusted proxies, subrequests, TLS, limits of the head, WebDAV. */
import type { Draw } from './random.ts';

interface Setup {
  readonly random: Draw;
  readonly id: number;
  readonly root: string;
  readonly backend: number;
  readonly certificate: string;
}

export function moduleVariables(id: number): string[] {
  return [
    `geo $geo${id} { default d; 127.0.0.1 lo; 9.0.0.0/8 nine; 10.0.0.0/8 ten; 10.1.0.0/16 inner; delete 10.0.0.0/8; }`,
    `geo $arg_q $range${id} { ranges; default d; 10.0.0.0-10.255.255.255 ten; 10.1.0.0-10.1.255.255 inner; }`,
    `geo $whole${id} { 0.0.0.0/0 all; default d; ::1/128 six; proxy 127.0.0.1; }`,
    `split_clients "$uri$args" $split${id} { 12.5% a; 30% b; 0.5% c; * all; }`,
    `map $host$uri $odd${id} { volatile; default "o-$arg_q"; ~^example\\.com(?<tail${id}>/.*)$ "t$tail${id}"; "example.orgx" x; ~*B$ $uri; }`,
    `geo $http_x_forwarded_for $far${id} { default n; 9.9.9.9 y; 8.0.0.0/5 w; fd00::/8 u; }`,
    `map $uri $cap${id} { default no; "~/(.)" "M$1"; }`,
  ];
}

export function variableReturns(id: number): string[] {
  return [
    `200 "$geo${id}|$range${id}|$whole${id}|$remote_addr"`,
    `200 "$cap${id}|$1"`,
    '200 "$server_addr:$server_port $realip_remote_addr"',
    '200 "$http_x_forwarded_for $http_x_test"',
    `200 "$odd${id}|$far${id}|$split${id}"`,
    '200 "$document_uri|$document_root|$request_filename|$content_type"',
    '200 "$fastcgi_script_name|$invalid_referer|$server_protocol|$request"',
    '302 "$scheme://$server_name:$server_port$request_uri"',
    '301 $uri/',
    '308 //other.test/x',
    '418 "tea"',
  ];
}

export function moduleSettings({ random, certificate }: Setup): string[] {
  return [
    'set_real_ip_from 127.0.0.1; real_ip_header X-Forwarded-For;',
    'set_real_ip_from 127.0.0.0/8; set_real_ip_from ::1; real_ip_header X-Forwarded-For; real_ip_recursive on;',
    'set_real_ip_from 127.0.0.1;',
    `ssl_client_certificate ${certificate}.crt; ssl_verify_client ${random.one(['on', 'optional', 'optional_no_ca'])};`,
    'ssl_reject_handshake on;',
    'error_page 400 495 496 497 =200 /b;',
    'error_page 497 https://$host$request_uri;',
    'error_page 413 =200 /b;',
    'error_page 405 421 /b;',
    'ignore_invalid_headers off;',
    'large_client_header_buffers 2 1k;',
    'dav_methods PUT DELETE;',
    'expires 1h;',
    'gzip on; gzip_static on;',
    'limit_rate 1m;',
    'if_modified_since off;',
  ];
}

/** Locations that other lines name. */
export function moduleLocations({ random, id, root, backend }: Setup): string[] {
  return [
    `location = /auth { ${random.one([
      'internal; if ($http_x_test = yes) { return 200; } return 401;',
      'return 204;',
      'deny all; return 403;',
      'if ($uri = /auth) { return 200; }',
      'return 302 /x;',
      'error_page 404 =200 /b; return 404;',
      `set $s${id} by-auth; return 200;`,
      'client_max_body_size 1; return 200;',
      `proxy_pass http://127.0.0.1:${backend};`,
    ])} }`,
    `location /files/ { alias ${root}/${random.one(['', 'a/', 'static/'])}; ${random.one(['', 'autoindex on;', 'try_files $uri /files/b.txt =404;', 'rewrite ^(.*)x$ $1 break;'])} }`,
    `location ~ ^/pick/(.*)$ { alias ${root}/$1; }`,
    'location @missing { return 404; }',
    'location /hidden/ { internal; return 200 "in $uri"; }',
    'location /to-hidden/ { rewrite ^/to-hidden/(.*)$ /hidden/$1 last; }',
    'location ~ ^/(?<lang>en|de)(?<rest>/.*)?$ { try_files $rest /b.txt?l=$lang; }',
    `location /nested/ { location ~ \\.php$ { return 200 "php $uri"; } location ^~ /nested/deep/ { proxy_pass http://127.0.0.1:${backend}/d/; } return 200 nested; }`,
    'location /loop { error_page 404 /loop; recursive_error_pages on; return 404; }',
    `location = /status { ${random.one(['stub_status;', 'empty_gif;'])} }`,
    'location /chunk { client_max_body_size 10; return 200 r; }',
  ];
}
