#!/bin/bash
# nginx: what may be cached depends on the order of the backend's header lines.
# Guess: X-Accel-Expires beats Cache-Control and Cache-Control beats Expires, in any order.
# Seen (nginx 1.22.1, 2026-11-30): whoever forbids first wins over a Cache-Control or X-Accel-Expires that follows; put the other way
# round, the answer is cached.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
p=$(port) b=$(port)
backend "$b" '
  const past = ["Expires", "Thu, 01 Jan 1970 00:00:01 GMT"], minute = ["Cache-Control", "max-age=60"];
  const store = ["Cache-Control", "no-store"], accel = ["X-Accel-Expires", "60"];
  res.writeHead(200, { "/ec": [past, minute], "/ce": [minute, past], "/sa": [store, accel], "/as": [accel, store] }[req.url].flat());
  res.end()'
nginx_conf <<'EOF'
proxy_cache_path @tmp@/cache keys_zone=c:1m;
server {
  listen 127.0.0.1:@p@;
  location / { proxy_cache c; add_header X-Cache $upstream_cache_status; proxy_pass http://127.0.0.1:@b@; }
}
EOF
nginx_run "$p"
second() { status "127.0.0.1:$p$1" >/dev/null; header X-Cache "127.0.0.1:$p$1"; }
expect 'Expires: past, Cache-Control: max-age=60' MISS "$(second /ec)"
expect 'Cache-Control: max-age=60, Expires: past' HIT "$(second /ce)"
expect 'Cache-Control: no-store, X-Accel-Expires: 60' MISS "$(second /sa)"
expect 'X-Accel-Expires: 60, Cache-Control: no-store' HIT "$(second /as)"
