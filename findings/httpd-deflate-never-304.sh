#!/bin/bash
# httpd: what mod_deflate has compressed is never answered with 304.
# Guess: the client sends the ETag back that it got, and gets 304; nginx does so.
# Seen (httpd 2.4.71, nginx 1.22.1, 2026-11-30): httpd appends "-gzip" to the ETag and does not know it again: 200 with the whole body
# each time. nginx makes the ETag weak and answers 304. `DeflateAlterETag NoChange` makes httpd answer 304.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11 apache2-bin=2.4.71-1~deb12u1
p=$(port) q=$(port) n=$(port)
seq 2000 >"$tmp/htdocs/page.txt"
touch -d 2020-01-01 "$tmp/htdocs/page.txt"
httpd_conf 'deflate filter mime' <<'EOF'
Listen 127.0.0.1:@p@
Listen 127.0.0.1:@q@
SetOutputFilter DEFLATE
<VirtualHost 127.0.0.1:@q@>
  DeflateAlterETag NoChange
</VirtualHost>
TypesConfig /dev/null
EOF
httpd_run "$p"
nginx_conf <<'EOF'
server { listen 127.0.0.1:@n@; gzip on; gzip_types text/plain; }
EOF
nginx_run "$n"
revalidate() {
  local tag
  tag=$(header ETag -H 'Accept-Encoding: gzip' "127.0.0.1:$1/page.txt")
  status -H 'Accept-Encoding: gzip' -H "If-None-Match: $tag" "127.0.0.1:$1/page.txt"
}
contains 'ETag of httpd' '-gzip"' "$(header ETag -H 'Accept-Encoding: gzip' "127.0.0.1:$p/page.txt")"
expect 'httpd' 200 "$(revalidate "$p")"
expect 'httpd, NoChange' 304 "$(revalidate "$q")"
contains 'ETag of nginx' 'W/"' "$(header ETag -H 'Accept-Encoding: gzip' "127.0.0.1:$n/page.txt")"
expect 'nginx' 304 "$(revalidate "$n")"
