/** The address of the connection, what stands between it and the location, and what is not told. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Config } from '../src/syntax/config.ts';
import { loadTracer, lower } from '../src/servers/index.ts';
import type { Tracer } from '../src/servers/server.ts';
import { SourceFile } from '../src/text/source.ts';
import { parseApache } from '../src/parsers/apache/parse.ts';
import { parseNginx } from '../src/parsers/nginx/parse.ts';
import { parseRequest, type RequestOptions } from '../src/model/request.ts';
import type { Outcome, Trace, TraceRequest } from '../src/model/trace.ts';

interface Asked extends Partial<RequestOptions> {
  readonly method?: string;
}

const tracers: Partial<Record<'nginx' | 'apache', Tracer>> = {};

beforeAll(async () => {
  for (const dialect of ['nginx', 'apache'] as const) tracers[dialect] = (await loadTracer(dialect))!;
});

function traced(dialect: 'nginx' | 'apache', text: string, url: string, asked: Asked = {}): Trace {
  const file =
    dialect === 'nginx'
      ? parseNginx(new SourceFile('nginx.conf', text))
      : parseApache(new SourceFile('httpd.conf', text));
  const level = dialect === 'nginx' ? 'http' : 'server';
  const complete = dialect === 'apache';
  const config: Config = { dialect, file, files: [file], level, complete, serversComplete: complete };
  const { method = 'GET', ...options } = asked;
  const request = parseRequest(method, url, {
    headers: [],
    from: '127.0.0.1',
    bodySize: 0,
    ...options,
  }) as TraceRequest;
  return tracers[dialect]!({ config, model: lower(config, {}), targets: {} }, request, () => 'missing');
}

function brief(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'response':
      return `${outcome.status} ${outcome.body ?? outcome.location ?? ''}`.trim();
    case 'proxy':
      return `proxy ${outcome.backend}`;
    case 'static':
      return outcome.file;
    default:
      return outcome.kind;
  }
}

describe('nginx', () => {
  const two = `server { listen 127.0.0.2:81; return 200 two; }
server { listen 81; server_name a.test; return 200 any; }
server { listen [::1]:82; return 200 six; }
server { listen 83 ssl; server_name a.test; ssl_verify_client on; error_page 497 =200 /plain; location = /plain { return 200 plain; } }
server { listen 83 ssl; server_name r.test; ssl_reject_handshake on; }
server { listen 84 proxy_protocol; }`;

  test.each([
    ['http://127.0.0.2:81/', '200 two'],
    ['http://127.0.0.1:81/', '200 any'],
    ['http://a.test:81/', 'unknown'],
    ['http://[::1]:82/', '200 six'],
    ['http://127.0.0.1:82/', 'refused'],
    ['http://127.0.0.1:9/', 'refused'],
    ['https://127.0.0.1:81/', 'closed'],
    ['http://a.test:83/', '200 plain'],
    ['https://a.test:83/', '400'],
    ['https://r.test:83/', 'closed'],
    ['http://127.0.0.1:84/', 'closed'],
  ])('%s: %s', (url, expected) => {
    expect(brief(traced('nginx', two, url).outcome)).toBe(expected);
  });

  test('--to names the address, and all answers are named without it', () => {
    expect(brief(traced('nginx', two, 'http://a.test:81/', { to: '127.0.0.2' }).outcome)).toBe('200 two');
    const { outcome } = traced('nginx', two, 'http://a.test:81/');
    expect(outcome.kind === 'unknown' && outcome.reason).toMatch(/127\.0\.0\.2:81 answers 200; \*:81 answers 200/);
  });

  test.each([
    ['modsecurity on;', 'unknown'],
    ['modsecurity off;', '200 ok'],
    ['some_new_directive x;', 'unknown'],
    ['brotli on; limit_req zone=z;', '200 ok'],
    ['lua_package_path "/x";', '200 ok'],
  ])('%s', (line, expected) => {
    expect(brief(traced('nginx', `server { listen 80; ${line} return 200 ok; }`, 'http://127.0.0.1/').outcome)).toBe(
      expected,
    );
  });

  test('a handler that is not traced hides only what comes after it', () => {
    const text =
      'server { listen 80; location / { content_by_lua_block { x } } location /r { content_by_lua_block { x } return 200 r; } }';
    expect(brief(traced('nginx', text, 'http://127.0.0.1/').outcome)).toBe('unknown');
    expect(brief(traced('nginx', text, 'http://127.0.0.1/r').outcome)).toBe('200 r');
  });

  test.each([
    ['10.1.1.1', '200 10.1.1.1'],
    ['9.9.9.9, 127.0.0.1', '200 9.9.9.9'],
    ['x', '200 127.0.0.1'],
  ])('the address that a trusted proxy names: %s', (value, expected) => {
    const text =
      'set_real_ip_from 127.0.0.1; real_ip_header X-Forwarded-For; real_ip_recursive on; server { listen 80; return 200 $remote_addr; }';
    const { outcome } = traced('nginx', text, 'http://127.0.0.1/', { headers: [`X-Forwarded-For: ${value}`] });
    expect(brief(outcome)).toBe(expected);
  });

  test.each([
    ['return 204;', 'proxy 127.0.0.1:1'],
    ['return 403;', '403'],
    ['return 302 /x;', '500'],
    ['proxy_pass http://127.0.0.1:2;', 'unknown'],
    ['deny all; return 200;', 'proxy 127.0.0.1:1'],
  ])('auth_request to a location with %s', (body, expected) => {
    const text = `server { listen 80; location / { auth_request /a; proxy_pass http://127.0.0.1:1; } location = /a { ${body} } }`;
    expect(brief(traced('nginx', text, 'http://127.0.0.1/').outcome)).toBe(expected);
  });
});

describe('httpd', () => {
  const main = `LoadModule alias_module a
Listen 81
Listen 127.0.0.1:82
<IfModule ssl_module>
Listen 443
</IfModule>
ServerName main.test
Redirect /main http://main/
<VirtualHost 127.0.0.2:81>
Redirect / http://two/
</VirtualHost>
<VirtualHost *:82>
Redirect / http://any/
</VirtualHost>`;

  test.each([
    ['http://127.0.0.2:81/main', '302 http://two/main'],
    ['http://127.0.0.1:81/main', '302 http://main/'],
    ['http://a.test:81/main', 'unknown'],
    ['http://a.test:82/', '302 http://any/'],
    ['http://127.0.0.2:82/', 'refused'],
    ['http://127.0.0.1:443/', 'refused'],
    ['https://127.0.0.1:82/', 'closed'],
  ])('%s: %s', (url, expected) => {
    expect(brief(traced('apache', main, url).outcome)).toBe(expected);
  });

  test.each([
    ['AllowMethods GET', 'PUT', '405'],
    ['AllowMethods HEAD', 'GET', '404'],
    ['<Limit PUT>\nRequire all denied\n</Limit>', 'PUT', '403'],
    ['<Limit PUT>\nRequire all denied\n</Limit>', 'GET', '404'],
    ['SSLRequireSSL', 'GET', '403'],
    ['LimitRequestBody 3', 'PUT', '413'],
    ['LuaHookFixups a b', 'GET', 'unknown'],
  ])('%s for %s', (line, method, expected) => {
    const text = `LoadModule alias_module a\nListen 80\nServerRoot /s\nDocumentRoot /d\n<Location />\n${line}\n</Location>`;
    expect(brief(traced('apache', text, 'http://127.0.0.1/x', { method, bodySize: 5 }).outcome)).toBe(expected);
  });
});
