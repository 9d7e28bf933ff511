#!/bin/bash
# headers-more of Debian runs before add_header: it can neither replace nor clear what add_header and expires set; and its lines add up
# over the levels, also into a taken `if`.
# Guess: it is the stronger one ("set" replaces), and inner lines replace outer ones as those of add_header do.
# Seen (nginx 1.22.1, libnginx-mod-http-headers-more-filter 0.34, 2026-11-30): "more_set_headers X-Frame-Options" beside add_header of the
# same name sends both; more_clear_headers leaves the header of add_header and the Cache-Control of expires. A header of the backend is replaced.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
unpack libnginx-mod-http-headers-more-filter=1:0.34-3
modules="load_module $tmp/root/usr/lib/nginx/modules/ngx_http_headers_more_filter_module.so;"
p=$(port) b=$(port)
backend "$b" "res.setHeader('X-Frame-Options', 'backend'); res.end()"
nginx_conf <<'EOF'
more_set_headers "X-Outer: 1";
server {
  listen 127.0.0.1:@p@;
  location /both { add_header X-Frame-Options DENY; more_set_headers "X-Frame-Options: SAMEORIGIN"; return 204; }
  location /clear { add_header X-Frame-Options DENY; expires 1h; more_clear_headers X-Frame-Options Cache-Control; return 204; }
  location /backend { more_set_headers "X-Frame-Options: SAMEORIGIN"; proxy_pass http://127.0.0.1:@b@; }
  location /inner {
    more_set_headers "X-Inner: 1";
    add_header X-Added 1;
    if ($arg_a) { more_set_headers "X-If: 1"; add_header X-Added-If 1; }
    proxy_pass http://127.0.0.1:@b@;
  }
}
EOF
nginx_run "$p"
of() { headers "127.0.0.1:$p$1" | grep -oE "^$2: .*" | xargs -d '\n' | sed 's/[^ ]*: //g'; }
names() { headers "127.0.0.1:$p$1" | grep -oE '^X-[A-Za-z-]*' | grep -v Frame | sort | xargs; }
expect 'set beside add_header' 'SAMEORIGIN DENY' "$(of /both X-Frame-Options)"
expect 'cleared beside add_header' 'DENY' "$(of /clear X-Frame-Options)"
expect 'cleared beside expires' 'max-age=3600' "$(of /clear Cache-Control)"
expect 'set over the backend' 'SAMEORIGIN' "$(of /backend X-Frame-Options)"
expect 'levels' 'X-Added X-Inner X-Outer' "$(names /inner)"
expect 'levels of a taken if' 'X-Added-If X-If X-Inner X-Outer' "$(names '/inner?a=1')"
