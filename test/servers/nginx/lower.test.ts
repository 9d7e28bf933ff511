import { describe, expect, test } from 'vitest';

import type { Level } from '../../../src/syntax/config.ts';
import { lower } from '../../../src/servers/index.ts';
import { unknown, type Model, type Route } from '../../../src/model/model.ts';
import { parseVersion } from '../../../src/model/versions.ts';
import { configOf } from '../../helpers/lint.ts';

async function model(text: string, { level, target }: { level?: Level; target?: string } = {}): Promise<Model> {
  const config = await configOf({ path: 'nginx.conf', text, dialect: 'nginx', level });
  const version = target === undefined ? undefined : parseVersion(target)!;
  return lower(config, version ? { nginx: version } : {});
}

async function routes(text: string, options?: { level?: Level; target?: string }): Promise<readonly Route[]> {
  return (await model(text, options)).virtualHosts.flatMap((host) => host.routes);
}

function headersOf(route: Route | undefined): Record<string, string> {
  const headers = [...(route?.backend?.headers.values() ?? [])];
  return Object.fromEntries(
    headers.map(({ name, action, value }) => [name.toLowerCase(), `${action} ${value === unknown ? '?' : value}`]),
  );
}

describe('listeners', () => {
  test('normalise addresses and ports, and merge the options of all servers on a socket', async () => {
    const { listeners } = await model(`
      server { listen 443; listen 0.0.0.0; listen [::]:443 ssl; listen [0:0::1]; listen LOCALHOST:81; }
      server { listen *:443 ssl http2 default_server proxy_protocol; listen 443 quic; listen unix:/run/n.sock; }
      server { listen 8000-8002; }
      server { }`);
    expect(
      listeners.map((l) => [l.address, l.port === unknown ? '?' : l.port, l.tls, l.http2, l.http3, l.proxyProtocol]),
    ).toEqual([
      ['*', 443, true, true, false, true],
      ['*', 80, false, false, false, false],
      ['[::]', 443, true, false, false, false],
      ['[::1]', 80, false, false, false, false],
      ['localhost', 81, false, false, false, false],
      ['*', 443, true, false, true, false],
      ['unix:/run/n.sock', '?', false, false, false, false],
      ['*', '?', false, false, false, false],
    ]);
    const [https, http] = listeners;
    expect(https!.virtualHosts).toHaveLength(2);
    expect(https!.defaultHost).toBe(https!.virtualHosts[1]);
    expect(https!.explicitDefault?.value).toBe('default_server');
    expect(http!.defaultHost).toBe(http!.virtualHosts[0]);
    expect(http!.virtualHosts).toHaveLength(2);
  });

  test('know "ssl on" and "http2 on"', async () => {
    const { listeners, virtualHosts } = await model('server { listen 443; ssl on; http2 on; } server { listen 80; }');
    expect(listeners.map(({ tls, http2 }) => [tls, http2])).toEqual([
      [true, true],
      [false, false],
    ]);
    expect(virtualHosts.map(({ overTls }) => overTls)).toEqual([true, false]);
  });

  test('of both kinds leave it unknown whether requests come over TLS', async () => {
    const { virtualHosts } = await model('server { listen 80; listen 443 ssl; } server { include listen.conf; }');
    expect(virtualHosts.map(({ overTls }) => overTls)).toEqual([unknown, unknown]);
  });
});

describe('virtual hosts', () => {
  test('have names of the kinds that nginx tells apart', async () => {
    const { virtualHosts } = await model('server { server_name a.b *.a.b .a.b a.* ~^x$ $hostname; }');
    expect(virtualHosts[0]!.names.map(({ kind }) => kind)).toEqual([
      'exact',
      'leading-wildcard',
      'leading-wildcard',
      'trailing-wildcard',
      'regex',
      'unknown',
    ]);
  });

  test('of a stream block are none of http', async () => {
    const { virtualHosts, listeners } = await model(
      'events {} stream { server { listen 53; proxy_pass 10.0.0.1:53; } } http { server { listen 80; } }',
    );
    expect(virtualHosts).toHaveLength(1);
    expect(listeners.map(({ port }) => port)).toEqual([80]);
    expect((await model('server { listen 53; proxy_pass x:53; }', { level: 'stream' })).virtualHosts).toEqual([]);
  });

  test('are unseen around a piece of one', async () => {
    const [host] = (await model('location / { proxy_pass http://a; }', { level: 'server' })).virtualHosts;
    expect(host).toMatchObject({ directive: undefined, listeners: [], overTls: unknown });
    expect(host!.tls.enabled).toBe(unknown);
    expect(host!.routes).toHaveLength(1);
  });
});

