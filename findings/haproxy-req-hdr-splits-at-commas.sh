#!/bin/bash
# HAProxy: req.hdr(User-Agent) is what stands behind the last comma.
# Guess: the value of the header; lists are for X-Forwarded-For and its like.
# Seen (haproxy 2.6.12, 2026-11-30): every header is a list for req.hdr: "Mozilla/5.0 (KHTML, like Gecko)" gives "like Gecko)".
# req.fhdr is the whole. `option forwardfor` adds a second line instead of appending.
. "$(dirname "$0")/lib.sh"
unpack haproxy=2.6.12-1+deb12u4 libopentracing-c-wrapper0=1.1.3-3+b1 libopentracing1=1.6.0-4
p=$(port) b=$(port)
backend "$b" 'res.end(head)'
fill >"$tmp/haproxy.cfg" <<'EOF'
defaults
  mode http
  timeout connect 2s
  timeout client 5s
  timeout server 5s
listen front
  bind 127.0.0.1:@p@
  http-request set-header X-Hdr %[req.hdr(User-Agent)]
  http-request set-header X-Fhdr %[req.fhdr(User-Agent)]
  option forwardfor
  server app 127.0.0.1:@b@
EOF
start "$p" env LD_LIBRARY_PATH="$tmp/root/usr/lib/x86_64-linux-gnu" "$tmp/root/usr/sbin/haproxy" -db -f "$tmp/haproxy.cfg"
agent='Mozilla/5.0 (KHTML, like Gecko) Example'
seen=$(get -A "$agent" -H 'X-Forwarded-For: 203.0.113.9' "127.0.0.1:$p/")
expect 'req.hdr' 'like Gecko) Example' "$(line x-hdr "$seen")"
expect 'req.fhdr' "$agent" "$(line x-fhdr "$seen")"
expect 'X-Forwarded-For' '203.0.113.9 127.0.0.1' "$(line x-forwarded-for "$seen" | xargs)"
