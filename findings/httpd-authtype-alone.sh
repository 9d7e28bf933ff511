#!/bin/bash
# httpd: AuthType without any Require is a 500 for everything, unless an outer section has a Require, then it is open.
# Guess: a login without a rule is asked for or ignored, the same everywhere.
# Seen (httpd 2.4.71, 2026-11-30): 500 with AH01627 in the error log; below `Require all granted` (Debian's /var/www) 200 without a
# password; `apache2 -t` accepts both.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
p=$(port)
mkdir "$tmp/htdocs/granted"
echo secret | tee "$tmp/htdocs/granted/page" >"$tmp/htdocs/page"
httpd_conf 'authn_core authn_file auth_basic authz_user' <<'EOF'
Listen 127.0.0.1:@p@
<Directory "@tmp@/htdocs/granted">
  Require all granted
</Directory>
<Location "/">
  AuthType Basic
  AuthName staff
  AuthUserFile /dev/null
</Location>
EOF
expect 'apache2 -t' 'Syntax OK' "$(httpd_test)"
httpd_run "$p"
expect 'no Require at all' 500 "$(status "127.0.0.1:$p/page")"
contains 'error log' AH01627 "$(cat "$logs")"
expect 'Require all granted outside' secret "$(get "127.0.0.1:$p/granted/page")"
