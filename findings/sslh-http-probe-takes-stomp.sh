#!/bin/bash
# sslh: the http probe takes everything that begins with the name of a method: STOMP, for example.
# Guess: it looks for a request line.
# Seen (sslh 1.20, 2026-11-30): a STOMP client (first line "CONNECT") and a line "POSTPONED .." go to the web server; a method that the probe
# does not know is http only if the text "HTTP" follows. Entries for such protocols (regex) have to stand above http.
. "$(dirname "$0")/lib.sh"
installed sslh=1.20-1+deb12u1
l=$(port) a=$(port) b=$(port)
for backend in "$a web" "$b other"; do
  start "${backend% *}" node -e '
    const [port, name] = process.argv[1].split(" ");
    require("node:net").createServer((s) => { s.on("error", () => {}).once("data", () => s.end(name)); }).listen(port, "127.0.0.1");' "$backend"
done
fill >"$tmp/sslh.cfg" <<'EOF'
foreground: true; listen: ( { host: "127.0.0.1"; port: "@l@"; } );
protocols: ( { name: "http"; host: "127.0.0.1"; port: "@a@"; }, { name: "anyprot"; host: "127.0.0.1"; port: "@b@"; } );
EOF
start "$l" sslh -F"$tmp/sslh.cfg"
expect 'STOMP' web "$(raw "$l" 'CONNECT\naccept-version:1.2\nhost:broker.test\n\n\0')"
expect 'POSTPONED' web "$(raw "$l" 'POSTPONED until later\r\n')"
expect 'PROPFIND with HTTP' web "$(raw "$l" 'PROPFIND / HTTP/1.1\r\nHost: a\r\n\r\n')"
expect 'PROPFIND without' other "$(raw "$l" 'PROPFIND /\r\n')"
