#!/bin/bash
# nginx and httpd with PCRE2 10.42: {,3} in a pattern is text, not "up to three".
# Guess: {,3} is {0,3}, as in Python, Perl 5.34 and PCRE2 since 10.43; or the pattern is refused.
# Seen (nginx 1.22.1, httpd 2.4.71, libpcre2 10.42, 2026-11-30): the pattern matches the characters {,3}; an upgrade of the library
# changes which URLs match.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11 apache2-bin=2.4.71-1~deb12u1 libpcre2-8-0=10.42-1
p=$(port) h=$(port)
nginx_conf <<'EOF'
server { listen 127.0.0.1:@p@; location ~ "^/v\d{,3}$" { return 204; } }
EOF
nginx_run "$p"
httpd_conf alias <<'EOF'
Listen 127.0.0.1:@h@
RedirectMatch 410 "^/v\d{,3}$"
EOF
httpd_run "$h"
expect 'two digits' '404 404' "$(status "127.0.0.1:$p/v12") $(status "127.0.0.1:$h/v12")"
expect 'the text' '204 410' "$(status -g "127.0.0.1:$p/v1{,3}") $(status -g "127.0.0.1:$h/v1{,3}")"
