#!/bin/bash
# nginx: `gunzip on` makes sub_filter work for the clients that cannot gzip, and for them only.
# Guess: with gunzip, compressed answers of the backend are unpacked before sub_filter looks at them.
# Seen (nginx 1.22.1, 2026-11-30): gunzip unpacks only for clients without Accept-Encoding: gzip; all browsers get the unchanged page,
# a test with plain curl shows the changed one.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
p=$(port) b=$(port)
backend "$b" 'res.setHeader("Content-Type", "text/html"); res.setHeader("Content-Encoding", "gzip"); res.end(require("node:zlib").gzipSync("<p>old</p>"))'
nginx_conf <<'EOF'
server { listen 127.0.0.1:@p@; location / { gunzip on; sub_filter old new; proxy_pass http://127.0.0.1:@b@; } }
EOF
nginx_run "$p"
expect 'client without gzip' '<p>new</p>' "$(get "127.0.0.1:$p/")"
expect 'client with gzip' '<p>old</p>' "$(get --compressed "127.0.0.1:$p/")"
