#!/bin/bash
# httpd: `RequestHeader set X-Real-IP %{REMOTE_ADDR}e` sends "(null)" to the backend.
# Guess: the client's address, or, for a name that is not set, an empty header or none.
# Seen (httpd 2.4.71, 2026-11-30): REMOTE_ADDR is no environment variable yet, nor is %{..}s set without mod_ssl: both give the text
# "(null)", which a backend takes for an address or a user name. expr=%{REMOTE_ADDR} gives the address; an unset variable is empty there.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
p=$(port) b=$(port)
backend "$b" 'res.end(head)'
httpd_conf 'proxy proxy_http headers' <<'EOF'
Listen 127.0.0.1:@p@
RequestHeader set X-Env %{REMOTE_ADDR}e
RequestHeader set X-Ssl %{REMOTE_ADDR}s
RequestHeader set X-Expr expr=%{REMOTE_ADDR}
RequestHeader set X-Unset-Expr expr=%{reqenv:NO_SUCH_NAME}
ProxyPass / http://127.0.0.1:@b@/
EOF
httpd_run "$p"
seen=$(get "127.0.0.1:$p/")
expect '%{..}e' '(null)' "$(line X-Env "$seen")"
expect '%{..}s' '(null)' "$(line X-Ssl "$seen")"
expect 'expr=' 127.0.0.1 "$(line X-Expr "$seen")"
expect 'expr= with an unset variable' '' "$(line X-Unset-Expr "$seen")"
