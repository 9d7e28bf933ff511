import { describe, expect, test } from 'vitest';

import { lower } from '../../../src/servers/index.ts';
import { unknown, type Model, type Route, type VirtualHost } from '../../../src/model/model.ts';
import { parseVersion } from '../../../src/model/versions.ts';
import { configOf } from '../../helpers/lint.ts';

async function modelOf(text: string, target?: string): Promise<Model> {
  const config = await configOf({ path: 'site.conf', text, dialect: 'apache' });
  const version = target === undefined ? undefined : parseVersion(target);
  return lower(config, version ? { apache: version } : {});
}

async function hostOf(lines: string, target?: string): Promise<VirtualHost> {
  const model = await modelOf(`<VirtualHost *:443>\n${lines}\n</VirtualHost>\n`, target);
  return model.virtualHosts[0]!;
}

async function routeOf(lines: string, target?: string): Promise<Route> {
  const { routes } = await hostOf(lines, target);
  return routes.find(({ handler }) => handler.kind === 'proxy')!;
}

function headerOf(route: Route, name: string): string | undefined {
  const header = route.backend?.headers.get(name);
  return header && `${header.action} ${header.value === unknown ? '?' : header.value}`;
}

describe('virtual hosts', () => {
  test('have listeners, names and a default', async () => {
    const model = await modelOf(`
<VirtualHost *:80 10.0.0.1:8080>
  ServerName https://www.example.com:443
  ServerAlias *.example.com example.* a?b.example.com
</VirtualHost>
<VirtualHost _default_:80>
  ServerName other.example.com
</VirtualHost>
`);
    expect(model.listeners.map(({ address, port, virtualHosts }) => [address, port, virtualHosts.length])).toEqual([
      ['*', 80, 2],
      ['10.0.0.1', 8080, 1],
    ]);
    expect(model.listeners[0]!.defaultHost).toBe(model.virtualHosts[0]);
    expect(model.virtualHosts[0]!.names.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'exact www.example.com',
      'leading-wildcard *.example.com',
      'trailing-wildcard example.*',
      'wildcard a?b.example.com',
    ]);
    expect(model.virtualHosts[0]!.overTls).toBe(unknown);
    expect(model.virtualHosts[1]!.overTls).toBe(false);
  });

  test('are those of a macro where it is used, and take the place of variables', async () => {
    const model = await modelOf(`
Define DOMAIN example.com
<Macro Host $name $port>
  <VirtualHost *:80>
    ServerName $name.example.com
    ServerAlias www.\${DOMAIN} \${UNSET}
    ProxyPass / http://127.0.0.1:$port/
  </VirtualHost>
</Macro>
Use Host app 8080
`);
    const [host] = model.virtualHosts;
    expect(host!.names.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'exact app.example.com',
      'exact www.example.com',
      'unknown ${UNSET}',
    ]);
    expect(host!.routes[0]!.handler).toMatchObject({ kind: 'proxy', target: { host: '127.0.0.1', port: 8080 } });
  });
});

