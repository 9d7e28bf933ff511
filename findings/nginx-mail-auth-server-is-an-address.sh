#!/bin/bash
# nginx mail: the Auth-Server header of the auth service must be an IP address.
# Guess: a host name is resolved; there is a `resolver` directive for mail.
# Seen (nginx 1.22.1, 2026-11-30): a name gives "internal server error" to the client and "invalid server address" in the error log.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
unpack libnginx-mod-mail=1.22.1-9+deb12u11
p=$(port) auth=$(port) imap=$(port)
backend "$auth" "res.setHeader('Auth-Status', 'OK'); res.setHeader('Auth-Server', req.headers['auth-user'] === 'name' ? 'localhost' : '127.0.0.1'); res.setHeader('Auth-Port', '$imap'); res.end()"
start "$imap" node -e '
  require("node:net").createServer((s) => {
    s.on("error", () => {}).on("data", (d) => s.write(/login/i.test(d) ? "+ go\r\n" : "1 OK\r\n"));
    s.write("* OK\r\n");
  }).listen(process.argv[1], "127.0.0.1")' "$imap"
modules="load_module $tmp/root/usr/lib/nginx/modules/ngx_mail_module.so;"
nginx_conf_raw <<'EOF'
mail { server_name mail.test; auth_http 127.0.0.1:@auth@/; server { listen 127.0.0.1:@p@; protocol imap; } }
EOF
nginx_run "$p"
contains 'name' 'internal server error' "$(raw "$p" 'a login name pw\r\n')"
contains 'error log' 'sent invalid server address:"localhost"' "$(cat "$logs")"
raw "$p" 'a login address pw\r\n' >/dev/null
expect 'errors for the address' 1 "$(grep -c 'invalid server address' "$logs")"
