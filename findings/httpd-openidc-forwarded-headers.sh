#!/bin/bash
# mod_auth_openidc: with "Forwarded" in OIDCXForwardedHeaders the X-Forwarded-* headers no longer count, and without any of them the
# redirect_uri gets the port of the socket.
# Guess: each named header is used if it is there; a Host without a port means the usual port.
# Seen (mod_auth_openidc 2.4.12.3, httpd 2.4.71, 2026-11-30): naming all four headers, to be on the safe side, makes http:// of
# "X-Forwarded-Proto: https" where the proxy sends no Forwarded, so that the provider refuses the redirect_uri. X-Forwarded-Proto alone is
# right. Without OIDCXForwardedHeaders a name without a port becomes name:port of the listener.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
unpack libapache2-mod-auth-openidc=2.4.12.3-2+deb12u5 libcjose0=0.6.2.1-1+deb12u2 libhiredis0.14=0.14.1-3 libjansson4=2.14-2
LD_LIBRARY_PATH=$(echo "$tmp"/root/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH
p=$(port)
start_with() {
  httpd_conf 'authn_core authz_user' <<EOF
LoadModule auth_openidc_module $tmp/root/usr/lib/apache2/modules/mod_auth_openidc.so
PidFile $tmp/$p.pid
Listen 127.0.0.1:$p
OIDCProviderIssuer https://idp.test
OIDCProviderAuthorizationEndpoint https://idp.test/auth
OIDCProviderTokenEndpoint https://idp.test/token
OIDCProviderJwksUri https://idp.test/jwks
OIDCClientID proxy
OIDCClientSecret none
OIDCCryptoPassphrase none
OIDCRedirectURI /back
$1
<Location />
  AuthType openid-connect
  Require valid-user
</Location>
EOF
  httpd_run "$p"
}
uri() { header Location "127.0.0.1:$p/page" -H 'Host: app.test' "$@" | sed 's/.*redirect_uri=\([^&]*\).*/\1/; s/%3A/:/g; s,%2F,/,g'; }
https='X-Forwarded-Proto: https'
start_with ''
expect 'nothing named' "http://app.test:$p/back" "$(uri -H "$https")"
p=$(port)
start_with 'OIDCXForwardedHeaders X-Forwarded-Proto'
expect 'X-Forwarded-Proto named' 'https://app.test/back' "$(uri -H "$https")"
p=$(port)
start_with 'OIDCXForwardedHeaders X-Forwarded-Proto X-Forwarded-Host X-Forwarded-Port'
expect 'three named' 'https://www.test/back' "$(uri -H "$https" -H 'X-Forwarded-Host: www.test')"
p=$(port)
start_with 'OIDCXForwardedHeaders X-Forwarded-Proto X-Forwarded-Host X-Forwarded-Port Forwarded'
expect 'four named, no Forwarded sent' 'http://app.test/back' "$(uri -H "$https" -H 'X-Forwarded-Host: www.test')"
expect 'four named, Forwarded sent' 'https://www.test/back' "$(uri -H 'Forwarded: proto=https;host=www.test')"
