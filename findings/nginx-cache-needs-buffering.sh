#!/bin/bash
# nginx: with `proxy_buffering off`, or X-Accel-Buffering: no from the backend, proxy_cache stores nothing.
# Guess: buffering is about memory and latency; a configured cache still caches.
# Seen (nginx 1.22.1, 2026-11-30): every request is a MISS, without a warning; one response header of the backend does the same.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
p=$(port) b=$(port)
backend "$b" 'if (req.url.includes("accel")) res.setHeader("X-Accel-Buffering", "no"); res.end("ok")'
nginx_conf <<'EOF'
proxy_cache_path @tmp@/cache keys_zone=c:1m;
server {
  listen 127.0.0.1:@p@;
  proxy_cache c;
  proxy_cache_valid 200 1m;
  add_header X-Cache $upstream_cache_status;
  location / { proxy_pass http://127.0.0.1:@b@; }
  location /off { proxy_buffering off; proxy_pass http://127.0.0.1:@b@; }
}
EOF
lacks 'nginx -t' warn "$(nginx_test)"
nginx_run "$p"
for path in plain off accel; do
  header X-Cache "127.0.0.1:$p/$path" >/dev/null
  eval "$path=\$(header X-Cache '127.0.0.1:$p/$path')"
done
expect 'buffered' HIT "$plain"
expect 'proxy_buffering off' MISS "$off"
expect 'X-Accel-Buffering: no' MISS "$accel"