describe('routes', () => {
  test('have the match of their location, modifiers glued or not', async () => {
    const found = await routes(`server {
      location / {} location = /a {} location =/b {} location ^~ /c {} location ~ ^/d {} location ~*^/e {} location @f {}
    }`);
    expect(found.map(({ match }) => [match.kind, match.pattern, match.caseInsensitive])).toEqual([
      ['prefix', '/', false],
      ['exact', '/a', false],
      ['exact', '/b', false],
      ['prefix-noregex', '/c', false],
      ['regex', '^/d', false],
      ['regex', '^/e', true],
      ['named', '@f', false],
    ]);
  });

  test('nest; an if and a limit_except take over the handler, a nested location does not', async () => {
    const found = await routes(`server {
      location /a/ {
        proxy_pass http://127.0.0.1:1;
        location /a/b/ { }
        if ($arg_x) { set $y 1; }
        limit_except GET { deny all; }
      }
      if ($host = x) { return 301 https://y; }
      if ($host = z) { set $q 1; }
    }`);
    expect(found.map(({ directive, handler, parent }) => [directive.key, handler.kind, parent?.match.pattern])).toEqual(
      [
        ['location', 'proxy', undefined],
        ['location', 'static', '/a/'],
        ['if', 'proxy', '/a/'],
        ['limit_except', 'deny', '/a/'],
        ['if', 'redirect', undefined],
      ],
    );
  });

  test('a server hands nothing on by itself, as nginx refuses that there', async () => {
    const server = 'proxy_pass http://a; location /x { proxy_pass http://a; }';
    expect((await routes(`server { ${server} }`)).map(({ match }) => match.pattern)).toEqual(['/x']);
    const [first] = await routes(`server { ${server} return 404; }`);
    expect(first?.handler).toMatchObject({ kind: 'return', status: 404 });
  });

  test('have the handler that answers first', async () => {
    const found = await routes(`server {
      location /1 { proxy_pass http://a; return 404; }
      location /2 { rewrite ^/2/(.*)$ /x/$1 break; proxy_pass https://a:8443/base; }
      location /3 { rewrite ^ https://$host$request_uri permanent; }
      location /4 { return https://b/; }
      location /5 { deny all; }
      location /6 { deny all; allow 10.0.0.0/8; }
      location /7 { fastcgi_pass unix:/run/php.sock; }
      location /8 { js_content m.f; }
      location /9 { include unread.conf; }
    }`);
    expect(found.map(({ handler }) => ('status' in handler ? [handler.kind, handler.status] : [handler.kind]))).toEqual(
      [
        ['return', 404],
        ['proxy'],
        ['redirect', 301],
        ['redirect', 302],
        ['deny'],
        ['static'],
        ['proxy'],
        ['unknown'],
        ['unknown'],
      ],
    );
    expect(found[1]!.handler).toMatchObject({
      protocol: 'http',
      target: { scheme: 'https', host: 'a', port: 8443, path: '/base' },
    });
    expect(found[6]!.handler).toMatchObject({
      protocol: 'fastcgi',
      target: { host: 'unix:/run/php.sock', port: undefined },
    });
  });

  test('are preempted by an unconditional return of the server', async () => {
    const found = await routes('server { return 301 https://x; location / { proxy_pass http://a; } }');
    expect(found.map(({ match, preemptedBy }) => [match.kind, preemptedBy?.key])).toEqual([
      ['all', undefined],
      ['prefix', 'return'],
    ]);
  });

  test('name the upstream group, but not one that a port rules out', async () => {
    const text = `upstream app { server 10.0.0.1:80; server unix:/run/a.sock; }
      server { location /1 { proxy_pass http://app/x; } location /2 { proxy_pass http://app:81; } location /3 { proxy_pass http://$u; } }`;
    const found = await routes(text);
    const targets = found.flatMap(({ handler }) => (handler.kind === 'proxy' ? handler.target : []));
    expect(targets.map(({ upstream }) => upstream?.servers.length)).toEqual([2, undefined, undefined]);
    expect(targets[2]!.host).toBe(unknown);
  });
});

