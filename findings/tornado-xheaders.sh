#!/bin/bash
# Tornado (Jupyter, JupyterHub) with xheaders: which forwarded headers count.
# Guess: X-Forwarded-For and X-Forwarded-Proto count, by their first value; X-Real-IP and X-Scheme only without them; case does not matter.
# Seen (tornado 6.5.10, 2026-12-01): X-Real-IP beats X-Forwarded-For and X-Scheme beats X-Forwarded-Proto; of lists the last value counts, so that two
# proxies that each append make "https, http" http; "HTTPS" and an address with a port (as some load balancers write it) are not understood
# and leave the proxy's own; X-Forwarded-Host is not read.
. "$(dirname "$0")/lib.sh"
pip_install tornado==6.5.10
b=$(port)
cat >"$tmp/app.py" <<'PY'
import asyncio, sys, tornado.httpserver, tornado.web

class Told(tornado.web.RequestHandler):
    def get(self):
        self.write(f'{self.request.remote_ip} {self.request.protocol} {self.request.host}')

async def main():
    server = tornado.httpserver.HTTPServer(tornado.web.Application([('/.*', Told)]), xheaders=True)
    server.listen(int(sys.argv[1]), '127.0.0.1')
    await asyncio.Event().wait()

asyncio.run(main())
PY
start "$b" "$tmp/venv/bin/python" "$tmp/app.py" "$b"
asked() { get "127.0.0.1:$b/" -H 'Host: a.test' "$@"; }
expect 'X-Forwarded-For and X-Real-IP' '192.0.2.2 http a.test' "$(asked -H 'X-Forwarded-For: 192.0.2.1' -H 'X-Real-IP: 192.0.2.2')"
expect 'X-Forwarded-For: a, b' '192.0.2.9 http a.test' "$(asked -H 'X-Forwarded-For: 192.0.2.1, 192.0.2.9')"
expect 'X-Forwarded-For with a port' '127.0.0.1 http a.test' "$(asked -H 'X-Forwarded-For: 192.0.2.1:5000')"
expect 'X-Scheme and X-Forwarded-Proto' '127.0.0.1 https a.test' "$(asked -H 'X-Scheme: https' -H 'X-Forwarded-Proto: http')"
expect 'X-Forwarded-Proto: https, http' '127.0.0.1 http a.test' "$(asked -H 'X-Forwarded-Proto: https, http')"
expect 'X-Forwarded-Proto: HTTPS' '127.0.0.1 http a.test' "$(asked -H 'X-Forwarded-Proto: HTTPS')"
expect 'X-Forwarded-Host' '127.0.0.1 http a.test' "$(asked -H 'X-Forwarded-Host: b.test')"
