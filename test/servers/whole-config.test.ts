import { expect, test } from 'vitest';
import { configOf } from '../../src/servers/config.ts';
import { SourceFile } from '../../src/text/source.ts';
import { loadParser } from '../../src/servers/index.ts';

test.each([
  [true, 'LoadModule mpm_event_module modules/mod_mpm_event.so\nListen 80\n'],
  [true, '<IfModule !mpm_prefork_module>\nLoadModule mpm_event_module m.so\n</IfModule>\nListen 80\n'],
  [true, 'LoadModule authz_core_module modules/mod_authz_core.so\nListen 80\n'],
  [true, 'ServerRoot /etc/httpd\nListen 80\n'],
  [false, 'LoadModule ssl_module modules/mod_ssl.so\nListen 443\n'],
  [false, 'LoadModule mpm_event_module modules/mod_mpm_event.so\n'],
  [false, 'Listen 80\n'],
])('%s: %j', async (expected, text) => {
  const parse = await loadParser('apache');
  expect(configOf(parse(new SourceFile('httpd.conf', text))).complete).toBe(expected);
});

test.each([
  ['http', 'ADD_HEADER X "y";'],
  ['http', 'includ x.conf;'],
  ['http', 'foo bar;'],
  ['map', 'default 0;\nfoo 1;'],
  ['map', '~^/a 1;\n/b 2;'],
  ['map', 'text/html html htm;'],
  ['map', 'DE 1;\nFR 2;'],
])('%s: %j', async (level, text) => {
  const parse = await loadParser('nginx');
  expect(configOf(parse(new SourceFile('a.conf', text))).level).toBe(level);
});
