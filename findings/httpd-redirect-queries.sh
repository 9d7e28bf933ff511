#!/bin/bash
# httpd: a Redirect whose target has a query drops the query of the request.
# Guess: the two are joined with "&", as RewriteRule with QSA and nginx's rewrite do it.
# Seen (httpd 2.4.71, 2026-11-30): /old?page=2 with `Redirect /old /new?from=old` gives /new?from=old; without a query in the target
# it is kept.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
p=$(port)
httpd_conf alias <<'EOF'
Listen 127.0.0.1:@p@
Redirect /with http://n.test/new?from=old
Redirect /plain http://n.test/new
EOF
httpd_run "$p"
expect 'target with query' 'http://n.test/new?from=old' "$(header Location "127.0.0.1:$p/with?page=2")"
expect 'target without query' 'http://n.test/new?page=2' "$(header Location "127.0.0.1:$p/plain?page=2")"
