#!/bin/bash
# nginx: a fallback location's own limit_req is not applied if the first location had one.
# Guess: each location that a request passes applies its limit.
# Seen (nginx 1.22.1, 2026-11-30): a request is limited once; after try_files or error_page the strict zone of the named location is
# never counted. The strict limit has to stand beside the first one.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
p=$(port)
nginx_conf <<'EOF'
limit_req_zone $server_addr zone=loose:1m rate=1000r/s;
limit_req_zone $server_addr zone=strict:1m rate=1r/m;
server {
  listen 127.0.0.1:@p@;
  location /unlimited { try_files /none @app; }
  location /limited { limit_req zone=loose burst=9 nodelay; try_files /none @app; }
  location @app { limit_req zone=strict; try_files /none =404; }
}
EOF
nginx_run "$p"
expect 'first location without limit' '404 503 503 ' "$(for i in 1 2 3; do status "127.0.0.1:$p/unlimited"; echo -n ' '; done)"
expect 'first location with a loose limit' '404 404 404 ' "$(for i in 1 2 3; do status "127.0.0.1:$p/limited"; echo -n ' '; done)"
