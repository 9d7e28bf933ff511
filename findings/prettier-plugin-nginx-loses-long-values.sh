#!/bin/bash
# prettier-plugin-nginx: a quoted value with a line break is lost, the directive stays without arguments.
# Guess: a formatter keeps strings, or refuses what it cannot read.
# Seen (prettier-plugin-nginx 1.0.3, 2026-11-30): a Content-Security-Policy over two lines becomes `add_header` alone, with exit status 0;
# nginx (1.22.1) takes the source, and refuses what came out.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
npm_install prettier@3.6.2 prettier-plugin-nginx@1.0.3
p=$(port)
printf "location /e {\n  add_header Content-Security-Policy \"default-src 'self';\n    img-src *\";\n}\n" >"$tmp/site.conf"
cd "$tmp" || exit 1
npx --no-install prettier --plugin prettier-plugin-nginx --parser nginx site.conf >formatted.conf || fail 'prettier refuses the file'
lacks 'formatted' default-src "$(cat formatted.conf)"
for file in site formatted; do
  nginx_conf <<'EOF'
server { listen 127.0.0.1:@p@; include @tmp@/@file@.conf; }
EOF
  nginx_test >"$file.verdict"
done
contains 'before' 'test is successful' "$(cat site.verdict)"
contains 'after' 'test failed' "$(cat formatted.verdict)"
