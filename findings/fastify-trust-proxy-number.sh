#!/bin/bash
# Fastify: `trustProxy: 1` believes nobody; Express's `trust proxy: 1` believes one hop.
# Guess: the number of hops, in both.
# Seen (fastify 5.12.8 and 5.6.0, express 5.3.0, 2026-11-30): new Fastify releases accept a number and ignore all X-Forwarded headers;
# 5.6.0 still took the last address. An address or range ("127.0.0.1") works in both.
. "$(dirname "$0")/lib.sh"
npm_install fastify@5.12.8 older@npm:fastify@5.6.0 express@5.3.0
cat >"$tmp/apps.js" <<'JS'
const headers = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' };
const fastify = async (name, trustProxy) => {
  const app = require(name)({ trustProxy });
  app.get('/', async (req) => `${req.ip} ${req.protocol}`);
  const { body } = await app.inject({ url: '/', headers });
  console.log(`${name} ${JSON.stringify(trustProxy)}: ${body}`);
};
(async () => {
  await fastify('fastify', 1);
  await fastify('fastify', 2);
  await fastify('fastify', '127.0.0.1');
  await fastify('older', 1);
  const express = require('express')();
  express.set('trust proxy', 1).get('/', (req, res) => res.send(`${req.ip} ${req.protocol}`));
  const server = express.listen(0, '127.0.0.1', async () => {
    const response = await fetch(`http://127.0.0.1:${server.address().port}/`, { headers });
    console.log(`express 1: ${await response.text()}`);
    process.exit();
  });
})();
JS
seen=$(node "$tmp/apps.js")
contains 'one hop' 'fastify 1: 127.0.0.1 http' "$seen"
contains 'two hops' 'fastify 2: 127.0.0.1 http' "$seen"
contains 'an address' 'fastify "127.0.0.1": 203.0.113.9 https' "$seen"
contains 'the older release' 'older 1: 203.0.113.9 https' "$seen"
contains 'for comparison' 'express 1: 203.0.113.9 https' "$seen"
