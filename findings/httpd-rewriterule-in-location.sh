#!/bin/bash
# httpd: a RewriteRule in a <Location> is compared with the path of the file system.
# Guess: with the rest of the URL behind the location, as in <Directory>, or with the URL.
# Seen (httpd 2.4.71, 2026-11-30): in <Location "/app"> neither ^page nor ^/app/page matches /app/page; ^/DOCUMENT/ROOT/app/page does, and so
# does an unanchored app/page, by accident.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
p=$(port)
httpd_conf rewrite <<'EOF'
Listen 127.0.0.1:@p@
<Location "/app">
  RewriteEngine On
  RewriteRule ^page /relative [R,L]
  RewriteRule ^/app/page /url [R,L]
  RewriteRule ^@tmp@/htdocs/app/page /file [R,L]
</Location>
<Directory "@tmp@/htdocs">
  RewriteEngine On
  RewriteRule ^dir/page /relative [R,L]
</Directory>
EOF
httpd_run "$p"
target() { header Location "127.0.0.1:$p$1" | sed 's,http://[^/]*,,'; }
expect '<Location>' /file "$(target /app/page)"
expect '<Directory>' /relative "$(target /dir/page)"
