#!/bin/bash
# nginx: a slow mirror delays the client's next request.
# Guess: the answer of a mirror is ignored, so its slowness never reaches a client.
# Seen (nginx 1.22.1, 2026-11-30): the mirrored request itself is answered at once, but the next request on the same keep-alive
# connection waits until the mirror has answered.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
p=$(port) b=$(port) m=$(port)
backend "$b" 'res.end("ok")'
backend "$m" 'setTimeout(() => res.end(), 2000)'
nginx_conf <<'EOF'
server {
  listen 127.0.0.1:@p@;
  location / { proxy_pass http://127.0.0.1:@b@; }
  location /mirrored { mirror /mirror; proxy_pass http://127.0.0.1:@b@; }
  location = /mirror { internal; proxy_pass http://127.0.0.1:@m@; }
}
EOF
nginx_run "$p"
# The times of two requests on one connection, in whole seconds.
times=$(curl -s -m 10 -o /dev/null -o /dev/null -w '%{time_total}\n' "127.0.0.1:$p/mirrored" "127.0.0.1:$p/plain" | cut -d. -f1 | tr '\n' ' ')
case $times in '0 1 ' | '0 2 ') echo "ok: seconds of the mirrored and the next request: $times" ;; *) fail "seconds: $times" ;; esac
expect 'a new connection does not wait' 0 "$(curl -s -m 10 -o /dev/null -w '%{time_total}' "127.0.0.1:$p/plain" | cut -d. -f1)"
