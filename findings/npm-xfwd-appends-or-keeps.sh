#!/bin/bash
# `xfwd: true` of the npm proxies: http-proxy and http-proxy-3 append to X-Forwarded-Proto and -Port, too; httpxy leaves all as they came.
# Guess: X-Forwarded-For is appended to, the others are passed on (as most proxies do), in each of the three forks.
# Seen (http-proxy 1.18.1, http-proxy-3 2.0.1, httpxy 0.5.6, gunicorn 26.2.0, 2026-11-30): behind a TLS terminator the first two send
# "X-Forwarded-Proto: https,http". gunicorn compares the whole value with "https", so the same application is told http behind them and
# https behind httpxy (and http-proxy-middleware, which moved from the one to the other). X-Forwarded-Host is appended to by none.
. "$(dirname "$0")/lib.sh"
npm_install http-proxy@1.18.1 http-proxy-3@2.0.1 httpxy@0.5.6
pip_install gunicorn==26.2.0
cat >"$tmp/app.py" <<'PY'
def app(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    names = ['wsgi.url_scheme', 'HTTP_X_FORWARDED_FOR', 'HTTP_X_FORWARDED_PROTO', 'HTTP_X_FORWARDED_PORT', 'HTTP_X_FORWARDED_HOST']
    return ['\n'.join(name.split('_')[-1].lower() + ': ' + environ[name] for name in names).encode() + b'\n']
PY
b=$(port)
start "$b" "$tmp/venv/bin/gunicorn" --chdir "$tmp" --bind "127.0.0.1:$b" --no-control-socket app:app
cat >"$tmp/proxy.mjs" <<'JS'
import http from 'node:http';
const [name, port, target] = process.argv.slice(2);
const library = await import(name);
const { createProxyServer } = 'createProxyServer' in library ? library : library.default;
const proxy = createProxyServer({ target, xfwd: true });
http.createServer((request, response) => proxy.web(request, response)).listen(Number(port), '127.0.0.1');
JS
ask() {
  local p
  p=$(port)
  (cd "$tmp" && exec setsid node proxy.mjs "$1" "$p" "http://127.0.0.1:$b" >>"$logs" 2>&1) &
  pids+=($!)
  await_port "$p"
  get "127.0.0.1:$p/" -H 'Host: app.test' -H 'X-Forwarded-For: 192.0.2.7' -H 'X-Forwarded-Proto: https' \
    -H 'X-Forwarded-Port: 443' -H 'X-Forwarded-Host: www.example.com'
}
for name in http-proxy http-proxy-3; do
  out=$(ask $name)
  expect "$name: for" '192.0.2.7,127.0.0.1' "$(line for "$out")"
  expect "$name: proto" 'https,http' "$(line proto "$out")"
  expect "$name: port" '443,80' "$(line port "$out")"
  expect "$name: host" 'www.example.com' "$(line host "$out")"
  expect "$name: scheme of the application" 'http' "$(line scheme "$out")"
done
out=$(ask httpxy)
expect 'httpxy: for' '192.0.2.7' "$(line for "$out")"
expect 'httpxy: proto' 'https' "$(line proto "$out")"
expect 'httpxy: port' '443' "$(line port "$out")"
expect 'httpxy: scheme of the application' 'https' "$(line scheme "$out")"
