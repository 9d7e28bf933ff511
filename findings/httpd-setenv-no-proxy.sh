#!/bin/bash
# httpd: "SetEnv no-proxy 1" excludes nothing from a ProxyPass; SetEnvIf does.
# Guess: a <Location> with SetEnv no-proxy is served locally.
# Seen (httpd 2.4.71, 2026-12-01): mod_proxy asks for the variable while it maps the path, SetEnv sets it when the answer is made.
. "$(dirname "$0")/lib.sh"
installed apache2=2.4.71-1~deb12u1
b=$(port) p=$(port)
backend "$b" 'res.end("backend")'
mkdir "$tmp/htdocs/a" "$tmp/htdocs/b"
echo local | tee "$tmp/htdocs/a/x" >"$tmp/htdocs/b/x"
httpd_conf 'proxy proxy_http env setenvif' <<'EOF'
Listen 127.0.0.1:@p@
ProxyPass / http://127.0.0.1:@b@/
<Location /a/>
  SetEnv no-proxy 1
</Location>
SetEnvIf Request_URI ^/b/ no-proxy=1
EOF
httpd_run "$p"
expect 'SetEnv' backend "$(get "127.0.0.1:$p/a/x")"
expect 'SetEnvIf' local "$(get "127.0.0.1:$p/b/x")"
