#!/bin/bash
# lighttpd: lists of two matching conditions are not joined, and a rewrite makes its own condition false.
# Guess: both headers are set; the rewritten request goes to the proxy that stands in the same block.
# Seen (lighttpd 1.4.69, 2026-11-30): the last matching block's list replaces the others, the global one included. After url.rewrite the
# conditions are asked again with the new path: proxy.server in the block is gone, 404.
. "$(dirname "$0")/lib.sh"
unpack lighttpd=1.4.69-1
p=$(port) b=$(port)
backend "$b" 'res.end("proxied " + req.url)'
fill >"$tmp/lighttpd.conf" <<'EOF'
server.document-root = "@tmp@/htdocs"
server.port = @p@
server.bind = "127.0.0.1"
server.modules = ("mod_setenv", "mod_rewrite", "mod_proxy")
setenv.add-response-header = ("X-Global" => "1")
$HTTP["host"] == "app.test" { setenv.add-response-header = ("X-Host" => "1") }
$HTTP["url"] =~ "^/both" { setenv.add-response-header = ("X-Url" => "1") }
$HTTP["url"] =~ "^/kept" { proxy.server = ("" => (("host" => "127.0.0.1", "port" => @b@))) }
$HTTP["url"] =~ "^/moved" {
  url.rewrite-once = ("^/moved/(.*)" => "/new/$1")
  proxy.server = ("" => (("host" => "127.0.0.1", "port" => @b@)))
}
EOF
start "$p" "$tmp/root/usr/sbin/lighttpd" -D -f "$tmp/lighttpd.conf" -m "$tmp/root/usr/lib/lighttpd"
names() { headers -H 'Host: app.test' "127.0.0.1:$p$1" | grep -o '^X-[A-Za-z]*' | xargs; }
expect 'one condition' X-Host "$(names /)"
expect 'two conditions' X-Url "$(names /both)"
expect 'proxy without rewrite' 'proxied /kept/a' "$(get "127.0.0.1:$p/kept/a")"
expect 'proxy with rewrite' 404 "$(status "127.0.0.1:$p/moved/a")"
