#!/bin/bash
# nginx: http and stream listening on one port pass `nginx -t`, and the server does not start.
# Guess: the test finds it, as it does for two stream servers.
# Seen (nginx 1.22.1, 2026-11-30): the test overlooks an address that is in use, even by the same configuration; the start fails.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11 libnginx-mod-stream=1.22.1-9+deb12u11
p=$(port)
modules='load_module /usr/lib/nginx/modules/ngx_stream_module.so;'
nginx_conf_raw <<'EOF'
stream { server { listen 127.0.0.1:@p@; return a; } server { listen 127.0.0.1:@p@; return b; } }
EOF
contains 'two stream servers' 'duplicate "127.0.0.1' "$(nginx_test)"
nginx_conf_raw <<'EOF'
stream { server { listen 127.0.0.1:@p@; return a; } }
http { access_log off; server { listen 127.0.0.1:@p@; return 200 b; } }
EOF
contains 'stream and http, test' 'test is successful' "$(nginx_test)"
contains 'stream and http, start' 'Address already in use' "$(timeout 10 nginx -c "$tmp/nginx.conf" -e "$logs" 2>&1)"
