#!/bin/bash
# nginx: `proxy_pass https://group` speaks TLS to port 80 if the servers of the group have no port.
# Guess: the scheme gives the default port, 443, as it does for `proxy_pass https://name`.
# Seen (nginx 1.22.1, 2026-11-30): a server line without port means port 80, whatever the scheme; no warning.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
p=$(port)
nginx_conf <<'EOF'
upstream group { server 127.83.1.1; }
server {
  listen 127.0.0.1:@p@;
  location /group { proxy_pass https://group; }
  location /name { proxy_pass https://127.83.1.2; }
}
EOF
lacks 'nginx -t' warn "$(nginx_test)"
nginx_run "$p"
expect 'group' 502 "$(status "127.0.0.1:$p/group")"
expect 'name' 502 "$(status "127.0.0.1:$p/name")"
expect 'where it connected' 'https://127.83.1.1:80/group https://127.83.1.2:443/name' "$(grep -o 'https://[^"]*' "$logs" | xargs)"
