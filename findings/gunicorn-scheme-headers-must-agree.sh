#!/bin/bash
# gunicorn answers 400 where two scheme headers disagree, and reads "https, http" and "HTTPS" as http.
# Guess: one of the headers wins, upper case counts, and of a list an end counts.
# Seen (gunicorn 26.2.0, nginx 1.22.1, 2026-11-30): behind two proxies of which the outer one says X-Forwarded-Ssl: on and the inner one
# sets X-Forwarded-Proto $scheme (http) every request is refused with 400. X-Forwarded-Protocol counts with "ssl", not with "https".
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
pip_install gunicorn==26.2.0
cat >"$tmp/app.py" <<'PY'
def app(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [environ['wsgi.url_scheme'].encode()]
PY
p=$(port) b=$(port)
start "$b" "$tmp/venv/bin/gunicorn" --chdir "$tmp" --bind "127.0.0.1:$b" --no-control-socket app:app
nginx_conf <<'EOF'
server {
  listen 127.0.0.1:@p@;
  location / { proxy_set_header X-Forwarded-Proto $scheme; proxy_pass http://127.0.0.1:@b@; }
}
EOF
nginx_run "$p"
expect 'through nginx' 'http' "$(get "127.0.0.1:$p/")"
expect 'through nginx, behind one that says X-Forwarded-Ssl' 400 "$(status "127.0.0.1:$p/" -H 'X-Forwarded-Ssl: on')"
ask() { get "127.0.0.1:$b/" -H "$1"; }
expect 'https' https "$(ask 'X-Forwarded-Proto: https')"
expect 'a list' http "$(ask 'X-Forwarded-Proto: https, http')"
expect 'upper case' http "$(ask 'X-Forwarded-Proto: HTTPS')"
expect 'X-Forwarded-Protocol: ssl' https "$(ask 'X-Forwarded-Protocol: ssl')"
expect 'X-Forwarded-Protocol: https' http "$(ask 'X-Forwarded-Protocol: https')"
