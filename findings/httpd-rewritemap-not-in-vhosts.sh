#!/bin/bash
# httpd: a RewriteMap of the main server does not exist in virtual hosts, and a map that does not exist is empty.
# Guess: maps are global, like Define; a name that no RewriteMap has is an error at the start.
# Seen (httpd 2.4.71, 2026-11-30): ${map:key|default} gives the default in the vhost, for the main server's map and for a name that
# nothing defines; no message. With `RewriteOptions Inherit` the map is there.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
p=$(port) q=$(port)
echo 'key value' >"$tmp/map.txt"
httpd_conf rewrite <<'EOF'
Listen 127.0.0.1:@p@
Listen 127.0.0.1:@q@
RewriteEngine On
RewriteMap known txt:@tmp@/map.txt
RewriteRule ^/main$ /${known:key|default} [R,L]
<VirtualHost 127.0.0.1:@q@>
  ServerName bare.test
  RewriteEngine On
  RewriteRule ^/known$ /${known:key|default} [R,L]
  RewriteRule ^/unknown$ /${nosuch:key|default} [R,L]
</VirtualHost>
<VirtualHost 127.0.0.1:@q@>
  ServerName inherit.test
  RewriteEngine On
  RewriteOptions Inherit
  RewriteRule ^/known$ /${known:key|default} [R,L]
</VirtualHost>
EOF
expect 'apache2 -t' 'Syntax OK' "$(httpd_test)"
httpd_run "$p"
target() { header Location "$@" | sed 's,.*/,,'; }
expect 'main server' value "$(target "127.0.0.1:$p/main")"
expect 'virtual host' default "$(target -H 'Host: bare.test' "127.0.0.1:$q/known")"
expect 'undefined map' default "$(target -H 'Host: bare.test' "127.0.0.1:$q/unknown")"
expect 'with Inherit' value "$(target -H 'Host: inherit.test' "127.0.0.1:$q/known")"
