#!/bin/bash
# nginx: `return 403 "text"` is not subject to error_page, `return 403` is.
# Guess: error_page acts on the status.
# Seen (nginx 1.22.1, 2026-11-30): a return with text answers with that text; the error page is left out. `return 403 ""` too.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
p=$(port)
echo 'error page' >"$tmp/htdocs/page.txt"
nginx_conf <<'EOF'
server {
  listen 127.0.0.1:@p@;
  error_page 403 /page.txt;
  location /bare { return 403; }
  location /text { return 403 "no entry"; }
  location = /page.txt { }
}
EOF
nginx_run "$p"
expect 'bare' 'error page' "$(get "127.0.0.1:$p/bare")"
expect 'with text' 'no entry' "$(get "127.0.0.1:$p/text")"
