import { resolve } from 'node:path';

import { everything, file, modules, node, says, wrongHosts } from '../parts.ts';
import type { Played } from '../types.ts';

export const played: Played = {
  id: 'configurable-http-proxy',
  label: 'host routing',
  packages: 'npm: configurable-http-proxy@5.3.0',
  isInCi: true,
  program: resolve(modules, 'configurable-http-proxy/package.json'),
  start(folder, port) {
    const script = `const { createServer } = require('node:http');
const { ConfigurableProxy } = require(${JSON.stringify(resolve(modules, 'configurable-http-proxy'))});
const answering = (text) => new Promise((done) => {
  const server = createServer((q, r) => r.end(text)).listen(0, '127.0.0.1', () => done('http://127.0.0.1:' + server.address().port));
});
(async () => {
  const proxy = new ConfigurableProxy({ hostRouting: true, defaultTarget: await answering('the default target') });
  await proxy.addRoute('/app.example', { target: await answering('the one of the host') });
  proxy.proxyServer.listen(${port}, '127.0.0.1');
})();`;
    return { command: [node, file(folder, 's.cjs', script)] };
  },
  ready: '/',
  good: everything,
  broken: wrongHosts({ ask: { path: '/' }, symptom: says('the default target') }, ['nginx', 'apache']),
};
