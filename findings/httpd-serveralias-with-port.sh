#!/bin/bash
# httpd: a ServerAlias with a port never matches, a ServerName with a port does.
# Guess: both take host:port and ignore the port in the comparison.
# Seen (httpd 2.4.71, 2026-11-30): the alias is compared as text with the name alone; requests go to the default virtual host.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
p=$(port)
httpd_conf headers <<'EOF'
Listen 127.0.0.1:@p@
<VirtualHost *:@p@>
  ServerName default.test
  Header always set X-Host default
</VirtualHost>
<VirtualHost *:@p@>
  ServerName name.test:@p@
  ServerAlias alias.test:@p@
  Header always set X-Host second
</VirtualHost>
EOF
expect 'apache2 -t' 'Syntax OK' "$(httpd_test)"
httpd_run "$p"
expect 'ServerName' second "$(header X-Host -H "Host: name.test:$p" "127.0.0.1:$p/")"
expect 'ServerAlias' default "$(header X-Host -H "Host: alias.test:$p" "127.0.0.1:$p/")"
