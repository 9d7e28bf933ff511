#!/bin/bash
# httpd: an inner SetOutputFilter replaces the outer one, an inner AddOutputFilterByType is added.
# Guess: filters add up, so a SUBSTITUTE in a location leaves the compression of the server level alone.
# Seen (httpd 2.4.71, 2026-11-30): with SetOutputFilter the inner location is no longer compressed; with AddOutputFilterByType it is.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
p=$(port) b=$(port)
backend "$b" 'res.setHeader("Content-Type", "text/html"); res.end("old ".repeat(200))'
httpd_conf 'proxy proxy_http deflate substitute filter' <<'EOF'
Listen 127.0.0.1:@p@
ProxyPass / http://127.0.0.1:@b@/
Substitute s/old/new/
<Location "/set">
  SetOutputFilter DEFLATE
</Location>
<Location "/set/inner">
  SetOutputFilter SUBSTITUTE
</Location>
<Location "/type">
  AddOutputFilterByType DEFLATE text/html
</Location>
<Location "/type/inner">
  AddOutputFilterByType SUBSTITUTE text/html
</Location>
EOF
httpd_run "$p"
seen() { echo "$(header Content-Encoding -H 'Accept-Encoding: gzip' "127.0.0.1:$p$1") $(get --compressed "127.0.0.1:$p$1" | cut -c1-3)"; }
expect 'SetOutputFilter, outer' 'gzip old' "$(seen /set)"
expect 'SetOutputFilter, inner' ' new' "$(seen /set/inner)"
expect 'AddOutputFilterByType, outer' 'gzip old' "$(seen /type)"
expect 'AddOutputFilterByType, inner' 'gzip new' "$(seen /type/inner)"
