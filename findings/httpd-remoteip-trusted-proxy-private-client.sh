#!/bin/bash
# httpd: RemoteIPTrustedProxy does not believe a private address, so clients of the own network or VPN count as the proxy.
# Guess: a trusted proxy is believed, whatever the client's address is; "internal" is the weaker of the two words.
# Seen (httpd 2.4.71, 2026-11-30): 10.1.2.3 from a RemoteIPTrustedProxy is left in the header and the client is the proxy, so
# `Require ip` is asked about the proxy's address; RemoteIPInternalProxy believes it.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
p=$(port) q=$(port)
httpd_conf 'remoteip headers' <<'EOF'
Listen 127.0.0.1:@p@
Listen 127.0.0.1:@q@
Header always set X-Client expr=%{REMOTE_ADDR}
RemoteIPHeader X-Forwarded-For
<VirtualHost 127.0.0.1:@p@>
  RemoteIPTrustedProxy 127.0.0.0/8
</VirtualHost>
<VirtualHost 127.0.0.1:@q@>
  RemoteIPInternalProxy 127.0.0.0/8
</VirtualHost>
EOF
httpd_run "$p"
client() { header X-Client -H "X-Forwarded-For: $2" "127.0.0.1:$1/"; }
expect 'trusted, public client' 203.0.113.9 "$(client "$p" 203.0.113.9)"
expect 'trusted, private client' 127.0.0.1 "$(client "$p" 10.1.2.3)"
expect 'internal, private client' 10.1.2.3 "$(client "$q" 10.1.2.3)"
