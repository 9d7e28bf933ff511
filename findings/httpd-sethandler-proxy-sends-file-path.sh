#!/bin/bash
# httpd: `SetHandler "proxy:http://.."` in a <Location> sends the path of the file system to the backend.
# Guess: like ProxyPass, the path of the URL goes up.
# Seen (httpd 2.4.71, 2026-11-30): the handler is joined with the file name that the URL was mapped to: the backend is asked for
# /DOCUMENT/ROOT/app. It is made for FastCGI, where that is wanted.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
p=$(port) b=$(port)
backend "$b" 'res.end(req.url)'
httpd_conf 'proxy proxy_http' <<'EOF'
Listen 127.0.0.1:@p@
<Location "/app">
  SetHandler "proxy:http://127.0.0.1:@b@"
</Location>
<Location "/pass">
  ProxyPass "http://127.0.0.1:@b@/pass"
</Location>
EOF
httpd_run "$p"
expect 'ProxyPass' '/pass?q=1' "$(get "127.0.0.1:$p/pass?q=1")"
expect 'SetHandler' "$tmp/htdocs/app?q=1" "$(get "127.0.0.1:$p/app?q=1")"
