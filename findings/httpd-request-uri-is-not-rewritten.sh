#!/bin/bash
# httpd: RewriteRule patterns see the rewritten path, %{REQUEST_URI} in RewriteCond the one of the request.
# Guess: both see what earlier rules have made of the path.
# Seen (httpd 2.4.71, 2026-11-30): after `RewriteRule ^/a$ /b` the pattern ^/b$ matches, while REQUEST_URI is /a.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
p=$(port)
httpd_conf rewrite <<'EOF'
Listen 127.0.0.1:@p@
RewriteEngine On
RewriteRule ^/first$ /second
RewriteCond %{REQUEST_URI} =/second
RewriteRule ^/second$ /sees-second [R,L]
RewriteCond %{REQUEST_URI} =/first
RewriteRule ^/second$ /sees-first [R,L]
EOF
httpd_run "$p"
contains 'REQUEST_URI' /sees-first "$(header Location "127.0.0.1:$p/first")"
