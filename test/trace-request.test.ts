import { expect, test } from 'vitest';
import { parseRequest } from '../src/model/request.ts';

const options = { headers: [], from: undefined, bodySize: 0 };

test('keeps the target as typed', () => {
  const request = parseRequest('GET', 'http://example.com:8080/a//../%2e?b=%20#fragment', options);
  expect(request).toMatchObject({ scheme: 'http', host: 'example.com', port: 8080, target: '/a//../%2e?b=%20' });
  expect(request).toMatchObject({ headers: [['Host', 'example.com:8080']] });
});

test('a wss URL asks for a WebSocket', () => {
  const request = parseRequest('GET', 'wss://example.com', options);
  expect(request).toMatchObject({ scheme: 'https', port: 443, target: '/' });
  expect(request).toMatchObject({ headers: expect.arrayContaining([['Upgrade', 'websocket']]) });
});

test('a Host header of the user replaces that of the URL', () => {
  const request = parseRequest('GET', 'http://127.0.0.1/', { ...options, headers: ['host: a.test', 'X-A: 1, 2'] });
  expect(request).toMatchObject({
    headers: [
      ['host', 'a.test'],
      ['X-A', '1, 2'],
    ],
  });
});

test.each([
  ['example.com/', /no http, https, ws or wss URL/],
  ['ftp://example.com/', /no http/],
  ['http://example.com:0/', /no port/],
  ['http://example.com:99999/', /no port/],
  ['http://example.com/a b', /space or control/],
  ['http://exa mple.com/', /no http/],
])('%s is refused', (url, message) => {
  expect(parseRequest('GET', url, options)).toMatch(message);
});

test.each(['X-A', 'X A: 1', 'X-A: a\r\nX-B: c', ': x'])('the header %j is refused', (header) => {
  expect(parseRequest('GET', 'http://a/', { ...options, headers: [header] })).toMatch(/not a header/);
});
