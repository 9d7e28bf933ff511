#!/bin/bash
# TLS versions of name-based virtual hosts: httpd honours them, nginx takes those of the default server for all names.
# Guess: as ciphers and certificates do, they follow the requested name in both, or in neither.
# Seen (nginx 1.22.1, httpd 2.4.71, OpenSSL 3.0, 2026-12-01): a host with TLSv1.3 alone accepts 1.2 in nginx where the default server does, and
# offers no 1.3 where that does not.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11 apache2=2.4.71-1~deb12u1
self_signed
a=$(port) b=$(port)
nginx_conf <<'EOF'
ssl_certificate @tmp@/c.pem;
ssl_certificate_key @tmp@/k.pem;
server { listen 127.0.0.1:@a@ ssl; server_name first.test; ssl_protocols TLSv1.2; return 204; }
server { listen 127.0.0.1:@a@ ssl; server_name second.test; ssl_protocols TLSv1.3; return 204; }
EOF
nginx_run "$a"
httpd_conf ssl <<'EOF'
Listen 127.0.0.1:@b@
SSLCertificateFile @tmp@/c.pem
SSLCertificateKeyFile @tmp@/k.pem
<VirtualHost 127.0.0.1:@b@>
  ServerName first.test
  SSLEngine on
  SSLProtocol TLSv1.2
</VirtualHost>
<VirtualHost 127.0.0.1:@b@>
  ServerName second.test
  SSLEngine on
  SSLProtocol TLSv1.3
</VirtualHost>
EOF
httpd_run "$b"
asked() {
  curl -sk -m 10 -o /dev/null --resolve "second.test:$1:127.0.0.1" "https://second.test:$1/" "--tlsv$2" --tls-max "$2" && echo yes || echo no
}
expect 'nginx, the second host with TLSv1.2' yes "$(asked "$a" 1.2)"
expect 'nginx, the second host with TLSv1.3' no "$(asked "$a" 1.3)"
expect 'httpd, the second host with TLSv1.2' no "$(asked "$b" 1.2)"
expect 'httpd, the second host with TLSv1.3' yes "$(asked "$b" 1.3)"
