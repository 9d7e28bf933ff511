import { describe, expect, test } from 'vitest';

import { parseNginx } from '../src/parsers/nginx/parse.ts';
import { lowerNginx } from '../src/servers/nginx/model/index.ts';
import { traceNginx } from '../src/servers/nginx/trace/trace.ts';
import { parseRequest } from '../src/model/request.ts';
import type { Outcome } from '../src/model/trace.ts';
import type { Config } from '../src/syntax/config.ts';
import { SourceFile } from '../src/text/source.ts';

function outcomeOf(server: string, path: string): Outcome {
  const file = parseNginx(new SourceFile('nginx.conf', `http { server { listen 80; ${server} } }`));
  const config: Config = { dialect: 'nginx', file, files: [file], level: 'main', complete: true };
  const request = parseRequest('GET', `http://host${path}`, { headers: [], from: undefined, bodySize: 0 });
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
