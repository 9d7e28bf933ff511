#!/bin/bash
# nginx: `hash` with an empty key spreads the requests round robin.
# Guess: equal keys go to one server, so all requests without the argument or cookie go to the same one.
# Seen (nginx 1.22.1, 2026-11-30): an empty key is no key; sessions without it are spread over all servers.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
p=$(port) a=$(port) b=$(port)
backend "$a" 'res.end("A")'
backend "$b" 'res.end("B")'
nginx_conf <<'EOF'
upstream group { hash $cookie_session; server 127.0.0.1:@a@; server 127.0.0.1:@b@; }
server { listen 127.0.0.1:@p@; location / { proxy_pass http://group; } }
EOF
nginx_run "$p"
answers() { for i in 1 2 3 4; do get "$@" "127.0.0.1:$p/"; done | sed 's/./&\n/g' | sort -u | tr -d '\n'; }
expect 'servers that answer without the cookie' AB "$(answers)"
expect 'servers that answer with it' 1 "$(answers -H 'Cookie: session=x' | wc -c)"
