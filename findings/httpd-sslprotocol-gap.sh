#!/bin/bash
# httpd: TLS versions below a gap in SSLProtocol are named in vain; nginx offers them.
# Guess: each version that is named is offered.
# Seen (httpd 2.4.71, nginx 1.22.1, OpenSSL 3.0, 2026-12-01): httpd gives OpenSSL the highest version and the last one before the first gap below
# it, so that "all -TLSv1.2" leaves TLSv1.3 alone, without a word in the log. The old versions need @SECLEVEL=0 in the cipher list as well:
# without it neither server offers them, although they are named.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11 apache2=2.4.71-1~deb12u1
self_signed
a=$(port) b=$(port) c=$(port) d=$(port)
nginx_conf <<'EOF'
ssl_certificate @tmp@/c.pem;
ssl_certificate_key @tmp@/k.pem;
server { listen 127.0.0.1:@a@ ssl; ssl_protocols TLSv1.1 TLSv1.3; ssl_ciphers DEFAULT:@SECLEVEL=0; return 204; }
server { listen 127.0.0.1:@b@ ssl; ssl_protocols TLSv1.1 TLSv1.2; return 204; }
EOF
nginx_run "$a"
httpd_conf ssl <<'EOF'
Listen 127.0.0.1:@c@
Listen 127.0.0.1:@d@
SSLCertificateFile @tmp@/c.pem
SSLCertificateKeyFile @tmp@/k.pem
SSLCipherSuite DEFAULT:@SECLEVEL=0
<VirtualHost 127.0.0.1:@c@>
  SSLEngine on
  SSLProtocol all -TLSv1.2
</VirtualHost>
<VirtualHost 127.0.0.1:@d@>
  SSLEngine on
  SSLProtocol -all +TLSv1.1 +TLSv1.2
</VirtualHost>
EOF
httpd_run "$c"
offers() {
  echo | openssl s_client -connect "127.0.0.1:$1" "$2" -cipher 'ALL:@SECLEVEL=0' 2>/dev/null | grep -q '^New, TLS' && echo yes || echo no
}
expect 'nginx, TLSv1.1 TLSv1.3: offers 1.1' yes "$(offers "$a" -tls1_1)"
expect 'nginx, TLSv1.1 TLSv1.2 without @SECLEVEL=0: offers 1.1' no "$(offers "$b" -tls1_1)"
expect 'httpd, all -TLSv1.2: offers 1.1' no "$(offers "$c" -tls1_1)"
expect 'httpd, all -TLSv1.2: offers 1.3' yes "$(offers "$c" -tls1_3)"
expect 'httpd, +TLSv1.1 +TLSv1.2: offers 1.1' yes "$(offers "$d" -tls1_1)"
