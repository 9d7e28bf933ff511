#!/bin/bash
# An application below /app: uvicorn's --root-path wants a proxy that takes the prefix off, gunicorn's SCRIPT_NAME one that leaves it.
# Guess: both settings only say where the application is seen from outside, and mean the same form of proxy_pass.
# Seen (uvicorn 0.54.0 with starlette 1.7.0, gunicorn 26.2.0, nginx 1.22.1, 2026-11-30): uvicorn puts the prefix in front of the path that
# arrives, so /app/page becomes /app/app/page and 404; gunicorn cuts it off, and answers 500 to a path without it. One nginx location
# in front of both is right for one of them only.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
pip_install uvicorn==0.54.0 starlette==1.7.0 gunicorn==26.2.0
cat >"$tmp/apps.py" <<'PY'
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

async def page(request):
    return PlainTextResponse(str(request.url_for('page').path))

asgi = Starlette(routes=[Route('/page', page, name='page')])

def wsgi(environ, start_response):
    found = environ['PATH_INFO'] == '/page'
    start_response('200 OK' if found else '404 Not Found', [('Content-Type', 'text/plain')])
    return [(environ['SCRIPT_NAME'] + environ['PATH_INFO']).encode()]
PY
p=$(port) u=$(port) g=$(port)
start "$u" "$tmp/venv/bin/uvicorn" --app-dir "$tmp" --port "$u" --root-path /app apps:asgi
start "$g" env SCRIPT_NAME=/app "$tmp/venv/bin/gunicorn" --chdir "$tmp" --bind "127.0.0.1:$g" --no-control-socket apps:wsgi
nginx_conf <<'EOF'
server {
  listen 127.0.0.1:@p@;
  server_name stripped.test;
  location /app/ { rewrite ^/app(/.*) $1 break; proxy_pass http://127.0.0.1:$arg_port; }
}
server {
  listen 127.0.0.1:@p@;
  server_name whole.test;
  location /app/ { proxy_pass http://127.0.0.1:$arg_port; }
}
EOF
nginx_run "$p"
ask() { get -w ' %{http_code}' "127.0.0.1:$p/app/page?port=$2" -H "Host: $1.test" | tail -1; }
expect 'uvicorn, prefix taken off' '/app/page 200' "$(ask stripped "$u")"
expect 'uvicorn, prefix left' 'Not Found 404' "$(ask whole "$u")"
expect 'gunicorn, prefix left' '/app/page 200' "$(ask whole "$g")"
contains 'gunicorn, prefix taken off' ' 500' "$(ask stripped "$g")"
