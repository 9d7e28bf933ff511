#!/bin/bash
# nginx and httpd as WebDAV servers behind a TLS terminator: COPY and MOVE fail, since the Destination header says https.
# Guess: the path of the Destination counts; and what one server takes, the other does.
# Seen (nginx 1.22.1 dav, httpd 2.4.71 mod_dav, 2026-11-30): an https Destination on a plain connection is 400 from nginx, 502 from
# httpd. A Destination that is only a path is 204 from nginx, 400 from httpd. MKCOL without a final slash is 409 from nginx, 201 from httpd.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11 apache2-bin=2.4.71-1~deb12u1
p=$(port) h=$(port)
echo file >"$tmp/htdocs/a"
chmod 777 "$tmp/htdocs"
nginx_conf <<'EOF'
server { listen 127.0.0.1:@p@; location / { dav_methods PUT DELETE MKCOL COPY MOVE; } }
EOF
nginx_run "$p"
httpd_conf 'dav dav_fs dav_lock' <<'EOF'
Listen 127.0.0.1:@h@
DavLockDB @tmp@/lock
<Location "/">
  Dav On
</Location>
EOF
httpd_run "$h"
copy() { status -X COPY -H "Destination: $2" "127.0.0.1:$1/a"; }
expect 'http' '204 201' "$(copy "$p" "http://127.0.0.1:$p/b1") $(copy "$h" "http://127.0.0.1:$h/b2")"
expect 'https' '400 502' "$(copy "$p" "https://127.0.0.1:$p/b3") $(copy "$h" "https://127.0.0.1:$h/b4")"
expect 'path' '204 400' "$(copy "$p" /b5) $(copy "$h" /b6)"
expect 'MKCOL without slash' '409 201' "$(status -X MKCOL "127.0.0.1:$p/d1") $(status -X MKCOL "127.0.0.1:$h/d2")"
