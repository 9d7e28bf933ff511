#!/bin/bash
# httpd: an <If>, `Header .. expr=` or `Require expr` that looks at a request header adds Vary to every answer, a RewriteCond only
# sometimes.
# Guess: a condition changes nothing in the answer if it is false; and the three ways to ask treat caches alike.
# Seen (httpd 2.4.71, 2026-11-30): <If "%{HTTP_USER_AGENT} ..."> that never holds sends Vary: User-Agent, which makes shared caches useless.
# RewriteCond %{HTTP:X-Beta} adds Vary if the header is there and the rule applies, and none to the answer without that header.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
p=$(port)
for name in plain if expr require new old; do echo "$name" >"$tmp/htdocs/$name"; done
httpd_conf 'headers rewrite' <<'EOF'
Listen 127.0.0.1:@p@
<Location "/if">
  <If "%{HTTP_USER_AGENT} =~ /NoSuchBrowser/">
    Header set X-If yes
  </If>
</Location>
<Location "/expr">
  Header set X-Expr yes "expr=%{HTTP_USER_AGENT} =~ /NoSuchBrowser/"
</Location>
<Location "/require">
  Require expr %{HTTP_USER_AGENT} != 'NoSuchBrowser'
</Location>
RewriteEngine On
RewriteCond %{HTTP:X-Beta} =1
RewriteRule ^/site$ /new [L]
RewriteRule ^/site$ /old [L]
EOF
httpd_run "$p"
expect 'no condition' '' "$(header Vary "127.0.0.1:$p/plain")"
expect '<If>' User-Agent "$(header Vary "127.0.0.1:$p/if")"
expect 'Header expr=' User-Agent "$(header Vary "127.0.0.1:$p/expr")"
expect 'Require expr' User-Agent "$(header Vary "127.0.0.1:$p/require")"
expect 'RewriteCond, header present' X-Beta "$(header Vary -H 'X-Beta: 1' "127.0.0.1:$p/site")"
expect 'RewriteCond, header absent' '' "$(header Vary "127.0.0.1:$p/site")"
