#!/bin/bash
# npm parsers of nginx configs: a "#" inside of a word starts a comment for some; nginx starts one only at the beginning of a word.
# Guess: `return 301 /app/#/start;` survives any formatter.
# Seen (prettier-plugin-nginx 1.0.3, @webantic/nginx-config-parser 1.6.1, nginx-conf 2.1.0, 2026-11-30): the first loses the target, the
# second also swallows what follows; nginx-conf keeps it. nginx redirects to /app/#/start.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
npm_install prettier@3.6.2 prettier-plugin-nginx@1.0.3 @webantic/nginx-config-parser@1.6.1 nginx-conf@2.1.0
p=$(port)
nginx_conf <<'EOF'
server { listen 127.0.0.1:@p@; absolute_redirect off; location / { return 301 /app/#/start; } }
EOF
nginx_run "$p"
expect 'nginx' '/app/#/start' "$(header Location "127.0.0.1:$p/")"
printf 'server {\n  location / {\n    return 301 /app/#/start;\n  }\n  location /b {\n    return 204;\n  }\n}\n' >"$tmp/site.conf"
cd "$tmp" || exit 1
lacks 'prettier-plugin-nginx' '/app/#/start' "$(npx --no-install prettier --plugin prettier-plugin-nginx --parser nginx site.conf)"
cat >parse.js <<'JS'
const text = require('node:fs').readFileSync('site.conf', 'utf8');
const Parser = require('@webantic/nginx-config-parser');
console.log('webantic', JSON.stringify(new Parser().toJSON(text)));
require('nginx-conf').NginxConfFile.createFromSource(text, (_error, file) => console.log('nginx-conf', file.toString()));
JS
seen=$(node parse.js)
lacks '@webantic/nginx-config-parser' '/app/#/start' "$(echo "$seen" | grep ^webantic)"
contains 'nginx-conf' 'return 301 /app/#/start;' "$seen"
