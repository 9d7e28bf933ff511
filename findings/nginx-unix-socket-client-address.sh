#!/bin/bash
# nginx behind a unix socket: X-Forwarded-For of the backend is "unix:", and Express takes that for the client's address.
# Guess: no address, or 127.0.0.1.
# Seen (nginx 1.22.1, express 5.3.0, 2026-11-30): $remote_addr and $proxy_add_x_forwarded_for are "unix:", and req.ip is "unix:".
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
npm_install express@5.3.0
b=$(port)
cat >"$tmp/app.js" <<'JS'
const app = require('express')();
app.set('trust proxy', 'loopback');
app.get('/', (req, res) => res.send(req.ip));
app.listen(process.argv[2], '127.0.0.1');
JS
start "$b" node "$tmp/app.js" "$b"
nginx_conf <<'EOF'
server {
  listen unix:@tmp@/front.sock;
  location / { proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_pass http://127.0.0.1:@b@; }
  location /addr { return 200 $remote_addr; }
}
EOF
setsid nginx -c "$tmp/nginx.conf" -e "$logs" 2>/dev/null &
pids+=($!)
for i in $(seq 50); do [ -S "$tmp/front.sock" ] && break; sleep 0.1; done
expect '$remote_addr' unix: "$(get --unix-socket "$tmp/front.sock" http://app.test/addr)"
expect 'req.ip of Express' unix: "$(get --unix-socket "$tmp/front.sock" http://app.test/)"
