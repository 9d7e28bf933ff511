import { describe, expect, it } from 'vitest';
import { isLocalSocket, isLoopbackHost } from '../../src/model/network.ts';
import { effectivePort, extendedHost, readUrl } from '../../src/model/url.ts';
import { defaultPort, isTlsScheme, schemeOf } from '../../src/model/scheme.ts';

/** Host, port, and all behind them. */
const parts = (text: string): unknown[] => {
  const { scheme, socket, host, port, pathAndQuery } = readUrl(text);
  return [scheme?.text, socket?.text, host.text, port?.text, pathAndQuery.text];
};

describe('URLs', () => {
  it.each([
    ['http://app:8080/x?y#z', ['http', undefined, 'app', '8080', '/x?y#z']],
    ['HTTPS://user:secret@App', ['HTTPS', undefined, 'App', undefined, '']],
    ['http://[::1]:80/', ['http', undefined, '[::1]', '80', '/']],
    ['http://[::1]', ['http', undefined, '[::1]', undefined, '']],
    ['app:8080', [undefined, undefined, 'app', '8080', '']],
    ['/path:1', [undefined, undefined, '', undefined, '/path:1']],
    ['http://unix:/run/a.sock:/uri', ['http', '/run/a.sock', '', undefined, '/uri']],
    ['unix:/run/a.sock', [undefined, '/run/a.sock', '', undefined, '']],
    ['unix:/run/a.sock|fcgi://host:9000/x', ['fcgi', '/run/a.sock', 'host', '9000', '/x']],
    ['$scheme://$host:$server_port$request_uri', ['$scheme', undefined, '$host', '$server_port', '$request_uri']],
    ['http://${upstream}${uri}', ['http', undefined, '${upstream}', undefined, '${uri}']],
    ['https://%{HTTP:X/Y}%{REQUEST_URI}', ['https', undefined, '%{HTTP:X/Y}', undefined, '%{REQUEST_URI}']],
    ['http://${map:a/b}/c', ['http', undefined, '${map:a/b}', undefined, '/c']],
    ['http://example.com$1', ['http', undefined, 'example.com$1', undefined, '']],
    ['http://host?a=b', ['http', undefined, 'host', undefined, '?a=b']],
    ['', [undefined, undefined, '', undefined, '']],
  ])('%s', (text, expected) => expect(parts(text)).toEqual(expected));

  it('gives each part its place', () => {
    const text = 'unix:/a|http://user@host:80/path?query';
    const { scheme, socket, authority, userinfo, host, port, path, query } = readUrl(text);
    const all = [scheme, socket, authority, userinfo, host, port, path, query];
    expect(all.map((part) => part?.text)).toEqual([
      'http',
      '/a',
      'user@host:80',
      'user',
      'host',
      '80',
      '/path',
      'query',
    ]);
    for (const part of all) expect(text.slice(part!.start, part!.end)).toBe(part!.text);
  });

  it('tells fixed parts from unknown ones', () => {
    const { scheme, host, port, path } = readUrl('http://app-$color:80/$x');
    expect([scheme, host, port, path].map((part) => part?.isFixed)).toEqual([true, false, true, false]);
    expect(extendedHost(readUrl('http://app-1$x/'))).toBe('app-1');
    expect(extendedHost(readUrl('http://app-1:$port/'))).toBeUndefined();
    expect(extendedHost(readUrl('http://app$request_uri'))).toBeUndefined();
  });

  it('reads a long text of references in linear time', () => {
    for (const piece of ['${', '%{', '{{', '<%', '$a', ':'])
      expect(readUrl(`http://${piece.repeat(50_000)}`).scheme?.text).toBe('http');
  });
});

describe('schemes', () => {
  it('knows ports and TLS', () => {
    expect(['http', 'HTTPS', 'wss', 'h2c', 'grpcs', 'ajp', 'constructor'].map(defaultPort)).toEqual([
      80,
      443,
      443,
      80,
      443,
      8009,
      undefined,
    ]);
    expect(['http', 'https', 'h2', 'h2c', 'grpcs', 'suwsgi'].map(isTlsScheme)).toEqual([
      false,
      true,
      true,
      false,
      true,
      true,
    ]);
    expect(schemeOf('$scheme://host')).toBeUndefined();
  });

  it('adds the port of the scheme where none is written', () => {
    const portOf = (text: string): number | undefined => effectivePort(readUrl(text));
    expect(portOf('https://host/')).toBe(443);
    expect(portOf('https://host:8443/')).toBe(8443);
    expect(portOf('http://host:$port/')).toBeUndefined();
    expect(portOf('http://unix:/a:/')).toBeUndefined();
    expect(portOf('host')).toBeUndefined();
  });
});

describe('addresses of this machine', () => {
  it.each(['localhost', '127.0.0.1', '127.9.9.9', '[::1]', '::1', 'app.localhost', 'ip6-localhost'])('%s', (host) =>
    expect(isLoopbackHost(host)).toBe(true),
  );
  it.each(['127.example.com', '10.0.0.1', '*', '[::]', 'localhost.example.com', '', '1270.0.0.1'])('not %s', (host) =>
    expect(isLoopbackHost(host)).toBe(false),
  );
  it('counts Unix sockets', () => expect(isLocalSocket('unix:/run/a.sock')).toBe(true));
});
