import { describe, expect, test } from 'vitest';

import { parseNginx } from '../src/parsers/nginx/parse.ts';
import { lowerNginx } from '../src/servers/nginx/model/index.ts';
import { traceNginx } from '../src/servers/nginx/trace/trace.ts';
import { parseRequest } from '../src/model/request.ts';
import type { Outcome } from '../src/model/trace.ts';
import type { Config } from '../src/syntax/config.ts';
import { SourceFile } from '../src/text/source.ts';

function outcomeOf(server: string, path: string, headers: readonly string[] = [], from?: string): Outcome {
  const file = parseNginx(new SourceFile('nginx.conf', `http { server { listen 80; ${server} } }`));
  const config: Config = {
    dialect: 'nginx',
    file,
    files: [file],
    level: 'main',
    complete: true,
    serversComplete: true,
  };
  const request = parseRequest('GET', `http://host${path}`, { headers, from, bodySize: 0 });
  if (typeof request === 'string') throw new Error(request);
  return traceNginx(config, lowerNginx(config, undefined), {}, request, () => undefined).outcome;
}

describe('nginx', () => {
  test('after "set $args" the backend is sent the decoded path', () => {
    const pass = 'proxy_pass http://127.0.0.1:1;';
    expect(outcomeOf(`location / { ${pass} }`, '/a%2Fb//c?q=1')).toMatchObject({ uri: '/a%2Fb//c?q=1' });
    const set = 'set $args "$args&via=nginx";';
    expect(outcomeOf(`location / { ${set} ${pass} }`, '/a%2Fb//c?q=1')).toMatchObject({ uri: '/a/b/c?q=1&via=nginx' });
  });

  test('$proxy_add_x_forwarded_for adds the client to what was sent', () => {
    const server = 'location / { return 200 $proxy_add_x_forwarded_for; }';
    const body = (headers: readonly string[]): unknown => outcomeOf(server, '/', headers, '192.0.2.1');
    expect(body([])).toMatchObject({ body: '192.0.2.1' });
    expect(body(['X-Forwarded-For: 198.51.100.1'])).toMatchObject({ body: '198.51.100.1, 192.0.2.1' });
  });

  test.each([
    ['fastcgi_pass 127.0.0.1:2; proxy_pass http://127.0.0.1:1;', { protocol: 'http' }],
    ['proxy_pass http://127.0.0.1:1; fastcgi_pass 127.0.0.1:2;', { protocol: 'fastcgi' }],
    ['proxy_pass http://127.0.0.1:1; stub_status;', { kind: 'response', status: 200 }],
    ['stub_status; proxy_pass http://127.0.0.1:1;', { protocol: 'http' }],
    ['proxy_pass http://127.0.0.1:1; if ($uri) { fastcgi_pass 127.0.0.1:2; }', { protocol: 'fastcgi' }],
  ])('of several handlers the last one answers: %s', (location, outcome) => {
    expect(outcomeOf(`location / { ${location} }`, '/')).toMatchObject(outcome);
  });
});
