import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Level } from '../../../src/syntax/config.ts';
import { variablesOf } from '../../../src/servers/nginx/meaning/variables.ts';
import { walk } from '../../../src/syntax/walk.ts';
import { lower } from '../../../src/servers/index.ts';
import type { Model } from '../../../src/model/model.ts';
import { configOf } from '../../helpers/lint.ts';
import { cpuTimeOf } from '../../helpers/cpu-time.ts';

const words =
  'http server location upstream map if limit_except listen server_name proxy_pass fastcgi_pass grpc_pass return rewrite set deny allow ' +
  'ssl ssl_protocols include proxy_set_header proxy_http_version Upgrade Connection $http_upgrade $c upgrade 1.1 all ^ ~ ~* = @n / /a 443 ' +
  '[::]:80 [zz] unix:/x:/y http://a http://$b:$c https://[::1]:8/x :// $ ${ "" 301 permanent default ~(?<x>.)$ $1 $x TLSv1';
const token = fc.constantFrom(...words.split(' '), '{', '}', ';', ';', '\n', '# c\n');
const levels: readonly Level[] = ['main', 'http', 'server', 'location', 'stream', 'upstream', 'map'];

/** Asks for everything that is read on demand. */
function readAll({ virtualHosts, listeners, outerTls, upstreams }: Model): number {
  let seen = upstreams.length;
  for (const listener of listeners) seen += Number(listener.http2) + listener.defaultHost.names.length;
  for (const tls of [...outerTls, ...virtualHosts.map((host) => host.tls)]) {
    seen += [tls.enabled, tls.protocols, tls.ciphers, tls.defaults, tls.certificates].length;
  }
  for (const host of virtualHosts) {
    seen += host.names.length + Number(host.overTls === true);
    for (const { backend, internal } of host.routes)
      seen += Number(internal) + (backend ? [...backend.headers].length : 0);
  }
  return seen;
}

test('no text makes the lowering throw', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(token, { maxLength: 60 }), fc.constantFrom(...levels), async (tokens, level) => {
      const config = await configOf({ path: 'nginx.conf', text: tokens.join(' '), dialect: 'nginx', level });
      expect(readAll(lower(config, {}))).toBeGreaterThanOrEqual(0);
      const variables = variablesOf(config);
      walk(config.file.root, (directive) => {
        for (const { value } of directive.args) expect(variables.sourceOf(value, directive).through).toBeDefined();
      });
    }),
    { numRuns: 500 },
  );
}, 30_000);

test('a model of many locations in one server, each asked for, takes linear time', async () => {
  const location = (index: number): string =>
    `location /${index} { proxy_pass http://a${index}; proxy_set_header A 1; }\n`;
  const time = async (count: number): Promise<number> => {
    const text = `server { ${Array.from({ length: count }, (_, index) => location(index)).join('')} }`;
    const config = await configOf({ path: 'nginx.conf', text, dialect: 'nginx', level: 'http' });
    return cpuTimeOf(() => readAll(lower(config, {})));
  };
  await time(1000);
  const [small, large] = [await time(1000), await time(4000)];
  expect(large).toBeLessThan(Math.max(small, 20) * 12);
}, 30_000);
