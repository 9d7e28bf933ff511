#!/bin/bash
# nginx: `access_log off` silences the other access_log lines of its level, before and after it.
# Guess: `off` drops the inherited logs, and the lines beside it log.
# Seen (nginx 1.22.1, 2026-11-30): nothing is logged, in either order, without a warning.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
p=$(port)
nginx_conf <<'EOF'
log_format path $uri;
server {
  listen 127.0.0.1:@p@;
  location /off-first { access_log off; access_log @tmp@/first.log path; return 204; }
  location /off-last { access_log @tmp@/last.log path; access_log off; return 204; }
  location /on { access_log @tmp@/on.log path; return 204; }
}
EOF
contains 'nginx -t' 'test is successful' "$(nginx_test)"
lacks 'nginx -t' 'warn' "$(nginx_test)"
nginx_run "$p"
for path in off-first off-last on; do expect "/$path" 204 "$(status "127.0.0.1:$p/$path")"; done
sleep 0.3
expect 'off before' '' "$(cat "$tmp/first.log")"
expect 'off after' '' "$(cat "$tmp/last.log")"
expect 'without off' /on "$(cat "$tmp/on.log")"
