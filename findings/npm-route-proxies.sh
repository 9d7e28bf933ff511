#!/bin/bash
# Proxies for one route of a Node server: what they do with host, path, redirects, query, headers, and bodies above 1 MiB.
# Guess: like nginx with proxy_pass: the rest of the request passes, and the size of a body is the backend's business.
# Seen (@fastify/http-proxy 11.6.3 with fastify 5.12.8, express-http-proxy 2.1.2 with express 5.3.0, @hapi/h2o2 10.0.4 with hapi 21.4.10,
# 2026-12-01): each tells the backend its own address as Host, and refuses bodies above 1 MiB itself (fastify with 500 where they are streamed).
# fastify and express take the mount path off, and only fastify puts it before redirects. h2o2 with `uri` drops the query and the headers of both sides, Location among them; its
# `xforward` gives the port of the client's socket as X-Forwarded-Port.
. "$(dirname "$0")/lib.sh"
npm_install fastify@5.12.8 @fastify/http-proxy@11.6.3 express@5.3.0 express-http-proxy@2.1.2 @hapi/hapi@21.4.10 @hapi/h2o2@10.0.4
b=$(port) f=$(port) e=$(port) h=$(port)
backend "$b" '
  req.resume().on("end", () => (req.url.includes("away") ? res.writeHead(302, { Location: "/login" }).end() : res.end(head)))'
cat >"$tmp/fastify.js" <<JS
const server = require('fastify')();
server.register(require('@fastify/http-proxy'), { upstream: 'http://127.0.0.1:$b', prefix: '/app' });
server.listen({ port: $f, host: '127.0.0.1' });
JS
cat >"$tmp/express.js" <<JS
require('express')().use('/app', require('express-http-proxy')('http://127.0.0.1:$b')).listen($e, '127.0.0.1');
JS
cat >"$tmp/hapi.js" <<JS
const server = require('@hapi/hapi').server({ port: $h, host: '127.0.0.1' });
server.register(require('@hapi/h2o2')).then(() => {
  const to = { host: '127.0.0.1', port: $b, passThrough: true, xforward: true };
  server.route({ method: '*', path: '/app/{rest*}', handler: { proxy: { uri: 'http://127.0.0.1:$b/{rest}' } } });
  server.route({ method: '*', path: '/pass/{rest*}', handler: { proxy: to } });
  return server.start();
});
JS
start "$f" node "$tmp/fastify.js"
start "$e" node "$tmp/express.js"
start "$h" node "$tmp/hapi.js"
head -c 2000000 /dev/zero >"$tmp/big"
for proxy in "fastify $f" "express $e" "h2o2 $h"; do
  set -- $proxy
  text=$(get "127.0.0.1:$2/app/x?q=1" -H 'Host: a.test' -H 'X-Own: 1')
  expect "$1: Host" "127.0.0.1:$b" "$(line Host "$text")"
  case $1 in
    fastify) expected='GET /x?q=1; 1; /app/login; 500' ;;
    express) expected='GET /x?q=1; 1; /login; 413' ;;
    h2o2) expected='GET /x; ; ; 413' ;;
  esac
  away=$(header Location "127.0.0.1:$2/app/away")
  big=$(status "127.0.0.1:$2/app/x" -H 'Content-Type: application/octet-stream' --data-binary "@$tmp/big")
  expect "$1: request line; own header; redirect to /login; 2 MB" "$expected" "$(head -1 <<<"$text"); $(line X-Own "$text"); $away; $big"
done
read -r told mine < <(curl -s -m 10 -w '%{local_port}\n' "127.0.0.1:$h/pass/x" | sed -n 's/^x-forwarded-port: //Ip; $p' | paste -s -d' ')
expect 'h2o2: X-Forwarded-Port is the port of the client' "$mine" "$told"
