#!/bin/bash
# httpd: a ProxyPassMatch whose target has no $1 appends the whole path of the request to it.
# Guess: the target is taken as written, as that of RedirectMatch or RewriteRule.
# Seen (httpd 2.4.71, 2026-11-30): /old/a with the target http://backend/new asks for /new/old/a; one $ in the target changes that.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
p=$(port) b=$(port)
backend "$b" 'res.end(req.url)'
httpd_conf 'proxy proxy_http alias' <<'EOF'
Listen 127.0.0.1:@p@
ProxyPassMatch ^/old/.*$ http://127.0.0.1:@b@/new
ProxyPassMatch ^/group/(.*)$ http://127.0.0.1:@b@/new/$1
RedirectMatch ^/redirect/.*$ /new
EOF
httpd_run "$p"
expect 'without $' /new/old/a "$(get "127.0.0.1:$p/old/a")"
expect 'with $1' /new/a "$(get "127.0.0.1:$p/group/a")"
expect 'RedirectMatch, for comparison' /new "$(header Location "127.0.0.1:$p/redirect/a" | sed 's,http://[^/]*,,')"
