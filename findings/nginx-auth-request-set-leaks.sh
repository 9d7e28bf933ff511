#!/bin/bash
# nginx: `set` in the location of an auth_request changes the variable of the request that is checked.
# Guess: a subrequest has its own variables.
# Seen (nginx 1.22.1, 2026-11-30): main request and subrequests share them; the authorised request goes to the auth service. The
# variables of both locations need different names.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
p=$(port) app=$(port) auth=$(port)
backend "$app" 'res.end("application")'
backend "$auth" 'res.end("auth service, asked for " + req.url)'
nginx_conf <<'EOF'
server {
  listen 127.0.0.1:@p@;
  location /plain { set $backend 127.0.0.1:@app@; proxy_pass http://$backend; }
  location /checked { set $backend 127.0.0.1:@app@; auth_request /auth; proxy_pass http://$backend; }
  location = /auth { internal; set $backend 127.0.0.1:@auth@; proxy_pass http://$backend; }
}
EOF
nginx_run "$p"
expect 'without auth_request' 'application' "$(get "127.0.0.1:$p/plain")"
expect 'with auth_request' 'auth service, asked for /checked' "$(get "127.0.0.1:$p/checked")"
