#!/bin/bash
# httpd: an [OR] on the last RewriteCond makes the rule run always.
# Guess: an [OR] without a following condition means nothing.
# Seen (httpd 2.4.71, 2026-11-30): a condition that fails and has [OR] passes to "the next", and there is none; the rule is applied to
# every request. No message.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
p=$(port)
httpd_conf rewrite <<'EOF'
Listen 127.0.0.1:@p@
RewriteEngine On
RewriteCond %{REQUEST_METHOD} =PUT
RewriteRule ^/plain$ - [F]
RewriteCond %{REQUEST_METHOD} =PUT [OR]
RewriteCond %{REQUEST_METHOD} =PATCH [OR]
RewriteRule ^/or$ - [F]
EOF
expect 'apache2 -t' 'Syntax OK' "$(httpd_test)"
httpd_run "$p"
expect 'GET, no [OR]' 404 "$(status "127.0.0.1:$p/plain")"
expect 'GET, [OR] on the last condition' 403 "$(status "127.0.0.1:$p/or")"
