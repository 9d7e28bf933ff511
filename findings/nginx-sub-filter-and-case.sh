#!/bin/bash
# nginx: sub_filter finds its string in any case, subs_filter only as it is written.
# Guess: both compare as they are written (or, both ignore case).
# Seen (nginx 1.22.1, libnginx-mod-http-subs-filter 0.6.4, 2026-12-01): sub_filter "api" "v2" also turns "API" into "v2"; subs_filter leaves it without its
# flag i. sub_filter replaces once unless told otherwise, subs_filter always all.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11 libnginx-mod-http-subs-filter=1:0.6.4-4
p=$(port)
echo 'api API api' >"$tmp/htdocs/a.html"
modules='load_module /usr/lib/nginx/modules/ngx_http_subs_filter_module.so;'
nginx_conf <<'EOF'
server {
  listen 127.0.0.1:@p@;
  location /once/ { alias @tmp@/htdocs/; sub_filter api v2; }
  location /all/ { alias @tmp@/htdocs/; sub_filter api v2; sub_filter_once off; }
  location /subs/ { alias @tmp@/htdocs/; subs_filter api v2; }
  location /subs-i/ { alias @tmp@/htdocs/; subs_filter api v2 i; }
}
EOF
nginx_run "$p"
expect 'sub_filter' 'v2 API api' "$(get "127.0.0.1:$p/once/a.html")"
expect 'sub_filter_once off' 'v2 v2 v2' "$(get "127.0.0.1:$p/all/a.html")"
expect 'subs_filter' 'v2 API v2' "$(get "127.0.0.1:$p/subs/a.html")"
expect 'subs_filter i' 'v2 v2 v2' "$(get "127.0.0.1:$p/subs-i/a.html")"
