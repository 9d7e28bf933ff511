#!/bin/bash
# mod_proxy_html rewrites nothing until ProxyHTMLLinks says what a link is, and then it takes the doctype away.
# Guess: ProxyHTMLURLMap rewrites the links of HTML, and leaves the rest as it is.
# Seen (httpd 2.4.71, 2026-12-01): without ProxyHTMLLinks (Debian has them in a file of their own) the page comes back byte for byte, with the
# backend's links; with them `<!DOCTYPE html>` is dropped, so that browsers fall into quirks mode, names of attributes (viewBox) become lower
# case, and empty elements of SVG get end tags. ProxyHTMLDocType brings a doctype back.
. "$(dirname "$0")/lib.sh"
installed apache2=2.4.71-1~deb12u1
b=$(port) p=$(port) q=$(port) r=$(port)
backend "$b" '
  res.setHeader("Content-Type", "text/html");
  res.end("<!DOCTYPE html><html><body><a href=\"http://backend.test/a\">a</a><svg viewBox=\"0 0 1 1\"><path/></svg></body></html>")'
httpd_conf 'proxy proxy_http proxy_html xml2enc' <<'EOF'
ProxyHTMLEnable On
ProxyHTMLURLMap http://backend.test /app
ProxyPass / http://127.0.0.1:@b@/
Listen 127.0.0.1:@p@
Listen 127.0.0.1:@q@
Listen 127.0.0.1:@r@
<VirtualHost 127.0.0.1:@p@>
</VirtualHost>
<VirtualHost 127.0.0.1:@q@>
  ProxyHTMLLinks a href
</VirtualHost>
<VirtualHost 127.0.0.1:@r@>
  ProxyHTMLLinks a href
  ProxyHTMLDocType "<!DOCTYPE html>"
</VirtualHost>
EOF
httpd_run "$p"
plain=$(get "127.0.0.1:$p/") linked=$(get "127.0.0.1:$q/") typed=$(get "127.0.0.1:$r/")
contains 'without ProxyHTMLLinks' '<!DOCTYPE html><html><body><a href="http://backend.test/a">' "$plain"
contains 'with ProxyHTMLLinks' '<html><body><a href="/app/a">' "$linked"
lacks 'with ProxyHTMLLinks' '<!DOCTYPE' "$linked"
contains 'with ProxyHTMLLinks' '<svg viewbox="0 0 1 1"><path></path></svg>' "$linked"
contains 'with ProxyHTMLDocType' '<!DOCTYPE html>' "$typed"
