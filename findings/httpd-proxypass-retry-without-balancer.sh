#!/bin/bash
# httpd: retry= of a plain ProxyPass has no effect; a dead backend is asked again at once.
# Guess: after a refused connection the backend is left alone for 60 s (the default of retry), so retry=0 is the usual advice.
# Seen (httpd 2.4.71, 2026-11-30): 503, and 200 as soon as the backend is up, in spite of retry=300. Members of a balancer with another
# live member do stay out.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
p=$(port) b=$(port) live=$(port) dead=$(port)
backend "$live" 'res.end("live")'
httpd_conf 'proxy proxy_http proxy_balancer slotmem_shm lbmethod_byrequests' <<'EOF'
Listen 127.0.0.1:@p@
ProxyPass /plain http://127.0.0.1:@b@ retry=300
<Proxy "balancer://pair">
  BalancerMember http://127.0.0.1:@live@
  BalancerMember http://127.0.0.1:@dead@ retry=300
</Proxy>
ProxyPass /pair balancer://pair
EOF
httpd_run "$p"
expect 'plain, backend down' 503 "$(status "127.0.0.1:$p/plain")"
for i in 1 2 3 4; do status "127.0.0.1:$p/pair" >/dev/null; done
backend "$b" 'res.end("back")'
backend "$dead" 'res.end("back")'
expect 'plain, backend up' back "$(get "127.0.0.1:$p/plain")"
expect 'balancer, member up again' livelivelivelive "$(for i in 1 2 3 4; do get "127.0.0.1:$p/pair"; done)"
