#!/bin/bash
# httpd: a balancer without mod_slotmem_shm or without its lbmethod module passes `apache2 -t` and does not start.
# Guess: the test names the missing module, as it does for an unknown directive.
# Seen (httpd 2.4.71, 2026-11-30): "Syntax OK", then AH01177 (slotmem) or AH01183 (the default method byrequests) and exit.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
p=$(port)
try() {
  httpd_conf "proxy proxy_http proxy_balancer $1" <<'EOF'
Listen 127.0.0.1:@p@
<Proxy "balancer://app">
  BalancerMember http://127.0.0.1:1
</Proxy>
ProxyPass / balancer://app/
EOF
  expect "$1: apache2 -t" 'Syntax OK' "$(httpd_test)"
  : >"$logs"
}
try slotmem_shm
timeout 10 apache2 -X -f "$tmp/httpd.conf" 2>/dev/null
contains 'without lbmethod_byrequests' AH01183 "$(cat "$logs")"
try lbmethod_byrequests
timeout 10 apache2 -X -f "$tmp/httpd.conf" 2>/dev/null
contains 'without slotmem_shm' AH01177 "$(cat "$logs")"
try 'slotmem_shm lbmethod_byrequests'
httpd_run "$p"
expect 'with both' 503 "$(status "127.0.0.1:$p/")"
