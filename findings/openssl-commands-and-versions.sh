#!/bin/bash
# What OpenSSL's MinProtocol does beside a server's own list of TLS versions: opposite things in nginx and httpd.
# Guess: ssl_conf_command and SSLOpenSSLConfCmd come last and win, in both.
# Seen (nginx 1.22.1, httpd 2.4.71, OpenSSL 3.0, 2026-12-01): nginx switches off what ssl_protocols leaves out, and MinProtocol cannot bring it
# back (Protocol can); httpd sets bounds only, which MinProtocol moves: SSLProtocol of TLSv1.3 alone is undone by it.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11 apache2=2.4.71-1~deb12u1
self_signed
a=$(port) b=$(port) c=$(port) d=$(port)
nginx_conf <<'EOF'
ssl_certificate @tmp@/c.pem;
ssl_certificate_key @tmp@/k.pem;
server { listen 127.0.0.1:@a@ ssl; ssl_protocols TLSv1.3; ssl_conf_command MinProtocol TLSv1.2; return 204; }
server { listen 127.0.0.1:@b@ ssl; ssl_protocols TLSv1.3; ssl_conf_command Protocol TLSv1.2; return 204; }
server { listen 127.0.0.1:@c@ ssl; ssl_protocols TLSv1.2 TLSv1.3; ssl_conf_command MinProtocol TLSv1.3; return 204; }
EOF
nginx_run "$a"
httpd_conf ssl <<'EOF'
Listen 127.0.0.1:@d@
SSLEngine on
SSLCertificateFile @tmp@/c.pem
SSLCertificateKeyFile @tmp@/k.pem
SSLProtocol -all +TLSv1.3
SSLOpenSSLConfCmd MinProtocol TLSv1.2
EOF
httpd_run "$d"
offers() { curl -sk -m 10 -o /dev/null "https://127.0.0.1:$1/" --tlsv1.2 --tls-max 1.2 && echo yes || echo no; }
expect 'nginx, TLSv1.3 and MinProtocol TLSv1.2: offers 1.2' no "$(offers "$a")"
expect 'nginx, TLSv1.3 and Protocol TLSv1.2: offers 1.2' yes "$(offers "$b")"
expect 'nginx, both and MinProtocol TLSv1.3: offers 1.2' no "$(offers "$c")"
expect 'httpd, TLSv1.3 and MinProtocol TLSv1.2: offers 1.2' yes "$(offers "$d")"
