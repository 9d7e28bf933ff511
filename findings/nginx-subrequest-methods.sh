#!/bin/bash
# nginx: an auth_request asks with GET, a mirror with the client's method.
# Guess: subrequests treat the method alike (both keep it, as they keep the headers).
# Seen (nginx 1.22.1, 2026-11-30): for a DELETE the auth service sees GET and the mirror DELETE; $request_method is DELETE in both, so
# an auth service that decides by method needs `proxy_set_header X-Original-Method $request_method`.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
p=$(port) b=$(port)
backend "$b" 'require("node:fs").appendFileSync(__dirname + "/seen", req.method + " " + req.url + " " + req.headers["x-method"] + "\n"); res.end()'
nginx_conf <<'EOF'
server {
  listen 127.0.0.1:@p@;
  proxy_set_header X-Method $request_method;
  location / { auth_request /auth; mirror /mirror; proxy_pass http://127.0.0.1:@b@; }
  location = /auth { internal; proxy_pass http://127.0.0.1:@b@/auth; }
  location = /mirror { internal; proxy_pass http://127.0.0.1:@b@/mirror; }
}
EOF
nginx_run "$p"
expect 'answer' 200 "$(status -X DELETE "127.0.0.1:$p/item")"
sleep 0.5
expect 'auth_request' 'GET /auth DELETE' "$(grep /auth "$tmp/seen")"
expect 'mirror' 'DELETE /mirror DELETE' "$(grep /mirror "$tmp/seen")"
