#!/bin/bash
# nginx: $arg_id and $cookie_id ignore the case of the names.
# Guess: names of query arguments and cookies are case-sensitive, as they are for the applications behind.
# Seen (nginx 1.22.1, 2026-11-30): ?ID=7 gives $arg_id 7 and Cookie: SID=a gives $cookie_sid a, so a cache key or a map built on them
# sees arguments that the application does not know.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
p=$(port)
nginx_conf <<'EOF'
server { listen 127.0.0.1:@p@; return 200 "[$arg_id] [$cookie_sid]"; }
EOF
nginx_run "$p"
expect 'same case' '[7] [a]' "$(get -H 'Cookie: sid=a' "127.0.0.1:$p/?id=7")"
expect 'other case' '[7] [a]' "$(get -H 'Cookie: SID=a' "127.0.0.1:$p/?ID=7")"
expect 'an application' null "$(node -p 'new URL("http://h/?ID=7").searchParams.get("id")')"
