#!/bin/bash
# nginx: set_real_ip_from in a location comes too late for a `set` or `if`, and reading $remote_addr there freezes it for good.
# Guess: in that location $remote_addr is the client's address everywhere.
# Seen (nginx 1.22.1, 2026-11-30): at location level the address is replaced after the rewrite directives. If one of them has read
# $remote_addr, the proxy's address stays in the variable, and a header, log or X-Real-IP that is written later shows it.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
p=$(port)
echo page >"$tmp/htdocs/page.txt"
nginx_conf <<'EOF'
server {
  listen 127.0.0.1:@p@;
  set_real_ip_from 192.0.2.0/24;
  real_ip_header X-Real-IP;
  location /plain { set_real_ip_from 127.0.0.1; add_header X-Client $remote_addr; try_files /page.txt =404; }
  location /read { set_real_ip_from 127.0.0.1; set $early $remote_addr; add_header X-Client $remote_addr; try_files /page.txt =404; }
}
EOF
nginx_run "$p"
expect 'not read before' 198.51.100.7 "$(header X-Client -H 'X-Real-IP: 198.51.100.7' "127.0.0.1:$p/plain")"
expect 'read by a set' 127.0.0.1 "$(header X-Client -H 'X-Real-IP: 198.51.100.7' "127.0.0.1:$p/read")"
