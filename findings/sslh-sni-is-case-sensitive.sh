#!/bin/bash
# sslh: sni_hostnames are compared with their case, so a capital letter in the file matches no browser.
# Guess: host names ignore case, as server_name and ServerName do.
# Seen (sslh 1.20, 2026-11-30): "Shop.example.org" catches only a client that writes it so; clients send lower case. A "*" in a pattern
# also spans dots.
. "$(dirname "$0")/lib.sh"
installed sslh=1.20-1+deb12u1
l=$(port) a=$(port) b=$(port)
for backend in "$a A" "$b B"; do
  start "${backend% *}" node -e '
    const [port, name] = process.argv[1].split(" ");
    require("node:net").createServer((s) => { s.on("error", () => {}).once("data", () => s.end(name)); }).listen(port, "127.0.0.1");' "$backend"
done
fill >"$tmp/sslh.cfg" <<'EOF'
foreground: true; listen: ( { host: "127.0.0.1"; port: "@l@"; } );
protocols: (
  { name: "tls"; host: "127.0.0.1"; port: "@a@"; sni_hostnames: [ "Shop.example.org", "*.wild.example.org" ]; },
  { name: "anyprot"; host: "127.0.0.1"; port: "@b@"; } );
EOF
start "$l" sslh -F"$tmp/sslh.cfg"
cat >"$tmp/hello.js" <<'JS'
// Sends the ClientHello for a name and prints what comes back.
const [port, servername] = process.argv.slice(2);
const socket = require('node:net').connect(Number(port), '127.0.0.1');
const wire = new (require('node:stream').Duplex)({ read() {}, write: (chunk, _encoding, done) => socket.write(chunk, done) });
require('node:tls').connect({ socket: wire, servername }).on('error', () => {});
socket.on('data', (data) => { console.log(String(data)); process.exit(); });
setTimeout(() => process.exit(), 10000);
JS
expect 'as written' A "$(node "$tmp/hello.js" "$l" Shop.example.org)"
expect 'lower case' B "$(node "$tmp/hello.js" "$l" shop.example.org)"
expect 'wildcard over two labels' A "$(node "$tmp/hello.js" "$l" a.b.wild.example.org)"
