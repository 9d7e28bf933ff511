#!/bin/bash
# sslh: @include is relative to the working directory, not to the file that includes.
# Guess: relative to the including file, as in nginx (prefix) and most formats; at least the same for each start.
# Seen (sslh 1.20, libconfig 1.5, 2026-11-30): `sslh -F/etc/sslh.cfg` from another directory: "cannot open include file".
. "$(dirname "$0")/lib.sh"
installed sslh=1.20-1+deb12u1
l=$(port)
mkdir -p "$tmp/etc/part" "$tmp/elsewhere"
echo "listen: ( { host: \"127.0.0.1\"; port: \"$l\"; } );" >"$tmp/etc/part/listen.cfg"
cat >"$tmp/etc/sslh.cfg" <<'EOF'
foreground: true;
@include "part/listen.cfg"
protocols: ( { name: "anyprot"; host: "127.0.0.1"; port: "1"; } );
EOF
cd "$tmp/elsewhere" || exit 1
contains 'from elsewhere' 'cannot open include file' "$(timeout 10 sslh -F"$tmp/etc/sslh.cfg" 2>&1)"
cd "$tmp/etc" || exit 1
start "$l" sslh -F"$tmp/etc/sslh.cfg"
echo 'ok: from the directory of the file it starts'