describe('request headers', () => {
  const outer = 'proxy_set_header Host $host; proxy_set_header X-A a; proxy_set_header TE "";';

  test('are inherited all or nothing, and the lost ones are known', async () => {
    const [inherits, replaces, nested] = await routes(`http { ${outer}
      server {
        location /1 { proxy_pass http://a; }
        location /2 { proxy_pass http://a; proxy_set_header x-b ""; location /2/3 { proxy_pass http://b; } }
      } }`);
    expect(headersOf(inherits)).toMatchObject({ host: 'set $host', 'x-a': 'set a', te: 'unset ' });
    expect(inherits!.backend!.lost).toEqual([]);
    expect(headersOf(replaces)).toMatchObject({ host: 'set $proxy_host', 'x-b': 'unset ' });
    expect(headersOf(replaces)).not.toHaveProperty('x-a');
    for (const route of [replaces!, nested!]) {
      expect(route.backend!.lost.map(({ name }) => name)).toEqual(['Host', 'X-A']);
      expect(route.backend!.lostBy?.args[0]?.value).toBe('x-b');
    }
    expect(nested!.backend!.setBy?.directive).toBe(replaces!.directive);
  });

  test('have the defaults of the version', async () => {
    const text = 'server { location / { proxy_pass http://a; } }';
    const connection = async (target?: string) => {
      const [route] = await routes(text, target === undefined ? {} : { target });
      return [headersOf(route)['connection'], route!.backend!.httpVersion.value];
    };
    expect(await connection('1.22.1')).toEqual(['set close', '1.0']);
    expect(await connection('1.29.7')).toEqual(['unset ', '1.1']);
    expect(await connection()).toEqual(['set ?', unknown]);
  });

  test('are certain only where nothing unread may add to them', async () => {
    const certainty = async (text: string, level?: Level) =>
      (await routes(text, level ? { level } : {})).map(({ backend }) => backend?.certainty);
    const bare = 'location / { proxy_pass http://a; }';
    const own = 'location / { proxy_pass http://a; proxy_set_header X 1; }';
    expect(await certainty(`http { server { ${bare} } }`)).toEqual(['known']);
    expect(await certainty(`http { include mime.types; server { ${bare} } }`)).toEqual(['known']);
    expect(await certainty(`http { include conf.d/*.conf; server { ${bare} ${own} } }`)).toEqual(['unread', 'known']);
    expect(await certainty(`include modules-enabled/*.conf; http { server { ${bare} } }`)).toEqual(['known']);
    expect(await certainty(`server { ${bare} ${own} }`)).toEqual(['surroundings', 'known']);
    expect(await certainty(`${bare} ${own}`, 'server')).toEqual(['unread', 'known']);
    expect(await certainty('http { server { location / { proxy_pass http://a\n proxy_set_header X 1; } } }')).toEqual([
      'unread',
    ]);
    expect(await certainty('http { server { location / { proxy_pass http://a; {{ x }} } } }')).toEqual(['unread']);
  });
});

