#!/bin/bash
# httpd: a comment that ends with a backslash swallows the next line.
# Guess: a comment ends at the end of its line, as in nginx and in the shell.
# Seen (httpd 2.4.71, 2026-11-30): the line is continued before the comment is recognised; the directive below is gone, no message.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
p=$(port)
httpd_conf headers <<'EOF'
Listen 127.0.0.1:@p@
# the share is \\files\logs\
Header always set X-Swallowed yes
# a normal comment
Header always set X-Kept yes
EOF
expect 'apache2 -t' 'Syntax OK' "$(httpd_test)"
httpd_run "$p"
expect 'behind the backslash' '' "$(header X-Swallowed "127.0.0.1:$p/")"
expect 'behind the other comment' yes "$(header X-Kept "127.0.0.1:$p/")"