describe('TLS versions', () => {
  test.each([
    ['all -SSLv3 -TLSv1 -TLSv1.1', ['TLSv1.2', 'TLSv1.3']],
    ['TLSv1.2 TLSv1.3', ['TLSv1.3']],
    ['-all +tlsv1.2', ['TLSv1.2']],
    ['-SSLv3', []],
    ['all', ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']],
    ['${PROTOCOLS}', unknown],
  ])('SSLProtocol %s', async (words, expected) => {
    const { tls } = await hostOf(`SSLEngine on\nSSLProtocol ${words}`);
    expect(tls.enabled).toBe(true);
    expect(tls.protocols.value).toEqual(expected);
  });

  test('of old servers include SSLv3', async () => {
    const { tls } = await hostOf('SSLEngine on\nSSLProtocol all', '2.4.10');
    expect(tls.protocols.value).toEqual(['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2']);
  });

  test('name the word that switched each one on', async () => {
    const { tls } = await hostOf('SSLEngine on\nSSLProtocol all -TLSv1 +TLSv1.1');
    expect(tls.protocolWords.map(({ version, word }) => `${version} ${word.value}`)).toEqual([
      'TLSv1.1 +TLSv1.1',
      'TLSv1.2 all',
      'TLSv1.3 all',
    ]);
  });
});

describe('routes', () => {
  test('come from mappings, sections and rules in the order of the file', async () => {
    const { routes } = await hostOf(`
ProxyPass /static !
ProxyPass /app balancer://pool/app
<Proxy balancer://pool>
  BalancerMember http://10.0.0.1:8080
</Proxy>
RewriteEngine On
RewriteCond %{HTTP:Upgrade} =websocket [NC]
RewriteRule ^/ws/(.*) wss://10.0.0.2/$1 [P,L]
RewriteRule ^/gone - [G]
Redirect permanent /old https://example.com/new
Alias /files /srv/files
<LocationMatch "^/api/v\\d">
  ProxyPass http://10.0.0.3:81/api
</LocationMatch>
<FilesMatch "\\.php$">
  SetHandler "proxy:unix:/run/php.sock|fcgi://localhost/"
</FilesMatch>`);
    const shown = routes.map(({ directive, match, handler }) => {
      const what = handler.kind === 'proxy' ? `${handler.protocol} ${String(handler.target.host)}` : handler.kind;
      return `${directive.name.value} ${match.kind} ${match.pattern}: ${what}`;
    });
    expect(shown).toEqual([
      'ProxyPass prefix /static: static',
      'ProxyPass prefix /app: http pool',
      'RewriteRule regex ^/ws/(.*): websocket 10.0.0.2',
      'RewriteRule regex ^/gone: return',
      'Redirect prefix /old: redirect',
      'Alias prefix /files: static',
      'LocationMatch regex ^/api/v\\d: http 10.0.0.3',
      'FilesMatch condition \\.php$: fastcgi unix:/run/php.sock',
    ]);
    expect(routes[2]!.conditions).toHaveLength(1);
  });

  test('are inherited from the main server before those of the host', async () => {
    const model = await modelOf(`
<VirtualHost *:80>
  ProxyPass /b http://127.0.0.1:2/
</VirtualHost>
ProxyPass /a http://127.0.0.1:1/
RewriteEngine On
RewriteRule ^/rule http://127.0.0.1:3/ [P]
`);
    expect(model.virtualHosts[0]!.routes.map(({ match }) => match.pattern)).toEqual(['/a', '/b']);
  });

  test('are preempted by a rule that redirects everything', async () => {
    const { routes } = await hostOf(
      'RewriteEngine On\nRewriteRule ^ https://x%{REQUEST_URI} [R]\nProxyPass / http://127.0.0.1/',
    );
    expect(routes[1]!.preemptedBy).toBe(routes[0]!.directive);
  });
});

describe('request headers at the backend', () => {
  test('are those that httpd adds by itself', async () => {
    const route = await routeOf('ProxyPass / http://10.0.0.1:8080/');
    expect(headerOf(route, 'host')).toBe('set 10.0.0.1:8080');
    expect(headerOf(route, 'x-forwarded-for')).toBe('append %{REMOTE_ADDR}');
    expect(headerOf(route, 'x-forwarded-proto')).toBeUndefined();
  });

  test('change with ProxyPreserveHost and ProxyAddHeaders', async () => {
    const route = await routeOf('ProxyPreserveHost On\nProxyAddHeaders Off\nProxyPass / http://10.0.0.1/');
    expect(headerOf(route, 'host')).toBe('set %{HTTP_HOST}');
    expect(headerOf(route, 'x-forwarded-for')).toBeUndefined();
  });

  test('are merged from server, host, Proxy, Location and If', async () => {
    const model = await modelOf(`
RequestHeader set X-A server
RequestHeader set X-B server
<VirtualHost *:80>
  RequestHeader set X-B host
  <Location />
    RequestHeader set X-C location
    RequestHeader append X-B more
  </Location>
  <Location /other>
    RequestHeader set X-A other
  </Location>
  <Proxy http://10.0.0.1/*>
    RequestHeader set X-C proxy
    RequestHeader set X-D proxy
  </Proxy>
  <If "true">
    RequestHeader set X-E if
  </If>
  RequestHeader unset X-F
  RequestHeader set X-G early early
  RequestHeader unset X-G
  ProxyPass / http://10.0.0.1/
</VirtualHost>
`);
    const route = model.virtualHosts[0]!.routes.find(({ directive }) => directive.key === 'proxypass')!;
    const names = ['x-a', 'x-b', 'x-c', 'x-d', 'x-e', 'x-f', 'x-g'];
    expect(names.map((name) => headerOf(route, name))).toEqual([
      'set server',
      'set ?',
      'set location',
      'set proxy',
      'set ?',
      'unset ',
      'unset ',
    ]);
  });

  test('are unknown where a definition decides', async () => {
    const route = await routeOf('<IfDefine TLS>\nRequestHeader set X-A b\n</IfDefine>\nProxyPass / http://10.0.0.1/');
    expect(headerOf(route, 'x-a')).toBe('set ?');
  });
});

describe('conditional containers', () => {
  test.each([
    ['<IfVersion >= 2.4>', undefined, 'set b'],
    ['<IfVersion < 2.4>', undefined, undefined],
    ['<IfVersion >= 2.4.30>', undefined, 'set ?'],
    ['<IfVersion >= 2.4.30>', '2.4.29', undefined],
    ['<IfVersion !< 2.4>', '2.4.29', 'set b'],
    ['<IfModule mod_headers.c>', undefined, 'set b'],
    ['<IfModule headers_module>', undefined, 'set b'],
    ['<IfModule mod_ssl.c>', undefined, 'set ?'],
    ['<IfModule !mod_headers.c>', undefined, 'set ?'],
  ])('%s for %s', async (open, target, expected) => {
    const close = /^<(\w+)/.exec(open)![1]!;
    const route = await routeOf(`${open}\nRequestHeader set X-A b\n</${close}>\nProxyPass / http://10.0.0.1/`, target);
    expect(headerOf(route, 'x-a')).toBe(expected);
  });

  test('hold for a name that the config defines', async () => {
    const route = await routeOf(
      'Define TLS\n<IfDefine TLS>\nRequestHeader set X-A b\n</IfDefine>\nProxyPass / http://10.0.0.1/',
    );
    expect(headerOf(route, 'x-a')).toBe('set b');
  });
});

test('lowers junk without throwing', async () => {
  const junk =
    '<VirtualHost>\nProxyPass\nRewriteRule\nRedirect\n<Location>\nProxyPass\nRequestHeader\nBalancerMember\nSSLProtocol\nServerAlias\n<Macro>\nUse\nDefine\n<IfVersion>\n<IfDefine>\n<IfModule>\nAlias';
  const model = await modelOf(junk);
  expect(model.virtualHosts).toHaveLength(1);
});
