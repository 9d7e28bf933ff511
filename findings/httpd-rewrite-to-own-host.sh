#!/bin/bash
# httpd: a RewriteRule to http://own-name/.. is no redirect.
# Guess: a substitution with scheme and host is an external redirect, 302.
# Seen (httpd 2.4.71, 2026-11-30): scheme, host and port are cut off if they are the server's own, and the rest is an internal rewrite:
# 200. The same rule in another virtual host redirects; [R] makes it a redirect everywhere.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
p=$(port)
echo new >"$tmp/htdocs/new"
httpd_conf rewrite <<'EOF'
Listen 127.0.0.1:@p@
<VirtualHost *:@p@>
  ServerName own.test:@p@
  RewriteEngine On
  RewriteRule ^/own$ http://own.test:@p@/new
  RewriteRule ^/flag$ http://own.test:@p@/new [R]
  RewriteRule ^/other$ http://other.test:@p@/new
</VirtualHost>
EOF
httpd_run "$p"
expect 'own host' 200 "$(status "127.0.0.1:$p/own")"
expect 'own host with [R]' 302 "$(status "127.0.0.1:$p/flag")"
expect 'another host' 302 "$(status "127.0.0.1:$p/other")"
