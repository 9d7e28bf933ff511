#!/bin/bash
# nginx: if the password file does not exist, the login dialog comes, and then 403 for everybody.
# Guess: `nginx -t` refuses it, or every request is a 500 (as httpd answers).
# Seen (nginx 1.22.1, httpd 2.4.71, 2026-11-30): nginx -t passes; 401 without, 403 with a password. httpd: 401 and 500.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11 apache2-bin=2.4.71-1~deb12u1
p=$(port) h=$(port)
nginx_conf <<'EOF'
server { listen 127.0.0.1:@p@; auth_basic staff; auth_basic_user_file @tmp@/none; }
EOF
contains 'nginx -t' 'test is successful' "$(nginx_test)"
nginx_run "$p"
expect 'nginx' '401 403' "$(status "127.0.0.1:$p/") $(status -u jane:secret "127.0.0.1:$p/")"
httpd_conf 'authn_core authn_file auth_basic authz_user' <<'EOF'
Listen 127.0.0.1:@h@
<Location "/">
  AuthType Basic
  AuthName staff
  AuthUserFile @tmp@/none
  Require valid-user
</Location>
EOF
contains 'apache2 -t' 'Syntax OK' "$(httpd_test)"
httpd_run "$h"
expect 'httpd' '401 500' "$(status "127.0.0.1:$h/") $(status -u jane:secret "127.0.0.1:$h/")"
