#!/bin/bash
# nginx: a map of $uri keeps the value that it had before the rewrite.
# Guess: the map is looked up again with the new $uri after `rewrite .. last`.
# Seen (nginx 1.22.1, 2026-11-30): a value is computed once a request; whoever reads the map before the rewrite freezes it. $uri itself
# is new. `volatile` in the map gives the guessed behaviour.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
p=$(port)
nginx_conf <<'EOF'
map $uri $section { ~^/old/ old; ~^/new/ new; default none; }
map $uri $fresh { volatile; ~^/old/ old; ~^/new/ new; default none; }
server {
  listen 127.0.0.1:@p@;
  location /old/ {
    set $seen "$section $fresh";
    rewrite ^/old/(.*)$ /new/$1 last;
  }
  location /new/ { return 200 "uri=$uri map=$section volatile=$fresh"; }
}
EOF
nginx_run "$p"
expect 'after the rewrite' 'uri=/new/a map=old volatile=new' "$(get "127.0.0.1:$p/old/a")"
expect 'without a rewrite' 'uri=/new/a map=new volatile=new' "$(get "127.0.0.1:$p/new/a")"
