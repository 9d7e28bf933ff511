#!/bin/bash
# httpd: mod_expires appends max-age to the backend's "private, no-store".
# Guess: a backend that sets Cache-Control is left alone; the manual says so of Expires.
# Seen (httpd 2.4.71, 2026-11-30): "private, no-store, max-age=3600" and an Expires in the future; "max-age=5" becomes
# "max-age=5, max-age=3600". Only an Expires of the backend stops it.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
p=$(port) b=$(port)
backend "$b" 'res.setHeader("Cache-Control", req.url === "/age" ? "max-age=5" : "private, no-store"); if (req.url === "/expires") res.setHeader("Expires", "0"); res.end()'
httpd_conf 'proxy proxy_http expires' <<'EOF'
Listen 127.0.0.1:@p@
ExpiresActive On
ExpiresDefault "access plus 1 hour"
ProxyPass / http://127.0.0.1:@b@/
EOF
httpd_run "$p"
expect 'no-store' 'private, no-store, max-age=3600' "$(header Cache-Control "127.0.0.1:$p/")"
expect 'max-age' 'max-age=5, max-age=3600' "$(header Cache-Control "127.0.0.1:$p/age")"
expect 'with Expires' 'private, no-store' "$(header Cache-Control "127.0.0.1:$p/expires")"
