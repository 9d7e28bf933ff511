#!/bin/bash
# httpd: a variable of SetEnv is invisible to <If>, while `Header .. env=` and `Header .. expr=` in the same place see it.
# Guess: reqenv('NAME') is the same everywhere.
# Seen (httpd 2.4.71, 2026-11-30): <If> is decided before SetEnv runs; a variable of SetEnvIf is there for both.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
p=$(port)
httpd_conf 'headers env setenvif' <<'EOF'
Listen 127.0.0.1:@p@
SetEnv BY_SETENV 1
SetEnvIf Request_URI . BY_SETENVIF=1
<If "reqenv('BY_SETENV') == '1'">
  Header always set X-If-SetEnv yes
</If>
<If "reqenv('BY_SETENVIF') == '1'">
  Header always set X-If-SetEnvIf yes
</If>
Header always set X-Env yes env=BY_SETENV
Header always set X-Expr yes "expr=reqenv('BY_SETENV') == '1'"
EOF
httpd_run "$p"
expect 'headers' 'X-Env X-Expr X-If-SetEnvIf' "$(headers "127.0.0.1:$p/" | grep -o '^X-[A-Za-z-]*' | sort | xargs)"
