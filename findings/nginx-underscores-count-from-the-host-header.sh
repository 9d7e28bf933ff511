#!/bin/bash
# nginx: `underscores_in_headers on` in a server that is not the default counts for the headers behind Host, not for those before.
# Guess: it has no effect there (the manual), or it has one.
# Seen (nginx 1.22.1, 2026-11-30): the server is chosen when the Host line is read, in the middle of the headers; curl and browsers
# send Host first, other clients and proxies do not.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
p=$(port)
nginx_conf <<'EOF'
server { listen 127.0.0.1:@p@; return 404; }
server { listen 127.0.0.1:@p@; server_name app.test; underscores_in_headers on; return 200 "user=$http_x_user"; }
EOF
nginx_run "$p"
contains 'behind Host' 'user=jane' "$(raw "$p" 'GET / HTTP/1.0\r\nHost: app.test\r\nX_User: jane\r\n\r\n')"
lacks 'before Host' 'user=jane' "$(raw "$p" 'GET / HTTP/1.0\r\nX_User: jane\r\nHost: app.test\r\n\r\n')"
