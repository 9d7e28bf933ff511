#!/bin/bash
# httpd behind a TLS terminator: `SetEnvIf X-Forwarded-Proto https HTTPS=on` does not change %{HTTPS} of mod_rewrite.
# Guess: RewriteCond %{HTTPS} off sees the variable, as CGI and PHP programs do.
# Seen (httpd 2.4.71, 2026-11-30): %{HTTPS} and %{REQUEST_SCHEME} look at the connection, so the redirect to https loops for ever;
# %{ENV:HTTPS} is the variable. `ServerName https://..` changes REQUEST_SCHEME, but not HTTPS.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
p=$(port)
httpd_conf 'rewrite setenvif' <<'EOF'
Listen 127.0.0.1:@p@
<VirtualHost *:@p@>
  ServerName plain.test
  SetEnvIf X-Forwarded-Proto https HTTPS=on
  RewriteEngine On
  RewriteRule ^ /%{HTTPS}-%{REQUEST_SCHEME}-%{ENV:HTTPS} [R,L]
</VirtualHost>
<VirtualHost *:@p@>
  ServerName https://scheme.test
  RewriteEngine On
  RewriteRule ^ /%{HTTPS}-%{REQUEST_SCHEME} [R,L]
</VirtualHost>
EOF
httpd_run "$p"
target() { header Location "$@" | sed 's,.*/,,'; }
expect 'SetEnvIf' 'off-http-on' "$(target -H 'Host: plain.test' -H 'X-Forwarded-Proto: https' "127.0.0.1:$p/")"
expect 'ServerName https://' 'off-https' "$(target -H 'Host: scheme.test' "127.0.0.1:$p/")"
