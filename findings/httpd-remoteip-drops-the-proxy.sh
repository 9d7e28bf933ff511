#!/bin/bash
# httpd: with mod_remoteip a backend no longer sees the proxy in X-Forwarded-For, and never the addresses in order of the hops.
# Guess: "client, proxy": mod_proxy appends the address of its peer.
# Seen (httpd 2.4.71, 2026-11-30): mod_remoteip takes the believed addresses out of the header, mod_proxy appends the *client*. The
# backend sees one hop less, so "trust N proxies" settings of applications count wrong.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
p=$(port) q=$(port) b=$(port)
backend "$b" 'res.end(head)'
httpd_conf 'proxy proxy_http remoteip' <<'EOF'
Listen 127.0.0.1:@p@
Listen 127.0.0.1:@q@
ProxyPass / http://127.0.0.1:@b@/
<VirtualHost 127.0.0.1:@q@>
  RemoteIPHeader X-Forwarded-For
  RemoteIPInternalProxy 127.0.0.0/8 198.51.100.0/24
</VirtualHost>
EOF
httpd_run "$p"
forwarded() { line X-Forwarded-For "$(get -H 'X-Forwarded-For: 203.0.113.9, 198.51.100.2' "127.0.0.1:$1/")"; }
expect 'without mod_remoteip' '203.0.113.9, 198.51.100.2, 127.0.0.1' "$(forwarded "$p")"
expect 'with mod_remoteip' '203.0.113.9' "$(forwarded "$q")"
