#!/bin/bash
# nginx: an access log with a variable in its path needs a root directory that exists, even in a server that only proxies.
# Guess: `root` does not matter where everything is proxied.
# Seen (nginx 1.22.1, 2026-11-30): without that directory the requests are answered and not logged; the error log says
# `testing ".." existence failed`. A log with a constant path is written.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
p=$(port) b=$(port)
backend "$b" 'res.end("ok")'
nginx_conf <<'EOF'
log_format path $uri;
server {
  listen 127.0.0.1:@p@;
  root @tmp@/nowhere;
  access_log @tmp@/variable-$server_port.log path;
  access_log @tmp@/constant.log path;
  location / { proxy_pass http://127.0.0.1:@b@; }
}
EOF
nginx_run "$p"
expect 'answer' ok "$(get "127.0.0.1:$p/a")"
sleep 0.3
expect 'constant path' /a "$(cat "$tmp/constant.log")"
[ -e "$tmp/variable-$p.log" ] && fail 'the log with a variable was written'
contains 'error log' "testing \"$tmp/nowhere\" existence failed" "$(cat "$logs")"