describe('the WebSocket state', () => {
  const state = async (settings: string, target = '1.22.1'): Promise<string> => {
    const text = `http { map $http_upgrade $good { default upgrade; '' close; } map $http_upgrade $bad { default close; }
      server { location / { proxy_pass http://a; ${settings} } } }`;
    const [route] = await routes(text, { target });
    const { state, missing } = route!.backend!.websocket;
    return [state, ...missing.map(({ what, value }) => `${what} ${value}`)].join(', ');
  };
  const upgrade = 'proxy_set_header Upgrade $http_upgrade;';
  const version = 'proxy_http_version 1.1;';

  test.each([
    [`${version} ${upgrade} proxy_set_header Connection upgrade;`, 'full'],
    [`${version} ${upgrade} proxy_set_header Connection $good;`, 'full'],
    [`${version} ${upgrade} proxy_set_header Connection $http_connection;`, 'full'],
    [`${version} ${upgrade} proxy_set_header Connection $made_elsewhere;`, 'unknown'],
    [`${version} ${upgrade} proxy_set_header Connection $bad;`, 'partial, connection-header $bad'],
    [`${version} ${upgrade}`, 'partial, connection-header undefined'],
    [`${version} proxy_set_header Connection $good;`, 'partial, upgrade-header undefined'],
    [`${upgrade} proxy_set_header Connection $good;`, 'partial, http-version undefined'],
    [`proxy_http_version 1.0; ${upgrade} proxy_set_header Connection $good;`, 'partial, http-version 1.0'],
    [`${version} proxy_set_header Connection "";`, 'none'],
    ['', 'none'],
    [`${version} ${upgrade} include more.conf;`, 'unknown'],
  ])('of "%s" is %s', async (settings, expected) => {
    expect(await state(settings)).toBe(expected);
  });

  test('needs no version where it is the default', async () => {
    expect(await state(`${upgrade} proxy_set_header Connection upgrade;`, '1.29.7')).toBe('full');
  });
});

describe('TLS settings', () => {
  test('add up on one level and are inherited whole', async () => {
    const { virtualHosts } = await model(`http { ssl_protocols TLSv1.2; ssl_protocols tlsv1;
      server { listen 443 ssl; } server { listen 443 ssl; ssl_protocols TLSv1.3; } }`);
    expect(virtualHosts.map(({ tls }) => tls.protocols.value)).toEqual([['TLSv1', 'TLSv1.2'], ['TLSv1.3']]);
    expect(virtualHosts[0]!.tls.protocolWords.map(({ word }) => word.value)).toEqual(['TLSv1.2', 'tlsv1']);
  });

  test('have the defaults of the version, or of all that are shipped', async () => {
    const text = 'http { server { listen 443 ssl; } }';
    const [host] = (await model(text, { target: '1.24.0' })).virtualHosts;
    expect(host!.tls.protocols.value).toEqual(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']);
    const [any] = (await model(text)).virtualHosts;
    expect(any!.tls.protocols.value).toBe(unknown);
    expect(any!.tls.defaults).toHaveLength(3);
    const [fragment] = (await model('server { listen 443 ssl; }')).virtualHosts;
    expect(fragment!.tls.defaults).toEqual([]);
  });

  test('of the http level are kept for servers that were not seen', async () => {
    expect((await model('http { include sites/*; ssl_protocols TLSv1; server { listen 80; } }')).outerTls).toHaveLength(
      1,
    );
    expect((await model('http { ssl_protocols TLSv1; server { listen 80; } }')).outerTls).toEqual([]);
  });
});

describe('the settings in force on a level', () => {
  const values = async (text: string, key: string): Promise<string[]> => {
    const found = await routes(`http { ${text} }`);
    return found
      .at(-1)!
      .scope.effective(key)
      .map(({ args }) => args.map(({ value }) => value).join(' '));
  };

  test('are those of the nearest level, by the inheritance of the directive', async () => {
    const nested = (inner: string): string =>
      `root /a; index x; add_header A 1; server { error_page 404 /e; try_files $uri =404; location / { ${inner} } }`;
    expect(await values(nested(''), 'root')).toEqual(['/a']);
    expect(await values(nested('alias /b;'), 'root')).toEqual([]);
    expect(await values(nested(''), 'try_files')).toEqual([]);
    expect(await values(nested('error_page 500 /f; error_page 502 /g;'), 'error_page')).toEqual(['500 /f', '502 /g']);
    expect(await values(nested('add_header B 2;'), 'add_header')).toEqual(['B 2']);
    expect(await values('deny all; server { location / { allow 10.0.0.1; } }', 'deny')).toEqual([]);
  });

  test.each([
    ['add_header B 2;', ['B 2']],
    ['add_header_inherit merge; add_header B 2;', ['B 2', 'A 1']],
    ['add_header_inherit off;', []],
    ['add_header_inherit merge;', ['A 1']],
  ])('follow add_header_inherit: %s', async (inner, expected) => {
    expect(await values(`add_header A 1; server { location / { ${inner} } }`, 'add_header')).toEqual(expected);
  });
});
