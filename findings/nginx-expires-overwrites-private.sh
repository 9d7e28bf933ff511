#!/bin/bash
# nginx: `expires` throws the backend's Cache-Control away, also "private, no-store".
# Guess: a backend that forbids caching is obeyed, or both headers are sent.
# Seen (nginx 1.22.1, 2026-11-30): the client gets max-age=3600 alone: the private page becomes cacheable by anybody.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
p=$(port) b=$(port)
backend "$b" 'res.setHeader("Cache-Control", "private, no-store"); res.end("account")'
nginx_conf <<'EOF'
server {
  listen 127.0.0.1:@p@;
  location /plain { proxy_pass http://127.0.0.1:@b@; }
  location /expires { expires 1h; proxy_pass http://127.0.0.1:@b@; }
  location /added { add_header Cache-Control max-age=3600; proxy_pass http://127.0.0.1:@b@; }
}
EOF
nginx_run "$p"
expect 'without expires' 'private, no-store' "$(header Cache-Control "127.0.0.1:$p/plain")"
expect 'with expires' 'max-age=3600' "$(header Cache-Control "127.0.0.1:$p/expires")"
expect 'with add_header, for comparison' 'private, no-store max-age=3600' "$(header Cache-Control "127.0.0.1:$p/added" | xargs)"
