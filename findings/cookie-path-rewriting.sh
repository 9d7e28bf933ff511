#!/bin/bash
# nginx and httpd: proxy_cookie_path replaces a prefix of the cookie's path, ProxyPassReverseCookiePath the whole path.
# Guess: both map /app/ to / and keep the rest, and treat Path=/app as the same directory.
# Seen (nginx 1.22.1, httpd 2.4.71, 2026-11-30): /app/admin becomes /admin in nginx and / in httpd, so httpd's cookie goes to the whole
# site. Both compare text: with /app/ the usual Path=/app is left alone, with /app also /application matches.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11 apache2-bin=2.4.71-1~deb12u1
p=$(port) h=$(port) b=$(port)
backend "$b" 'res.setHeader("Set-Cookie", "id=1; Path=" + req.url.replace(/^\/\w+/, "")); res.end()'
nginx_conf <<'EOF'
server {
  listen 127.0.0.1:@p@;
  location /slash { proxy_cookie_path /app/ /; proxy_pass http://127.0.0.1:@b@; }
  location /bare { proxy_cookie_path /app /; proxy_pass http://127.0.0.1:@b@; }
}
EOF
nginx_run "$p"
httpd_conf 'proxy proxy_http' <<'EOF'
Listen 127.0.0.1:@h@
<Location "/slash">
  ProxyPass http://127.0.0.1:@b@/slash
  ProxyPassReverseCookiePath /app/ /
</Location>
<Location "/bare">
  ProxyPass http://127.0.0.1:@b@/bare
  ProxyPassReverseCookiePath /app /
</Location>
EOF
httpd_run "$h"
both() { for port in "$p" "$h"; do header Set-Cookie "127.0.0.1:$port$1" | sed 's/.*Path=//'; done | xargs; }
expect '/app/ to /: /app/admin' '/admin /' "$(both /slash/app/admin)"
expect '/app/ to /: /app' '/app /app' "$(both /slash/app)"
expect '/app to /: /application' '/lication /' "$(both /bare/application)"
