#!/bin/bash
# nginx: add_header adds, except for ETag and Last-Modified, which it replaces.
# Guess: add_header ETag sends a second ETag.
# Seen (nginx 1.22.1, 2026-11-30): ETag and Last-Modified of a file are replaced, an empty value removes them, and conditional requests
# are still judged by the file's own values, so the ETag that clients were given never yields 304.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
p=$(port)
echo page >"$tmp/htdocs/page.txt"
nginx_conf <<'EOF'
server {
  listen 127.0.0.1:@p@;
  location /plain { try_files /page.txt =404; }
  location /added { add_header ETag '"mine"'; add_header Last-Modified ""; add_header Server mine; try_files /page.txt =404; }
}
EOF
nginx_run "$p"
expect 'ETag' '"mine"' "$(header ETag "127.0.0.1:$p/added")"
expect 'Last-Modified' '' "$(header Last-Modified "127.0.0.1:$p/added")"
expect 'lines of Server, for comparison' 2 "$(headers "127.0.0.1:$p/added" | grep -c '^Server:')"
expect 'revalidation with the ETag of the file' 304 "$(status -H "If-None-Match: $(header ETag "127.0.0.1:$p/plain")" "127.0.0.1:$p/plain")"
expect 'revalidation with the ETag that was sent' 200 "$(status -H 'If-None-Match: "mine"' "127.0.0.1:$p/added")"
