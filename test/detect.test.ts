import { expect, test } from 'vitest';
import { detectDialect } from '../src/servers/detection/detect.ts';
import { configBlocks } from '../src/lint/documents.ts';
import { cpuTimeOf } from './helpers/cpu-time.ts';

test.each([
  ['nginx', 'location / {\n proxy_pass http://x;\n}'],
  ['nginx', 'listen 443 ssl\nserver_name a;'],
  ['nginx', 'map $http_upgrade $connection_upgrade\n{\n  default upgrade;\n}'],
  ['apache', 'AllowEncodedSlashes On'],
  ['apache', 'rewriteengine on\nRewriteRule ^ - [F]'],
  ['apache', '<IfModule mod_x.c>\n  OddSetting yes\n</IfModule>'],
  ['sslh', 'protocols:\n(\n { name: "ssh"; host: "a"; port: "22"; }\n);'],
  ['sslh', 'timeout = 2;'],
  [undefined, 'server:\n  listen: 80\n  user: www\n'],
  [undefined, 'sudo systemctl reload nginx\n'],
  [undefined, 'const server = http.createServer();\nserver.listen(80);\n'],
  [undefined, 'frontend a\n  bind *:80\n  server b 192.0.2.1:80 check\n'],
  [undefined, 'zone "a" {\n  type master;\n};\n'],
  [undefined, 'Port 22\nPermitRootLogin no\nMatch User x\n'],
  [
    undefined,
    'default {\n default {\n  allow spoof\n  allow hide\n }\n}\nuser "root" {\n default {\n  force hide\n  deny spoof\n }\n}\n',
  ],
  [undefined, '#!/bin/sh\nlisten 80;\n'],
  [undefined, '<?xml version="1.0"?>\n<Directory x="y">\n</Directory>\n'],
  [undefined, ''],
])('%s: %j', (dialect, text) => {
  expect(detectDialect(text)).toBe(dialect);
});

test('the name decides where the content says little', () => {
  expect(detectDialect('', '/srv/.htaccess')).toBe('apache');
  expect(detectDialect('sendfile on', 'nginx.conf')).toBe('nginx');
  expect(detectDialect('sendfile on', 'other.txt')).toBeUndefined();
});

test.each(['server {', '{;', '(((', 'a: ', '; ', '"', '<', '\\'])(
  'a long line of %j is read in linear time',
  async (unit) => {
    const text = `server { ${unit.repeat(200_000 / unit.length)}`;
    expect(await cpuTimeOf(() => detectDialect(text))).toBeLessThan(1000);
  },
);

test('plain prose around a config is left out', () => {
  const text =
    'Use this:\n\nListen 443\n<VirtualHost *:443>\n# Order matters.\nServerName a\n</VirtualHost>\nThen restart.\nListen 80\n';
  const [block, ...others] = configBlocks('page.txt', text);
  expect(others).toEqual([]);
  expect(block!.source.text.trim().split('\n')).toHaveLength(5);
  expect(block!.source.outerPositionAt(0)).toEqual({ line: 3, column: 1 });
});
