/** What directives are set to. Each line was tried on the real servers: nginx 1.22.1 and httpd 2.4.71. */
import { expect, test } from 'vitest';
import { parseApache } from '../src/parsers/apache/parse.ts';
import { parseNginx } from '../src/parsers/nginx/parse.ts';
import { settingsOf } from '../src/servers/settings.ts';
import { valueOf } from '../src/servers/nginx/meaning/settings.ts';
import type { Directive } from '../src/syntax/tree.ts';
import { SourceFile } from '../src/text/source.ts';

const nginx = settingsOf('nginx');
const apache = settingsOf('apache');

function nginxDirective(text: string): Directive {
  return parseNginx(new SourceFile('a.conf', `${text};`)).root.directives[0]!;
}

function apacheDirective(text: string): Directive {
  return parseApache(new SourceFile('a.conf', text)).root.directives[0]!;
}

test.each([
  ['ssl ON', 'on'],
  ['ssl "on"', 'on'],
  ['ssl_verify_client OFF', 'off'],
  ['server_tokens Off', 'off'],
  ['dav_methods OFF', 'off'],
  ['gzip_static always', 'neither'],
  ['ssl yes', 'neither'],
  ['ssl $ssl', 'neither'],
  // Compared as it is written: a realm, a file, the name of a zone.
  ['auth_basic off', 'off'],
  ['auth_basic OFF', 'neither'],
  ['access_log OFF', 'neither'],
  ['proxy_cache OFF', 'neither'],
  // Of modules outside nginx, which have the setter of flags from nginx.
  ['security_headers ON', 'on'],
])('nginx: %s is %s', (text, expected) => {
  const directive = nginxDirective(text);
  expect([nginx.isOn(directive), nginx.isOff(directive)]).toEqual([expected === 'on', expected === 'off']);
});

test.each([
  ['SSLEngine ON', 'on'],
  ['ProxyRequests "off"', 'off'],
  ['TraceEnable extended', 'neither'],
  ['SSLEngine ${ENGINE}', 'neither'],
])('httpd: %s is %s', (text, expected) => {
  const directive = apacheDirective(text);
  expect([apache.isOn(directive), apache.isOff(directive)]).toEqual([expected === 'on', expected === 'off']);
});

test.each([
  ['client_header_timeout 1w', 604_800],
  ['client_header_timeout "1h 30m"', 5400],
  ['client_header_timeout 500ms', 0.5],
  ['client_header_timeout 1M', undefined],
  ['client_header_timeout 30m1h', undefined],
  ['ssl_session_timeout 1M', 2_592_000],
  ['ssl_session_timeout 500ms', undefined],
  ['keepalive_timeout 1d 20s', 86_400],
])('nginx: %s are %s seconds', (text, expected) => {
  expect(nginx.secondsOf(nginxDirective(text))).toBe(expected);
});

test.each([
  ['KeepAliveTimeout 5', 5],
  ['KeepAliveTimeout 5mi', 300],
  ['KeepAliveTimeout 5min', 300],
  ['KeepAliveTimeout 500ms', 0.5],
  ['KeepAliveTimeout 1h', 3600],
  ['KeepAliveTimeout 5MI', undefined],
  ['KeepAliveTimeout 5m', undefined],
  // Read by `atoi`, which stops at the unit.
  ['Timeout 5mi', 5],
])('httpd: %s are %s seconds', (text, expected) => {
  expect(apache.secondsOf(apacheDirective(text))).toBe(expected);
});

test.each([
  ['client_max_body_size 1G', 1024 ** 3],
  ['client_body_buffer_size 8K', 8192],
  ['client_body_buffer_size 1g', undefined],
  ['large_client_header_buffers 4 16k', 16_384],
  ['client_max_body_size $size', undefined],
])('nginx: %s are %s bytes', (text, expected) => {
  expect(nginx.bytesOf(nginxDirective(text))).toBe(expected);
});

test('numbers are read as the setter reads them', () => {
  expect(nginx.numberOf(nginxDirective('worker_connections 1024'))).toBe(1024);
  expect(nginx.numberOf(nginxDirective('keepalive_requests 10k'))).toBeUndefined();
  expect(apache.numberOf(apacheDirective('MaxKeepAliveRequests 10k'))).toBe(10);
  expect(apache.numberOf(apacheDirective('LimitRequestBody 10k'))).toBeUndefined();
  expect(apache.numberOf(apacheDirective('LimitRequestBody ${MAX}'))).toBeUndefined();
});

test('a level is asked by name', () => {
  const file = parseNginx(new SourceFile('a.conf', 'server { autoindex off; autoindex ON; }'));
  const { block } = file.root.directives[0]!;
  expect(nginx.isOn(block, 'autoindex')).toBe(true);
  expect(nginx.isOn(block, 'sendfile')).toBe(false);
  expect(nginx.isOff(undefined, 'sendfile')).toBe(false);
});

test('words of a list lose their case, others keep it', () => {
  expect(valueOf(nginxDirective('dav_methods PUT Delete'))).toEqual({ kind: 'words', words: ['put', 'delete'] });
  expect(valueOf(nginxDirective('auth_basic Intern'))).toEqual({ kind: 'text', text: 'Intern' });
  expect(nginx.wordOf(nginxDirective('proxy_cache Zone'))).toBe('Zone');
  expect(apache.wordOf(apacheDirective('SSLVerifyClient Require'))).toBe('require');
});
