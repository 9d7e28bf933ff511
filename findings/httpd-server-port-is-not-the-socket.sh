#!/bin/bash
# httpd: %{SERVER_PORT} is the port that the Host header or ServerName says, not the one the request came in on.
# Guess: the port of the socket.
# Seen (httpd 2.4.71, 2026-11-30): Host: app.test on any port gives 80, Host: app.test:443 gives 443. Conditions on SERVER_PORT go wrong
# behind port mapping; `UseCanonicalPhysicalPort On` gives the socket's port to a Host without one, and loses to a Host with one.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
p=$(port) q=$(port)
httpd_conf rewrite <<'EOF'
Listen 127.0.0.1:@p@
Listen 127.0.0.1:@q@
<VirtualHost 127.0.0.1:@p@>
  ServerName app.test
  RewriteEngine On
  RewriteRule ^ /%{SERVER_PORT} [R,L]
</VirtualHost>
<VirtualHost 127.0.0.1:@q@>
  ServerName app.test
  UseCanonicalPhysicalPort On
  RewriteEngine On
  RewriteRule ^ /%{SERVER_PORT} [R,L]
</VirtualHost>
EOF
httpd_run "$p"
seen() { header Location -H "Host: $2" "127.0.0.1:$1/" | sed 's,.*/,,'; }
expect 'Host without port' 80 "$(seen "$p" app.test)"
expect 'Host with port 443' 443 "$(seen "$p" app.test:443)"
expect 'UseCanonicalPhysicalPort' "$q" "$(seen "$q" app.test)"
expect 'UseCanonicalPhysicalPort, Host with port 443' 443 "$(seen "$q" app.test:443)"
