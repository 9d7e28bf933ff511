#!/bin/bash
# nginx: proxy_cache does not look at Age, so an answer lives a full max-age in each of two caches, and mod_cache of httpd does look.
# Guess: max-age=60 with Age: 100 is stale on arrival.
# Seen (nginx 1.22.1, httpd 2.4.71 mod_cache, 2026-11-30): nginx stores it for 60 s; httpd asks the backend each time.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11 apache2-bin=2.4.71-1~deb12u1
p=$(port) h=$(port) b=$(port)
backend "$b" '
  const count = (globalThis.count = (globalThis.count ?? 0) + 1);
  res.writeHead(200, { "Cache-Control": "max-age=60", "Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT", ...(req.url.includes("old") && { Age: "100" }) });
  res.end(String(count))'
nginx_conf <<'EOF'
proxy_cache_path @tmp@/cache keys_zone=c:1m;
server { listen 127.0.0.1:@p@; location / { proxy_cache c; proxy_pass http://127.0.0.1:@b@; } }
EOF
nginx_run "$p"
mkdir -m 777 "$tmp/httpd-cache"
httpd_conf 'proxy proxy_http cache cache_disk' <<'EOF'
Listen 127.0.0.1:@h@
CacheRoot @tmp@/httpd-cache
CacheEnable disk /
ProxyPass / http://127.0.0.1:@b@/
EOF
httpd_run "$h"
cached() { [ "$(get "127.0.0.1:$1")" = "$(get "127.0.0.1:$1")" ] && echo cached || echo 'asked again'; }
expect 'nginx, without Age' cached "$(cached "$p/new")"
expect 'nginx, Age: 100' cached "$(cached "$p/old")"
expect 'httpd, without Age' cached "$(cached "$h/new")"
expect 'httpd, Age: 100' 'asked again' "$(cached "$h/old")"
