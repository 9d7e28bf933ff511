#!/bin/bash
# httpd: of its gateways only mod_proxy_uwsgi tells an application below which path it is mounted.
# Guess: ProxyPass /app to scgi://, uwsgi:// and fcgi:// gives the same variables, SCRIPT_NAME /app and PATH_INFO /x, or none of them.
# Seen (httpd 2.4.71, 2026-12-01): uwsgi has SCRIPT_NAME /app and PATH_INFO /x; scgi and fcgi have the whole path as SCRIPT_NAME and no
# PATH_INFO, so that an application that routes by PATH_INFO sees / for every request. proxy-scgi-pathinfo and proxy-fcgi-pathinfo split it when
# SetEnvIf sets them; SetEnv comes too late for them, without a word.
. "$(dirname "$0")/lib.sh"
installed apache2=2.4.71-1~deb12u1
cat >"$tmp/gateway.mjs" <<'JS'
// Answers with SCRIPT_NAME and PATH_INFO as received: one request a connection, of less than one packet.
import { createServer } from 'node:net';
const [scgi, uwsgi, fcgi] = process.argv.slice(2).map(Number);
const readers = {
  scgi: (data) => {
    const parts = data.toString('latin1').replace(/^\d+:/, '').split('\0');
    return (name) => (parts.indexOf(name) < 0 ? '-' : parts[parts.indexOf(name) + 1]);
  },
  uwsgi: (data) => {
    const found = new Map();
    const next = () => data.toString('latin1', at + 2, (at += 2 + data.readUInt16LE(at)));
    let at = 4;
    while (at < 4 + data.readUInt16LE(1)) found.set(next(), next());
    return (name) => found.get(name) ?? '-';
  },
  fcgi: (data) => {
    const found = new Map();
    for (let at = 0; at + 8 <= data.length; at += 8 + data.readUInt16BE(at + 4) + data[at + 6]) {
      if (data[at + 1] !== 4) continue;
      let pair = at + 8;
      const length = () => (data[pair] < 128 ? data[pair++] : ((pair += 4), data.readUInt32BE(pair - 4) & 0x7fffffff));
      while (pair < at + 8 + data.readUInt16BE(at + 4)) {
        const [name, value] = [length(), length()];
        found.set(data.toString('latin1', pair, pair + name), data.toString('latin1', pair + name, (pair += name + value)));
      }
    }
    return (name) => found.get(name) ?? '-';
  },
};
const record = (type, body) => Buffer.concat([Buffer.from([1, type, 0, 1, 0, body.length, 0, 0]), body]);
const answers = {
  scgi: (text) => `Status: 200 OK\r\nContent-Type: text/plain\r\n\r\n${text}`,
  uwsgi: (text) => `HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n${text}`,
  fcgi: (text) =>
    Buffer.concat([record(6, Buffer.from(`Content-Type: text/plain\r\n\r\n${text}`)), record(6, Buffer.alloc(0)), record(3, Buffer.alloc(8))]),
};
for (const [kind, port] of Object.entries({ scgi, uwsgi, fcgi }))
  createServer((socket) => {
    const chunks = [];
    socket.on('error', () => {}).on('data', (chunk) => {
      chunks.push(chunk);
      clearTimeout(socket.timer);
      socket.timer = setTimeout(() => {
        const get = readers[kind](Buffer.concat(chunks));
        socket.end(answers[kind](`${get('SCRIPT_NAME')} ${get('PATH_INFO')}\n`));
      }, 200);
    });
  }).listen(port, '127.0.0.1');
JS
p=$(port) s=$(port) u=$(port) f=$(port)
start "$f" node "$tmp/gateway.mjs" "$s" "$u" "$f"
httpd_conf 'proxy proxy_scgi proxy_uwsgi proxy_fcgi env setenvif' <<'EOF'
Listen 127.0.0.1:@p@
ProxyPass /app/s scgi://127.0.0.1:@s@
ProxyPass /app/u uwsgi://127.0.0.1:@u@
ProxyPass /app/f fcgi://127.0.0.1:@f@
ProxyPass /set/s scgi://127.0.0.1:@s@
ProxyPass /set/f fcgi://127.0.0.1:@f@
ProxyPass /if/s scgi://127.0.0.1:@s@
ProxyPass /if/f fcgi://127.0.0.1:@f@
SetEnv proxy-scgi-pathinfo 1
SetEnv proxy-fcgi-pathinfo 1
SetEnvIf Request_URI ^/if/ proxy-scgi-pathinfo=1 proxy-fcgi-pathinfo=1
EOF
httpd_run "$p"
expect 'uwsgi' '/app/u /x' "$(get "127.0.0.1:$p/app/u/x")"
expect 'scgi' '/app/s/x -' "$(get "127.0.0.1:$p/app/s/x")"
expect 'fcgi' '/app/f/x -' "$(get "127.0.0.1:$p/app/f/x")"
expect 'scgi, SetEnv proxy-scgi-pathinfo' '/set/s/x -' "$(get "127.0.0.1:$p/set/s/x")"
expect 'fcgi, SetEnv proxy-fcgi-pathinfo' '/set/f/x -' "$(get "127.0.0.1:$p/set/f/x")"
expect 'scgi, SetEnvIf' '/if/s /x' "$(get "127.0.0.1:$p/if/s/x")"
expect 'fcgi, SetEnvIf' '/if/f /x' "$(get "127.0.0.1:$p/if/f/x")"
