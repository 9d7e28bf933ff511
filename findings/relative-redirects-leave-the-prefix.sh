#!/bin/bash
# nginx and httpd: the default proxy_redirect and the usual ProxyPassReverse leave "Location: /login" alone.
# Guess: a redirect of the backend to its /login becomes /app/login, as that to http://backend/login does.
# Seen (nginx 1.22.1, httpd 2.4.71, 2026-11-30): only the absolute form is mapped, and most frameworks send the short one. It takes
# `proxy_redirect / /app/;`, or `ProxyPassReverse /` in the <Location> (on server level it would act on all paths). nginx also maps
# Refresh, httpd does not.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11 apache2-bin=2.4.71-1~deb12u1
p=$(port) h=$(port) b=$(port)
backend "$b" "const own = 'http://127.0.0.1:$b/login'; res.writeHead(302, { Location: req.url === '/absolute' ? own : '/login', Refresh: '0; url=' + own }); res.end()"
nginx_conf <<'EOF'
server {
  listen 127.0.0.1:@p@;
  location /app/ { proxy_pass http://127.0.0.1:@b@/; }
  location /mapped/ { proxy_redirect / /mapped/; proxy_pass http://127.0.0.1:@b@/; }
}
EOF
nginx_run "$p"
httpd_conf 'proxy proxy_http' <<'EOF'
Listen 127.0.0.1:@h@
ProxyPass /app/ http://127.0.0.1:@b@/
ProxyPassReverse /app/ http://127.0.0.1:@b@/
<Location "/mapped/">
  ProxyPass http://127.0.0.1:@b@/
  ProxyPassReverse /
</Location>
EOF
httpd_run "$h"
both() { for port in "$p" "$h"; do header "$1" "127.0.0.1:$port$2" | sed "s,http://127.0.0.1:$port,,"; done | xargs; }
expect 'absolute' '/app/login /app/login' "$(both Location /app/absolute)"
expect 'short' '/login /login' "$(both Location /app/short)"
expect 'short, mapped' '/mapped/login /mapped/login' "$(both Location /mapped/short)"
expect 'Refresh' "0; url=/app/login 0; url=http://127.0.0.1:$b/login" "$(both Refresh /app/short)"
