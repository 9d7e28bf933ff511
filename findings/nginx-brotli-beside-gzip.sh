#!/bin/bash
# nginx: the brotli module beside gzip takes no notice of what gzip asks for.
# Guess: for requests of another proxy (Via) and for HTTP/1.0 clients brotli stays off as gzip does.
# Seen (nginx 1.22.1, libnginx-mod-http-brotli-filter 1.0.0~rc, 2026-12-01): gzip leaves such answers alone (gzip_proxied off, gzip_http_version 1.1);
# brotli compresses them, so that a cache in front (or a CDN) gets what gzip alone never gave it. Where a client takes both, brotli wins.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
unpack libnginx-mod-http-brotli-filter=1.0.0~rc-3
p=$(port)
yes text | head -c 5000 >"$tmp/htdocs/a.txt"
modules="load_module $tmp/root/usr/lib/nginx/modules/ngx_http_brotli_filter_module.so;"
nginx_conf <<'EOF'
gzip on;
gzip_types text/plain;
brotli on;
brotli_types text/plain;
server { listen 127.0.0.1:@p@; }
EOF
nginx_run "$p"
coding() { header Content-Encoding "127.0.0.1:$p/a.txt" "$@"; }
expect 'both' br "$(coding -H 'Accept-Encoding: gzip, br')"
expect 'gzip, through a proxy' '' "$(coding -H 'Accept-Encoding: gzip' -H 'Via: 1.1 cache')"
expect 'br, through a proxy' br "$(coding -H 'Accept-Encoding: br' -H 'Via: 1.1 cache')"
expect 'gzip, HTTP/1.0' '' "$(coding --http1.0 -H 'Accept-Encoding: gzip')"
expect 'br, HTTP/1.0' br "$(coding --http1.0 -H 'Accept-Encoding: br')"
