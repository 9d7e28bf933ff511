#!/bin/bash
# nginx: `set $args` makes a proxy_pass without URI send a decoded path.
# Guess: only the query string changes; the path goes up as the client sent it.
# Seen (nginx 1.22.1, 2026-11-30): after any `set $args` the raw target is given up: %2F arrives as a slash and // as one slash.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
p=$(port) b=$(port)
backend "$b" 'res.end(req.url)'
nginx_conf <<'EOF'
server {
  listen 127.0.0.1:@p@;
  location /raw { proxy_pass http://127.0.0.1:@b@; }
  location /set { set $args "$args&via=nginx"; proxy_pass http://127.0.0.1:@b@; }
}
EOF
nginx_run "$p"
expect 'untouched' '/raw/a%2Fb//c?q=1' "$(get "127.0.0.1:$p/raw/a%2Fb//c?q=1")"
expect 'after set $args' '/set/a/b/c?q=1&via=nginx' "$(get "127.0.0.1:$p/set/a%2Fb//c?q=1")"
