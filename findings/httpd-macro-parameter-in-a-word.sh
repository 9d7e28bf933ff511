#!/bin/bash
# httpd: a macro parameter is replaced inside of words, in the names of directives, too.
# Guess: the parameter "dir" stands for the word dir.
# Seen (httpd 2.4.71, 2026-11-30): `Redirect` becomes `Re` + argument + `ect`; the error names a directive that is nowhere in the file.
# There is only a warning that parameters should begin with $, % or @.
. "$(dirname "$0")/lib.sh"
installed apache2-bin=2.4.71-1~deb12u1
httpd_conf 'macro alias' <<'EOF'
<Macro Moved dir>
  Redirect /old /dir
</Macro>
Use Moved srv
EOF
contains 'without prefix' "Invalid command 'Resrvect'" "$(httpd_test)"
httpd_conf 'macro alias' <<'EOF'
<Macro Moved $dir>
  Redirect /old /$dir
</Macro>
Use Moved srv
EOF
expect 'with $' 'Syntax OK' "$(httpd_test)"
