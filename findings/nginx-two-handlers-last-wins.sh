#!/bin/bash
# nginx: proxy_pass and fastcgi_pass in one location are accepted; the last one in the file answers.
# Guess: the configuration is refused, as two proxy_pass lines are.
# Seen (nginx 1.22.1, echo 0.63, 2026-11-30): no message; the order decides, also with handlers of third-party modules.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11 libnginx-mod-http-echo=1:0.63-4
p=$(port) b=$(port)
backend "$b" 'res.end("proxied")'
modules='load_module /usr/lib/nginx/modules/ngx_http_echo_module.so;'
nginx_conf <<'EOF'
server {
  listen 127.0.0.1:@p@;
  location /proxy-last { fastcgi_pass 127.0.0.1:1; proxy_pass http://127.0.0.1:@b@; }
  location /fastcgi-last { proxy_pass http://127.0.0.1:@b@; fastcgi_pass 127.0.0.1:1; }
  location /echo-last { proxy_pass http://127.0.0.1:@b@; echo echoed; }
}
EOF
lacks 'nginx -t' warn "$(nginx_test)"
nginx_run "$p"
expect 'proxy_pass last' proxied "$(get "127.0.0.1:$p/proxy-last")"
expect 'fastcgi_pass last' 502 "$(status "127.0.0.1:$p/fastcgi-last")"
expect 'echo last' echoed "$(get "127.0.0.1:$p/echo-last")"
nginx_conf <<'EOF'
server { listen 127.0.0.1:@p@; location / { proxy_pass http://127.0.0.1:@b@; proxy_pass http://127.0.0.1:@b@; } }
EOF
contains 'two proxy_pass, for comparison' 'is duplicate' "$(nginx_test)"
