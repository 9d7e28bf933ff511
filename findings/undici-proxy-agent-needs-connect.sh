#!/bin/bash
# undici's ProxyAgent opens a tunnel also for http:// URLs; a forward proxy that allows CONNECT to 443 only refuses it.
# Guess: http:// goes as a plain "GET http://..", as curl sends it.
# Seen (undici 7.30.2, httpd 2.4.71 with mod_proxy_connect, 2026-11-30): CONNECT host:80, and httpd's default AllowCONNECT (443, 563)
# answers 403; curl through the same proxy gets the page. `proxyTunnel: false` makes undici send the GET.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
npm_install undici@7.30.2
p=$(port) b=$(port)
backend "$b" 'res.end("page")'
httpd_conf 'proxy proxy_http proxy_connect authz_host' <<'EOF'
Listen 127.0.0.1:@p@
ProxyRequests On
<Proxy "*">
  Require ip 127.0.0.1
</Proxy>
EOF
httpd_run "$p"
cat >"$tmp/client.js" <<'JS'
const { ProxyAgent, request } = require('undici');
const [uri, url, proxyTunnel] = process.argv.slice(2);
request(url, { dispatcher: new ProxyAgent(proxyTunnel ? { uri, proxyTunnel: false } : uri) })
  .then((res) => res.body.text(), (error) => error.message)
  .then((text) => { console.log(text); process.exit(); });
JS
expect 'curl' page "$(get -x "http://127.0.0.1:$p" "http://127.0.0.1:$b/" --noproxy '')"
contains 'undici' 403 "$(node "$tmp/client.js" "http://127.0.0.1:$p" "http://127.0.0.1:$b/")"
expect 'undici without tunnel' page "$(node "$tmp/client.js" "http://127.0.0.1:$p" "http://127.0.0.1:$b/" no)"
