#!/bin/bash
# A second proxy behind one that ends TLS: Caddy, lighttpd, h2o and nghttpx say "http" in X-Forwarded-Proto, whatever they were told.
# Guess: they pass X-Forwarded-Proto on as nginx and httpd do, and each appends to X-Forwarded-For.
# Seen (caddy 2.6.2, lighttpd 1.4.69, h2o 2.2.5, nghttpx 1.52.0, 2026-12-01): all four overwrite X-Forwarded-Proto by default. X-Forwarded-For is
# replaced by caddy (and X-Forwarded-Host, too), passed on as it came by nghttpx, and appended to by the others.
. "$(dirname "$0")/lib.sh"
unpack caddy=2.6.2-5 lighttpd=1.4.69-1 h2o=2.2.5+dfsg2-7 nghttp2-proxy=1.52.0-1+deb12u3 libjemalloc2=5.3.0-1 libev4=1:4.33-1 libc-ares2=1.18.1-3
root=$tmp/root
b=$(port) c=$(port) l=$(port) h=$(port) x=$(port)
backend "$b" 'res.end(head)'
fill >"$tmp/Caddyfile" <<'EOF'
{
  admin off
  auto_https off
}
:@c@ {
  bind 127.0.0.1
  reverse_proxy 127.0.0.1:@b@
}
EOF
HOME=$tmp start "$c" "$root/usr/bin/caddy" run --config "$tmp/Caddyfile" --adapter caddyfile
fill >"$tmp/lighttpd.conf" <<'EOF'
server.document-root = "@tmp@/htdocs"
server.bind = "127.0.0.1"
server.port = @l@
server.modules = ("mod_proxy")
proxy.server = ("" => (("host" => "127.0.0.1", "port" => @b@)))
EOF
start "$l" "$root/usr/sbin/lighttpd" -D -m "$root/usr/lib/lighttpd" -f "$tmp/lighttpd.conf"
fill >"$tmp/h2o.conf" <<'EOF'
listen: { host: 127.0.0.1, port: @h@ }
user: root
hosts:
  default:
    paths:
      "/": { proxy.reverse.url: "http://127.0.0.1:@b@/" }
EOF
start "$h" "$root/usr/bin/h2o" -c "$tmp/h2o.conf"
start "$x" env LD_LIBRARY_PATH="$root/usr/lib/$(uname -m)-linux-gnu" "$root/usr/sbin/nghttpx" --conf=/dev/null -f "127.0.0.1,$x;no-tls" -b "127.0.0.1,$b" --workers=1 --user=root
asked() {
  local text
  text=$(get "127.0.0.1:$1/" -H 'Host: a.test' -H 'X-Forwarded-For: 192.0.2.7' -H 'X-Forwarded-Proto: https' -H 'X-Forwarded-Host: b.test')
  echo "$(line X-Forwarded-Proto "$text"); $(line X-Forwarded-For "$text"); $(line X-Forwarded-Host "$text")"
}
expect 'caddy' 'http; 127.0.0.1; a.test' "$(asked "$c")"
expect 'lighttpd' 'http; 192.0.2.7, 127.0.0.1; a.test' "$(asked "$l")"
expect 'h2o' 'http; 192.0.2.7, 127.0.0.1; b.test' "$(asked "$h")"
expect 'nghttpx' 'http; 192.0.2.7; b.test' "$(asked "$x")"
