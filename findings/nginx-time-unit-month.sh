#!/bin/bash
# nginx: `1M` is a megabyte in sizes, a month in times counted in seconds, and an error in times counted in milliseconds.
# Guess: units ignore case everywhere, as in sizes, so `expires 1M` is a minute (or refused everywhere).
# Seen (nginx 1.22.1, 2026-11-30): `expires 1M` sends max-age=2592000, 30 days; proxy_read_timeout 1M and keepalive_timeout 1M are refused.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
p=$(port)
echo page >"$tmp/htdocs/page.txt"
for line in 'proxy_read_timeout 1M;' 'keepalive_timeout 1M;'; do
  nginx_conf <<'EOF'
server { listen 127.0.0.1:@p@; @line@ }
EOF
  contains "$line" 'invalid value' "$(nginx_test)"
done
nginx_conf <<'EOF'
server {
  listen 127.0.0.1:@p@;
  client_max_body_size 1M;
  proxy_cache_valid 1M;
  location /lower { expires 1m; try_files /page.txt =404; }
  location /upper { expires 1M; try_files /page.txt =404; }
}
EOF
nginx_run "$p"
expect 'expires 1m' max-age=60 "$(header Cache-Control "127.0.0.1:$p/lower")"
expect 'expires 1M' max-age=2592000 "$(header Cache-Control "127.0.0.1:$p/upper")"
