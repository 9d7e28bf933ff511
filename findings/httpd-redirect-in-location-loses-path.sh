#!/bin/bash
# httpd: a Redirect with one argument in a <Location> loses the rest of the path, but keeps the query.
# Guess: the same as `Redirect /old https://..` on server level, which appends the rest.
# Seen (httpd 2.4.71, 2026-11-30): /old/page?q=1 goes to https://n.test/new?q=1, on server level to https://n.test/new/page?q=1.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
p=$(port)
httpd_conf alias <<'EOF'
Listen 127.0.0.1:@p@
Redirect permanent /server https://n.test/new
<Location "/inside">
  Redirect permanent https://n.test/new
</Location>
EOF
httpd_run "$p"
expect 'server level' 'https://n.test/new/page?q=1' "$(header Location "127.0.0.1:$p/server/page?q=1")"
expect '<Location>' 'https://n.test/new?q=1' "$(header Location "127.0.0.1:$p/inside/page?q=1")"
