#!/bin/bash
# nginx: the same key twice is fatal in a map, even in another case, and only a warning in a geo, where the last one wins.
# Guess: map keys for paths are case-sensitive, as locations are; both blocks treat a repeated key alike.
# Seen (nginx 1.22.1, 2026-11-30): plain map keys ignore case, so /Old and /old conflict, [emerg]; a repeated network of a geo is a
# [warn], and its last value counts.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
p=$(port)
nginx_conf <<'EOF'
map $uri $target { /Old /a; /old /b; }
server { listen 127.0.0.1:@p@; return 200 $target; }
EOF
contains 'map' 'conflicting parameter "/old"' "$(nginx_test)"
nginx_conf <<'EOF'
map $uri $target { /Old /a; default none; }
geo $net { 127.0.0.0/8 first; 127.0.0.0/8 last; }
server { listen 127.0.0.1:@p@; return 200 "$target $net"; }
EOF
contains 'geo' 'duplicate network "127.0.0.0/8"' "$(nginx_test)"
nginx_run "$p"
expect 'key in another case, last network' '/a last' "$(get "127.0.0.1:$p/oLD")"
