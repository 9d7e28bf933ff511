#!/bin/bash
# nginx: error_page with "=" on a level that the location of auth_request inherits lets everybody in.
# Guess: error_page 401 shows the login page to whom auth_request turned away.
# Seen (nginx 1.22.1, 2026-11-30): it holds within the subrequest, too. The login page answers 200 there, and auth_request is content.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
p=$(port)
nginx_conf <<'EOF'
server {
  listen 127.0.0.1:@p@;
  error_page 401 = /login;
  location /app { auth_request /auth; try_files /none @app; }
  location @app { return 200 secret; }
  location = /auth { internal; return 401; }
  location = /login { return 200 login; }
  location /kept { auth_request /auth-kept; try_files /none @app; }
  location = /auth-kept { internal; error_page 401 /login; return 401; }
}
EOF
nginx_run "$p"
expect 'with =' 'secret' "$(get "127.0.0.1:$p/app")"
expect 'without =' 'login' "$(get "127.0.0.1:$p/kept")"
