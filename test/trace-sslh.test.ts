/** Which entry of sslh gets a connection. */
import { describe, expect, test } from 'vitest';
import { parseRequest, type RequestOptions } from '../src/model/request.ts';
import type { Trace, TraceRequest } from '../src/model/trace.ts';
import { parseVersion, type Targets } from '../src/model/versions.ts';
import { parseSslh } from '../src/parsers/sslh/parse.ts';
import { configOf } from '../src/servers/config.ts';
import { traceSslh } from '../src/servers/sslh/trace/trace.ts';
import { SourceFile } from '../src/text/source.ts';

function traced(text: string, url: string, options: Partial<RequestOptions> = {}, target?: string): Trace {
  const config = configOf(parseSslh(new SourceFile('sslh.cfg', text)));
  const request = parseRequest('GET', url, { headers: [], from: undefined, bodySize: 0, ...options }) as TraceRequest;
  const targets: Targets = target === undefined ? {} : { sslh: parseVersion(target)! };
  return traceSslh(config, targets, request);
}

function brief({ outcome }: Trace): string {
  return outcome.kind === 'tunnel' ? outcome.backend : outcome.kind;
}

/** An entry `name` leads to the port that stands for its place. */
function config(entries: readonly string[], more = ''): string {
  const listed = entries.map((entry, index) => `{ ${entry}; host: "h"; port: "${index + 1}"; }`);
  return `listen: ( { host: "127.0.0.1"; port: "443"; } ); ${more} protocols: ( ${listed.join(', ')} );`;
}

const usual = config([
  'name: "ssh"',
  'name: "tls"; sni_hostnames: [ "*.a.test" ]; alpn_protocols: [ "xmpp-client" ]',
  'name: "tls"; sni_hostnames: [ "*.a.test" ]',
  'name: "http"',
  'name: "anyprot"',
]);

test.each([
  ['ssh://x', {}, 'h:1'],
  ['tls://x.a.test', { alpn: ['xmpp-client'] }, 'h:2'],
  ['https://x.a.test/', {}, 'h:3'],
  ['https://b.test/', {}, 'h:5'],
  ['https://127.0.0.1/', {}, 'h:5'],
  ['http://x:443/', {}, 'h:4'],
  ['tcp://x', {}, 'h:1'],
  ['tcp://x', { send: 'EHLO there\\r\\n' }, 'h:5'],
  ['tcp://x', { send: 'SS' }, 'h:1'],
  ['http://x/', {}, 'refused'],
  ['https://x.a.test/', { to: '127.0.0.2' }, 'refused'],
] as const)('%s %j goes to %s', (url, options, expected) => {
  expect(brief(traced(usual, url, options))).toBe(expected);
});

describe('what waits for more', () => {
  const xmppFirst = config(['name: "xmpp"', 'name: "tls"', 'name: "anyprot"']);

  test('ends in the timeout where nothing else matches', () => {
    const trace = traced(xmppFirst, 'tcp://x', { send: 'short' });
    expect(brief(trace)).toBe('h:1');
    expect(trace.steps[0]!.text).toContain('After 5 s');
    expect(trace.location!.reason).toContain('there is no entry');
  });

  test('cannot be told where the length of what comes first decides', () => {
    expect(traced(xmppFirst, 'ssh://x').outcome).toMatchObject({
      kind: 'unknown',
      reason: /how much the client sends/,
    });
  });

  test('is asked alone before 1.20', () => {
    const both = config(
      ['name: "xmpp"', 'name: "regex"; regex_patterns: [ "^short" ]', 'name: "http"'],
      'on-timeout: "http";',
    );
    expect(brief(traced(both, 'tcp://x', { send: 'short' }))).toBe('h:2');
    expect(brief(traced(both, 'tcp://x', { send: 'short' }, '1.19'))).toBe('h:3');
  });
});

test('"jabber" in the name of a handshake is found by the probe xmpp', () => {
  const text = config(['name: "xmpp"', 'name: "tls"', 'name: "anyprot"']);
  expect(brief(traced(text, 'https://jabber.test/'))).toBe('h:1');
  expect(brief(traced(text, 'https://chat.test/'))).toBe('h:2');
});

test('a pattern ends at a byte of value zero', () => {
  const text = config([String.raw`name: "regex"; regex_patterns: [ "^\x00[\x0D-\xFF]$" ]`, 'name: "anyprot"']);
  expect(brief(traced(text, 'http://x:443/'))).toBe('h:1');
});

test('UDP has entries of its own', () => {
  const entries = `protocols: ( { name: "tls"; host: "h"; port: "1"; }, { name: "wireguard"; is_udp: true; host: "h"; port: "2"; } );`;
  const text = `listen: ( { host: "0.0.0.0"; port: "443"; is_udp: true; } ); ${entries}`;
  expect(traced(text, 'wireguard://x').outcome).toMatchObject({ transport: 'udp', backend: 'h:2' });
  expect(brief(traced(text, 'https://x/'))).toBe('refused');
});

test('the PROXY protocol, sockets and transparency are told', () => {
  const text = config(['name: "tls"; proxyprotocol: 2', 'name: "ssh"; transparent: true']);
  expect(traced(text, 'https://x/').outcome).toMatchObject({ proxyProtocol: 2, transparent: false });
  expect(traced(text, 'ssh://x').outcome).toMatchObject({ proxyProtocol: undefined, transparent: true });
  const socket = config(['name: "http"']).replace('host: "h"', 'is_unix: true; host: "/run/web"');
  expect(brief(traced(socket, 'http://x:443/'))).toBe('unix:/run/web');
});

describe('what is not known', () => {
  test.each([
    [
      'an entry from a template',
      `listen: ( { host: "0.0.0.0"; port: "443"; } ); protocols: ( { name: "{{ probe }}"; host: "h"; port: "1"; } );`,
    ],
    ['a pattern that looks beyond the beginning', config(['name: "regex"; regex_patterns: [ "abc" ]', 'name: "tls"'])],
    ['inetd', config(['name: "tls"'], 'inetd: true;')],
    ['minlength', config(['name: "tls"; minlength: 4000', 'name: "anyprot"'])],
  ])('%s', (_, text) => {
    expect(brief(traced(text, 'https://x/'))).toBe('unknown');
  });
});

test.each([
  ['gopher://x', {}, /no http, https/],
  ['ssh://x:0', {}, /no port/],
  ['tcp://x', { send: '\\q' }, /escape/],
  ['https://x/', { send: 'a' }, /tcp URL/],
])('%s %j is refused', (url, options, message) => {
  expect(parseRequest('GET', url, { headers: [], from: undefined, bodySize: 0, ...options })).toMatch(message);
});
