#!/bin/bash
# NO_PROXY: what goes past the proxy for curl goes through it for Node libraries, and the other way round.
# Guess: example.test covers its subdomains, *.example.test is understood, a port narrows the entry, everywhere.
# Seen (curl 7.88.1, proxy-from-env 2.1.0, undici 7.30.2 and 6.29.1, 2026-11-30): see the table below; no spelling for "all subdomains"
# is understood by all four but ".example.test".
. "$(dirname "$0")/lib.sh"
installed curl=7.88.1-10+deb12u15
npm_install proxy-from-env@2.1.0 undici@7.30.2 older@npm:undici@6.29.1
cat >"$tmp/table.mjs" <<'JS'
import { execFile } from 'node:child_process';
import http from 'node:http';
import { getProxyForUrl } from 'proxy-from-env';
import * as undici from 'undici';
import * as older from 'older';

let asked = false;
const proxy = http.createServer((_req, res) => { asked = true; res.end(); });
proxy.on('connect', (_req, socket) => { asked = true; socket.end('HTTP/1.1 403 no\r\n\r\n'); });
await new Promise((done) => proxy.listen(0, '127.0.0.1', done));
const uri = `http://127.0.0.1:${proxy.address().port}`;

const way = async (work) => { asked = false; await work(); return asked ? 'proxy' : 'direct'; };
const curl = (url, noProxy) => new Promise((done) => {
  execFile('curl', ['-s', '-m', '2', url], { env: { PATH: process.env.PATH, http_proxy: uri, no_proxy: noProxy } }, done);
});
const agent = ({ EnvHttpProxyAgent, request }, url, noProxy) => {
  const dispatcher = new EnvHttpProxyAgent({ httpProxy: uri, noProxy });
  return request(url, { dispatcher, signal: AbortSignal.timeout(2000) }).catch(() => {});
};
for (const [noProxy, host] of [['example.test', 'sub.example.test'], ['.example.test', 'sub.example.test'], ['*.example.test', 'sub.example.test'], ['example.test:80', 'example.test']]) {
  const url = `http://${host}/`;
  Object.assign(process.env, { http_proxy: uri, no_proxy: noProxy });
  const row = [await way(() => curl(url, noProxy)), getProxyForUrl(url) ? 'proxy' : 'direct'];
  row.push(await way(() => agent(undici, url, noProxy)), await way(() => agent(older, url, noProxy)));
  console.log(`${noProxy} for ${host}: ${row.join(' ')}`);
}
process.exit();
JS
seen=$(node --no-warnings "$tmp/table.mjs")
# The columns: curl, proxy-from-env, undici 7, undici 6.
contains 'a name' 'example.test for sub.example.test: direct proxy direct proxy' "$seen"
contains 'a dot' '.example.test for sub.example.test: direct direct direct direct' "$seen"
contains 'an asterisk' '*.example.test for sub.example.test: proxy direct direct direct' "$seen"
contains 'a port' 'example.test:80 for example.test: proxy direct direct direct' "$seen"
