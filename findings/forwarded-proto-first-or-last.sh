#!/bin/bash
# Express and Koa take the first of "X-Forwarded-Proto: https, http", Fastify the last; the same for X-Forwarded-Host.
# Guess: one convention, the first (the client's side).
# Seen (express 5.3.0, koa 3.2.1, fastify 5.12.8, 2026-11-30): behind two proxies that append (http-proxy with xfwd, httpd's
# X-Forwarded-Host) Express builds https://outer.test links and Fastify http://inner.test ones.
. "$(dirname "$0")/lib.sh"
npm_install express@5.3.0 koa@3.2.1 fastify@5.12.8
cat >"$tmp/apps.js" <<'JS'
const http = require('node:http');
const headers = { host: 'app.test', 'x-forwarded-proto': 'https, http', 'x-forwarded-host': 'outer.test, inner.test' };
const ask = (server) =>
  new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      http.get({ port: server.address().port, host: '127.0.0.1', headers }, (res) => {
        let body = '';
        res.on('data', (chunk) => (body += chunk)).on('end', () => done(body));
      });
    });
  });
(async () => {
  const express = require('express')();
  express.set('trust proxy', true).get('/', (req, res) => res.send(`${req.protocol}://${req.hostname}`));
  console.log('express', await ask(http.createServer(express)));
  const koa = new (require('koa'))({ proxy: true });
  koa.use((ctx) => (ctx.body = `${ctx.protocol}://${ctx.hostname}`));
  console.log('koa', await ask(http.createServer(koa.callback())));
  const fastify = require('fastify')({ trustProxy: true });
  fastify.get('/', async (req) => `${req.protocol}://${req.hostname}`);
  await fastify.ready();
  console.log('fastify', (await fastify.inject({ url: '/', headers })).body);
  process.exit();
})();
JS
seen=$(node "$tmp/apps.js")
contains 'first' 'express https://outer.test' "$seen"
contains 'first' 'koa https://outer.test' "$seen"
contains 'last' 'fastify http://inner.test' "$seen"
