#!/bin/bash
# nginx: with ssl_preread a client that waits for the server's greeting is cut off after preread_timeout, and logged with status 200.
# Guess: after the timeout the connection goes to the default backend, as sslh does it.
# Seen (nginx 1.22.1, sslh 1.20, 2026-11-30): closed without a byte; sslh hands the connection on. SMTP, FTP, MySQL and some SSH
# clients wait so.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11 libnginx-mod-stream=1.22.1-9+deb12u11 sslh=1.20-1+deb12u1
p=$(port) l=$(port) g=$(port)
start "$g" node -e 'require("node:net").createServer((s) => { s.on("error", () => {}); s.end("220 greeting\r\n"); }).listen(process.argv[1], "127.0.0.1")' "$g"
modules='load_module /usr/lib/nginx/modules/ngx_stream_module.so;'
nginx_conf_raw <<'EOF'
stream {
  log_format status status=$status;
  server { listen 127.0.0.1:@p@; ssl_preread on; preread_timeout 1s; proxy_pass 127.0.0.1:@g@; access_log @tmp@/stream.log status; }
}
EOF
nginx_run "$p"
: >"$tmp/stream.log"
expect 'nginx' '' "$(raw "$p" '')"
sleep 0.3
contains 'its log' 'status=200' "$(cat "$tmp/stream.log")"
fill >"$tmp/sslh.cfg" <<'EOF'
foreground: true; timeout: 1; on-timeout: "anyprot"; listen: ( { host: "127.0.0.1"; port: "@l@"; } );
protocols: ( { name: "tls"; host: "127.0.0.1"; port: "1"; }, { name: "anyprot"; host: "127.0.0.1"; port: "@g@"; } );
EOF
start "$l" sslh -F"$tmp/sslh.cfg"
contains 'sslh' '220 greeting' "$(raw "$l" '')"
