import { describe, expect, test } from 'vitest';

import type { Config } from '../src/syntax/config.ts';
import { SourceFile } from '../src/text/source.ts';
import { parseApache } from '../src/parsers/apache/parse.ts';
import { traceApache } from '../src/servers/apache/trace/trace.ts';
import { parseRequest } from '../src/model/request.ts';
import type { Trace } from '../src/model/trace.ts';

function trace(text: string, url: string, headers: readonly string[] = [], from?: string): Trace {
  const file = parseApache(new SourceFile('httpd.conf', text));
  const config: Config = {
    dialect: 'apache',
    file,
    files: [file],
    level: 'server',
    complete: false,
    serversComplete: false,
  };
  const request = parseRequest('GET', url, { headers, from, bodySize: 0 });
  if (typeof request === 'string') throw new Error(request);
  return traceApache(config, {}, request, () => undefined);
}

const host = (lines: string): string => `<VirtualHost *:80>\nServerName a.test\n${lines}\n</VirtualHost>`;

describe('httpd', () => {
  test('a rewrite rule takes the request before ProxyPass does', () => {
    const text = host(
      'ProxyPass / http://127.0.0.1:1/\nRewriteEngine On\nRewriteCond %{HTTP:Upgrade} =websocket [NC]\nRewriteRule /(.*) ws://127.0.0.1:2/$1 [P]',
    );
    expect(trace(text, 'ws://a.test/x').outcome).toMatchObject({
      kind: 'proxy',
      backend: '127.0.0.1:2',
      upgrade: true,
    });
    expect(trace(text, 'http://a.test/x').outcome).toMatchObject({ kind: 'proxy', backend: '127.0.0.1:1', uri: '/x' });
  });

  test('the origin of each header at the backend is named', () => {
    const text = host('ProxyPass / http://127.0.0.1:1/\nRequestHeader set X-Forwarded-Proto expr=%{REQUEST_SCHEME}');
    const { outcome } = trace(text, 'http://a.test/', ['X-Test: 1'], '10.0.0.1');
    if (outcome.kind !== 'proxy') throw new Error(outcome.kind);
    const origins = outcome.headers.map(({ name, value, origin }) => [
      name,
      value,
      typeof origin === 'string' ? origin : 'config',
    ]);
    expect(origins).toEqual([
      ['Host', '127.0.0.1:1', 'server'],
      ['X-Test', '1', 'client'],
      ['X-Forwarded-Proto', 'http', 'config'],
      ['X-Forwarded-For', '10.0.0.1', 'server'],
      ['X-Forwarded-Host', 'a.test', 'server'],
      ['X-Forwarded-Server', 'a.test', 'server'],
      ['Connection', 'Keep-Alive', 'server'],
    ]);
  });

  test.each([
    ['RewriteRule ^/n/(.*)$ /n/api/$1?from=$1 [N=5]', '/n/a%20b', 403],
    ['RewriteRule ^/n/(.*)$ /n/api/$1?from=$1 [N=5]', '/n/ab', 500],
    ['RewriteRule ^/f/(.*)$ /x?from=$1\nRewriteRule ^/x - [R=404]', '/f/a%20b', 403],
    ['RewriteRule ^/f/(.*)$ /x?from=$1\nRewriteRule ^/x - [R=404]', '/f/ab', 404],
  ])('a space in the query comes before what %j answers to %s', (rules, path, status) => {
    expect(trace(host(`RewriteEngine On\n${rules}`), `http://a.test${path}`).outcome).toMatchObject({ status });
  });

  test.each([
    [['gzip', 'chunked'], 302],
    [['gzip, chunked'], 302],
    [['chunked', 'gzip'], 400],
    [['gzip'], 400],
  ])('of the transfer codings %j only the last one counts', (codings, status) => {
    const headers = codings.map((coding) => `Transfer-Encoding: ${coding}`);
    expect(trace(host('Redirect / http://b.test/'), 'http://a.test/', headers).outcome).toMatchObject({ status });
  });

  // Each was tried on httpd 2.4.71.
  test.each([
    ['/x?$1 [B,R]', 'a+b%2526c%252bd%252fe%252df'],
    ['/x?$1 [B,BNP,R]', 'a%2520b%2526c%252bd%252fe%252df'],
    ['/x?$1 [B,backrefernoplus,R]', 'a%2520b%2526c%252bd%252fe%252df'],
    ['"/x?$1" "[B= &,R]"', 'a+b%2526c+d/e-f'],
    ['/x?$1 [B,BNE=/,R]', 'a+b%2526c%252bd/e%252df'],
    ['"/x?$1" "[B=+/,BNE=/,R]"', 'a%20b&c%252bd/e-f'],
  ])('the B flags choose what is escaped: %s', (rule, query) => {
    const text = host(`RewriteEngine On\nRewriteRule ^/b/(.*)$ ${rule}`);
    expect(trace(text, 'http://a.test/b/a%20b%26c%2Bd/e-f').outcome).toMatchObject({
      status: 302,
      location: `http://a.test/x?${query}`,
    });
  });

  test('what cannot be known is named', () => {
    const unknown = (lines: string): unknown => trace(host(lines), 'http://a.test/x').outcome;
    expect(unknown('RewriteEngine On\nRewriteMap m txt:/m.txt\nRewriteRule /(.*) /${m:$1} [PT]')).toEqual({
      kind: 'unknown',
      reason: 'The content of the rewrite map "m" is not known.',
    });
    expect(unknown('ProxyPass / http://b/\n<Location />\nRequire ip 10.0.0.0/8\n</Location>')).toEqual({
      kind: 'unknown',
      reason: '"10.0.0.0/8" depends on the client address; name it with --from.',
    });
    expect(unknown('ProxyPass / http://b/')).toMatchObject({ kind: 'proxy' });
  });

  test('what stands under a condition is taken to hold, and said so', () => {
    const traced = trace(host('<IfModule mod_headers.c>\nProxyPass / http://b/\n</IfModule>'), 'http://a.test/');
    expect(traced.outcome.kind).toBe('proxy');
    expect(traced.unknowns).toEqual(['"ProxyPass" on line 4 stands under a condition; it is taken to hold.']);
  });

  describe('the virtual host is chosen by name', () => {
    const text = [
      'ServerName main.test:80',
      '<VirtualHost 127.0.0.1:80>\nServerName first.test\n#\n</VirtualHost>',
      '<VirtualHost 127.0.0.1:80 *:81>\nServerAlias alias.test:80\n</VirtualHost>',
      '<VirtualHost 127.0.0.1:80>\nServerName main.test\n</VirtualHost>',
    ].join('\n');
    const line = (name: string): number => {
      const place = trace(text, 'http://127.0.0.1/', [`Host: ${name}`]).virtualHost?.place;
      return place ? place.file.positionAt(place.start).line : 0;
    };

    test('without a ServerName, and with one address for all, it has that of the main server at each of its addresses', () => {
      expect(line('main.test')).toBe(6);
    });

    test('an alias with a port is compared as it stands', () => {
      expect(line('alias.test')).toBe(2);
      expect(line('alias.test:80')).toBe(2);
    });

    test('a rewrite rule to the name and port of the main server stays inside', () => {
      const rewrite = 'RewriteEngine On\nRewriteRule ^/old$ http://main.test/new\nDocumentRoot /srv';
      const own = `ServerName main.test:80\n<VirtualHost *>\n${rewrite}\n</VirtualHost>`;
      expect(trace(own, 'http://main.test:8080/old').outcome.kind).toBe('static');
    });
  });
});
