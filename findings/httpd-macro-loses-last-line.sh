#!/bin/bash
# httpd: the line behind the use of a macro is lost where the file ends without a line end.
# Guess: a last line is read, with or without a line end.
# Seen (httpd 2.4.71, 2026-11-30): right behind `Use` it is not; one line further down it is. A closing tag that is lost makes "was not closed".
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
macro='<Macro Named $name>
  ServerAdmin $name
</Macro>
Use Named a'
httpd_conf 'macro' <<EOF
$macro
Include "$tmp/last.conf"
EOF
printf 'Use Named b\nNoSuchDirective' > "$tmp/last.conf"
expect 'right behind' 'Syntax OK' "$(httpd_test)"
printf 'Use Named b\nServerAdmin c\nNoSuchDirective' > "$tmp/last.conf"
contains 'one line further' "Invalid command 'NoSuchDirective'" "$(httpd_test)"
printf '<Location />\nUse Named b\n</Location>' > "$tmp/last.conf"
contains 'a closing tag' '<Location> was not closed' "$(httpd_test)"
