#!/bin/bash
# http-proxy-middleware mounted on /api: requests lose /api on their way to the backend, WebSocket upgrades keep it.
# Guess: both paths are treated alike, as nginx's `location /api/ { proxy_pass http://backend/; }` does, and an upgrade that is not for
# /api is not proxied at all.
# Seen (http-proxy-middleware 4.2.2, express 5.3.0, ws 8.23.0, 2026-11-30): express shortens the path of a request that it routes; an
# upgrade never passes the router, so it arrives with /api, and upgrades to any other path are passed on, too. Until a first request
# has been served, or without `server.on('upgrade', proxy.upgrade)`, there are none at all: the upgrade is left without an answer.
. "$(dirname "$0")/lib.sh"
npm_install http-proxy-middleware@4.2.2 express@5.3.0 ws@8.23.0
cat >"$tmp/run.mjs" <<'JS'
import http from 'node:http';
import express from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';
import { WebSocket, WebSocketServer } from 'ws';

const listen = (server) => new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)));
const backend = http.createServer((request, response) => response.end(request.url));
new WebSocketServer({ server: backend }).on('connection', (socket, request) => socket.send(request.url));
const target = `http://127.0.0.1:${await listen(backend)}`;
const app = express();
app.use('/api', createProxyMiddleware({ target, ws: true }));
const port = await listen(http.createServer(app));
const get = async (path) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
const upgrade = (path) =>
  new Promise((done) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`);
    socket.on('message', (data) => done(String(data))).on('error', () => {});
    setTimeout(() => done('no answer'), 2000);
  });
console.log(`first: ${await upgrade('/api/chat')}`);
console.log(`request: ${await get('/api/page')}`);
console.log(`upgrade: ${await upgrade('/api/chat')}`);
console.log(`other: ${await upgrade('/other')}`);
process.exit();
JS
out=$(cd "$tmp" && node run.mjs 2>/dev/null)
expect 'upgrade before any request' 'no answer' "$(line first "$out")"
expect 'path of a request' '/page' "$(line request "$out")"
expect 'path of an upgrade' '/api/chat' "$(line upgrade "$out")"
expect 'an upgrade to a path that is not mounted' '/other' "$(line other "$out")"
