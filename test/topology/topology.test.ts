/** Which config stands behind which. */
import { describe, expect, test } from 'vitest';
import { mapOf } from '../../src/topology/map.ts';
import { mayRunTogether } from '../../src/topology/plausible.ts';
import type { Topology } from '../../src/topology/topology.ts';
import { machineOf, nginxWith, sslhTo, topologyOf } from './members.ts';

function links(topology: Topology): string[] {
  return topology.links.map(
    ({ from, to }) => `${from.config.file.source.path} -> ${to.member.config.file.source.path}`,
  );
}

const proxyTo = (target: string, listen = '80'): string =>
  nginxWith(`server { listen ${listen}; location / { proxy_pass ${target}; } }`);
const answersOn = (listen: string): string => nginxWith(`server { listen ${listen}; return 200 ok; }`);

describe('on one machine', () => {
  test.each([
    ['http://127.0.0.1:8080', '8080', true],
    ['http://localhost:8080', '127.0.0.1:8080', true],
    ['http://localhost:8080', '[::1]:8080', true],
    ['http://[::1]:8080', '[::]:8080', true],
    ['http://127.0.0.1:8080', '[::]:8080', false],
    ['http://127.0.0.1:8080', '127.0.0.2:8080', false],
    ['http://127.0.0.2:8080', '*:8080', true],
    ['http://10.0.0.5:8080', '10.0.0.5:8080', true],
    ['http://10.0.0.5:8080', '8080', false],
    ['http://app.example.org:8080', '8080', false],
    ['http://127.0.0.1:8081', '8080', false],
  ])('%s leads to a listener on %s: %s', (target, listen, expected) => {
    const topology = topologyOf({ 'front.nginx': proxyTo(target), 'back.nginx': answersOn(listen) });
    expect(links(topology)).toEqual(expected ? ['front.nginx -> back.nginx'] : []);
  });

  test('sslh, streams and groups lead on, too', () => {
    const stream =
      'events {}\nstream { server { listen 8443; proxy_pass group; } upstream group { server 127.0.0.1:9443; } }';
    const topology = topologyOf({
      'a.sslh': sslhTo(8443),
      'b.nginx': stream,
      'c.nginx': nginxWith(
        'server { listen 9443 ssl; location / { proxy_pass http://pool; } } upstream pool { server localhost:3000; }',
      ),
      'd.apache': 'Listen 3000\n<VirtualHost *:3000>\nRedirect / http://x/\n</VirtualHost>',
    });
    expect(links(topology)).toEqual(['a.sslh -> b.nginx', 'b.nginx -> c.nginx', 'c.nginx -> d.apache']);
  });

  test('a stream that chooses by a variable leads to all that it may choose', () => {
    const topology = topologyOf({
      'a.nginx': `events {} http { map $x $to { default 127.0.0.1:7000; } }
        stream { map $ssl_preread_server_name $to { a pool; b 127.0.0.1:8082; default $other; }
          map $protocol $other { default unix:/run/b.sock; } upstream pool { server 127.0.0.1:8081; }
          server { listen 443; ssl_preread on; proxy_pass $to; } }`,
      'b.nginx': answersOn('8081'),
      'c.nginx': answersOn('8082'),
      'd.nginx': answersOn('unix:/run/b.sock'),
      'e.nginx': answersOn('7000'),
    });
    expect(links(topology)).toEqual(['b', 'c', 'd'].map((name) => `a.nginx -> ${name}.nginx`));
  });

  test('two configs at one address are told and not linked', () => {
    const topology = topologyOf({
      'front.nginx': proxyTo('http://127.0.0.1:8080'),
      'one.nginx': answersOn('8080'),
      'two.nginx': answersOn('8080'),
    });
    expect(links(topology)).toEqual([]);
    expect(mapOf(topology).problems.map(({ text }) => text)).toEqual([
      'Several configs listen at 127.0.0.1:8080, which "http://127.0.0.1:8080" means: one.nginx, two.nginx.',
    ]);
  });

  test('a ring is told', () => {
    const topology = topologyOf({
      'a.nginx': proxyTo('http://127.0.0.1:8081', '8080'),
      'b.nginx': proxyTo('http://127.0.0.1:8082', '8081'),
      'c.nginx': proxyTo('http://127.0.0.1:8080', '8082'),
    });
    const { problems } = mapOf(topology);
    expect(problems.map(({ text }) => text)).toEqual([
      'These servers connect to each other in a ring: a.nginx -> b.nginx -> c.nginx -> a.nginx.',
    ]);
  });
});

describe('on several machines', () => {
  const front = machineOf('front', ['10.0.0.1'], ['dmz']);
  const back = machineOf('back', ['10.0.0.2', 'app', 'app.lan'], ['dmz', 'inner']);
  const hidden = machineOf('hidden', ['10.0.0.3', 'db'], ['inner']);

  test.each([
    ['http://app:8080', '8080', 'back', true],
    ['http://10.0.0.2:8080', '8080', 'back', true],
    ['http://APP.lan:8080', '0.0.0.0:8080', 'back', true],
    ['http://127.0.0.1:8080', '8080', 'back', false],
    ['http://app:8080', '127.0.0.1:8080', 'back', false],
    ['http://db:8080', '8080', 'hidden', false],
  ] as const)('%s leads to a listener on %s of %s: %s', (target, listen, place, expected) => {
    const machines = { 'front.nginx': front, 'back.nginx': place === 'back' ? back : hidden };
    const topology = topologyOf({ 'front.nginx': proxyTo(target), 'back.nginx': answersOn(listen) }, machines);
    expect(links(topology)).toEqual(expected ? ['front.nginx -> back.nginx'] : []);
  });

  test('a published port leads into the container', () => {
    const host = {
      ...machineOf('host', []),
      forwards: new Map([[8080, [{ machine: back, port: 80, address: undefined }]]]),
    };
    const texts = { 'front.nginx': proxyTo('http://127.0.0.1:8080'), 'back.nginx': answersOn('80') };
    expect(links(topologyOf(texts, { 'front.nginx': host, 'back.nginx': back }))).toEqual([
      'front.nginx -> back.nginx',
    ]);
  });
});

describe('what cannot run together is not taken to belong together', () => {
  test.each([
    ['whole configs on one port', { 'a.nginx': answersOn('80'), 'b.nginx': answersOn('80') }, false],
    ['nginx and httpd on one port', { 'a.nginx': answersOn('80'), 'b.apache': 'Listen 80\nServerName x' }, false],
    ['all addresses and a special one', { 'a.sslh': sslhTo(8443), 'b.nginx': answersOn('127.0.0.1:443') }, false],
    ['different ports', { 'a.sslh': sslhTo(8443), 'b.nginx': answersOn('127.0.0.1:8443') }, true],
    ['different addresses', { 'a.nginx': answersOn('10.0.0.1:80'), 'b.nginx': answersOn('10.0.0.2:80') }, true],
    [
      'parts for different names',
      { 'a.nginx': 'server { listen 80; server_name a; }', 'b.nginx': 'server { listen 80; server_name b; }' },
      true,
    ],
    [
      'parts for one name',
      { 'a.nginx': 'server { listen 80; server_name a; }', 'b.nginx': 'server { listen 80; server_name a; }' },
      false,
    ],
  ])('%s', (_, texts, expected) => {
    expect(mayRunTogether(topologyOf(texts))).toBe(expected);
  });
});
