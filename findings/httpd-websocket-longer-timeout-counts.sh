#!/bin/bash
# httpd: a silent WebSocket is closed after the longer one of Timeout and ProxyTimeout (or timeout= of the ProxyPass).
# Guess: the time of the proxy counts (ProxyTimeout, timeout=), or the shorter one, as for an answer that does not come.
# Seen (httpd 2.4.71, ws 8.23.0, 2026-11-30): a short ProxyTimeout does not end idle WebSockets, and a long one keeps them open whatever
# Timeout says. Where mod_proxy_wstunnel is loaded without mod_proxy_http there is no limit at all.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
npm_install ws@8.23.0
a=$(port) b=$(port) c=$(port) d=$(port) t=$(port) w=$(port)
cat >"$tmp/backend.cjs" <<JS
new (require('ws').WebSocketServer)({ port: $w, host: '127.0.0.1' });
JS
start "$w" node "$tmp/backend.cjs"
virtual_host() { printf '%s\n' "<VirtualHost *:$1>" "Timeout $2" "ProxyTimeout $3" "ProxyPass / $4" '</VirtualHost>'; }
hosts() {
  for port in $a $b $c $d; do echo "Listen 127.0.0.1:$port"; done
  virtual_host $a 1 4 "http://127.0.0.1:$w/ upgrade=websocket"
  virtual_host $b 4 1 "http://127.0.0.1:$w/ upgrade=websocket"
  virtual_host $c 1 1 "http://127.0.0.1:$w/ upgrade=websocket timeout=4"
  virtual_host $d 1 1 "http://127.0.0.1:$w/ upgrade=websocket"
}
httpd_conf 'proxy proxy_http' < <(hosts)
httpd_run "$a"
cat >"$tmp/idle.cjs" <<'JS'
const { WebSocket } = require('ws');
let since;
setTimeout(() => {
  console.log('open');
  process.exit();
}, 8000);
new WebSocket(process.argv[2]).on('open', () => (since = Date.now())).on('close', () => {
  console.log(Math.round((Date.now() - since) / 1000));
  process.exit();
});
JS
idle() { node "$tmp/idle.cjs" "ws://127.0.0.1:$1/"; }
expect 'Timeout 1, ProxyTimeout 4: closed after seconds' 4 "$(idle $a)"
expect 'Timeout 4, ProxyTimeout 1' 4 "$(idle $b)"
expect 'Timeout 1, ProxyTimeout 1, timeout=4' 4 "$(idle $c)"
expect 'Timeout 1, ProxyTimeout 1' 1 "$(idle $d)"
httpd_conf 'proxy proxy_wstunnel' < <(echo "Listen 127.0.0.1:$t" && virtual_host $t 1 1 "ws://127.0.0.1:$w/")
sed -i "s,^PidFile.*,PidFile $tmp/other.pid," "$tmp/httpd.conf"
httpd_run "$t"
expect 'mod_proxy_wstunnel alone, after 8 s' open "$(idle $t)"
