#!/bin/bash
# nginx: hash with a backup server is refused or accepted by the order of the lines.
# Guess: hash does not support backup, so it is refused either way.
# Seen (nginx 1.22.1, 2026-11-30): [emerg] if hash stands above the server, accepted without a word below it.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
nginx_conf <<'EOF'
upstream group { hash $uri; server 127.0.0.1:1; server 127.0.0.1:2 backup; }
EOF
contains 'hash above' 'balancing method does not support parameter "backup"' "$(nginx_test)"
nginx_conf <<'EOF'
upstream group { server 127.0.0.1:1; server 127.0.0.1:2 backup; hash $uri; }
EOF
contains 'hash below' 'test is successful' "$(nginx_test)"
lacks 'hash below' warn "$(nginx_test)"
