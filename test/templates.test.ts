import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SourceFile } from '../src/text/source.ts';
import { readTemplate } from '../src/text/template/mask.ts';
import { asWritten, isTemplated } from '../src/text/template/placeholder.ts';
import { lintText } from '../src/lint/text.ts';
import { cpuTimeOf } from './helpers/cpu-time.ts';

const found = async (path: string, text: string): Promise<string[]> =>
  (await lintText(text, { path })).findings.map(
    ({ rule, place, message }) => `${place.file.positionAt(place.start).line} ${rule}: ${message}`,
  );

/** The code with each placeholder as `¤`, and white space folded. */
const codeOf = (text: string, path = 'x.conf'): string =>
  (readTemplate(text, path, false)?.code ?? text)
    .replace(/\$[\uE000-\uF7FF]+/g, '¤')
    .replace(/\s+/g, ' ')
    .trim();

describe('the code of a template', () => {
  test.each([
    ['Jinja', 'listen {{ port }};', 'listen ¤;'],
    ['ERB', 'listen <%= @port %>;', 'listen ¤;'],
    ['Go', 'listen {{ .Port }};', 'listen ¤;'],
    ['Handlebars', 'listen {{port}};', 'listen ¤;'],
    ['a tag within a word', 'root /srv/{{ name }}/www;', 'root /srv/¤/www;'],
    ['quotes within a tag', `return 200 "<%= x ? '"a"' : '"b"' %>";`, 'return 200 "¤";'],
    ['the first branch', 'a {% if x %}1 2{% elif y %}2{% else %}3{% endif %};', 'a 1 2 ;'],
    ['a choice between words', 'gzip {% if x %}on{% elif y %}on{% else %}off{% endif %};', 'gzip ¤;'],
    ['a choice within a word', 'proxy_pass {{ if .T }}http{{ else }}https{{ end }}://b;', 'proxy_pass ¤://b;'],
    ['a choice of ERB', 'Options <% if @x %>+Indexes<% else %>-Indexes<% end %>', 'Options ¤'],
    ['a word that may be missing', 'listen 80{% if x %}80{% else %}{% endif %};', 'listen 80 80 ;'],
    [
      'a tag that is all that a block holds',
      `{% set x = 1 %}location / { {{ 'a; b;' if x else 'c;' }} }`,
      'location / { ¤; }',
    ],
    ['nested alternatives', '{% if x %}a;{% else %}{% if y %}b;{% else %}c;{% endif %}{% endif %}d;', 'a; d;'],
    ['ERB branches', '<% if x -%>a;<% elsif y -%>b;<% else -%>c;<% end -%>', 'a;'],
    ['ERB loops', '<% hosts.each do |host| -%>a <%= host %>;<% end -%>', 'a ¤;'],
    ['Puppet', '<% if $x { -%>a;<% } else { -%>b;<% } -%>', 'a;'],
    ['Ruby case', '<% case x %><% when 1 %>a;<% when 2 %>b;<% end %>', 'a;'],
    ['Go branches', '{{ if .X }}a;{{ else if .Y }}b;{{ else }}c;{{ end }}{{ range .Z }}d;{{ end }}', 'a; d;'],
    ['Go definitions', '{{ define "x" }}a;{{ end }}b;{{ define "y" }}c{{ end }}', 'b;'],
    ['Handlebars branches', '{{#if x}}a;{{else}}b;{{/if}}', 'a;'],
    ['comments', '{% set x = 1 %}{# c #}<%# c %>a;', 'a;'],
    ['Go comments', '{{/* one\n  {{ two */}}\na;', 'a;'],
    ['comments of several lines', '{# one\n two #}\nserver {\n  {# three\n four #}\n}', 'server { }'],
  ])('of %s', (_, text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  test.each([
    ['Lua', 'content_by_lua_block { x = {{1, 2}, {3}} }'],
    ['JSON', `log_format json '{"a":{"b":"$x"}}';`],
    ['blocks on one line', 'server { location / { return 200; }}'],
    ['doubled braces', 'location / {{ return 200; }}'],
    ['a block of one word', 'events {EVENTS}\nhttp { }'],
    ['a variable of httpd without its sign', 'RewriteRule .* ws://localhost/{REQUEST_URI} [P]'],
    ['a table of Lua', 'x = f({NAME})'],
  ])('leaves %s alone', (_, text) => {
    expect(readTemplate(text, 'nginx.conf', false)).toBeUndefined();
  });

  test('of names between dashes', () => {
    const text = 'client_max_body_size --max_size--;\n# ---- times ----\nproxy_read_timeout --timeout--;\n';
    expect(codeOf(text, 'nginx.conf')).toBe('client_max_body_size ¤; # ---- times ---- proxy_read_timeout ¤;');
    expect(asWritten(readTemplate(text, 'nginx.conf', false)!.code)).toBe(text);
  });

  test('of names in capitals in braces, in a statement of nginx', () => {
    const text = 'server_tokens   {EXPOSE_INFO};\nlisten {HOST}:{PORT} ssl; # {x}\nroot /srv/{NAME}/www;\n';
    expect(codeOf(text, 'nginx.conf')).toBe('server_tokens ¤; listen ¤:¤ ssl; # {x} root /srv/¤/www;');
    expect(asWritten(readTemplate(text, 'nginx.conf', false)!.code)).toBe(text);
  });

  test('of names between signs of percent, as of hosting panels', () => {
    const text = 'listen %ip%:%port% ssl;\n  %more_lines%\nroot %home%/%user%/www;\nreturn 301 /%C3%BC;\n';
    expect(codeOf(text, 'nginx.conf')).toBe('listen ¤:¤ ssl; root ¤/¤/www; return 301 /%C3%BC;');
    expect(asWritten(readTemplate(text, 'nginx.conf', false)!.code.split('\n')[0]!)).toBe('listen %ip%:%port% ssl;');
    expect(readTemplate('if ($args ~ "%only%") { return 403; }', 'nginx.conf', false)).toBeUndefined();
    expect(readTemplate('LogFormat "%h %l %u %t \\"%r\\" %>s %b" common', 'httpd.conf', false)).toBeUndefined();
  });

  test.each([
    ['the default of a shell', 'fastcgi_buffers ${BUFFERS:-256 32k};', 'fastcgi_buffers ¤;'],
    ['names between double signs', 'Listen @@Port@@', 'Listen ¤'],
    ['options of buildout', 'Listen ${hosts:address}:${ports:httpd}', 'Listen ¤:¤'],
  ])('of %s, whatever the name of the file', (_, text, code) => {
    expect(codeOf(text, 'httpd.conf')).toBe(code);
    expect(asWritten(readTemplate(text, 'httpd.conf', false)!.code)).toBe(text);
    expect(readTemplate(`# ${text}\nListen 80\n`, 'httpd.conf', false)).toBeUndefined();
  });

  test('of a variable in capitals on a line of its own', () => {
    const text = 'application hls {\n    ${VARIANTS}\n}\n';
    expect(codeOf(text, 'nginx.conf')).toBe('application hls { ¤; }');
    expect(readTemplate('listen ${PORT};\n', 'nginx.conf', false)).toBeUndefined();
  });

  test('of names in braces behind a sign of percent, where the name tells of a template', () => {
    const text = 'root %{path}/www;\n%{is_old}  ssl on;\n%{more}\n';
    expect(codeOf(text, 'site.conf.tpl')).toBe('root ¤/www; ssl on; ¤;');
    expect(asWritten(readTemplate(text, 'site.conf.tpl', false)!.code.split('\n')[0]!)).toBe('root %{path}/www;');
    expect(readTemplate(text, 'site.conf', false)).toBeUndefined();
    expect(readTemplate('LogFormat "%{cookie}n %{User-Agent}i" x', 'httpd.conf.tpl', false)).toBeUndefined();
  });

  test('of names in braces behind a dollar, as of Smarty', () => {
    const text = 'ServerName {$vh.name}\n{$vh.more}\n';
    expect(codeOf(text, 'vhost.tpl')).toBe('ServerName ¤ ¤');
    expect(asWritten(readTemplate('ServerName {$vh.name}', 'vhost.tpl', false)!.code)).toBe('ServerName {$vh.name}');
    expect(readTemplate(text, 'vhost.conf', false)).toBeUndefined();
  });

  test('of lookups of httpd nothing', () => {
    const text = 'RewriteMap hosts txt:/etc/hosts\nRewriteRule ^ ${hosts:main}/${hosts:other}\n';
    expect(readTemplate(text, 'httpd.conf', false)).toBeUndefined();
  });

  test('of an alternative that is but a comment', () => {
    expect(codeOf('{% if x %}\n# Nothing.\n{% else %}\na;\n{% endif %}')).toBe('# Nothing. a;');
  });

  test('of comments of several lines behind other comments', () => {
    expect(codeOf('#\n# {{ managed }}\n#\n{# one\n two; #}\nserver { }', 'site.j2')).toBe('# # ¤ # server { }');
    expect(codeOf('server { {# one\n two; #} }', 'site.conf.jinja')).toBe('server { }');
  });

  test('of what a script fills in, where the name tells of one', () => {
    const text = 'listen ${PORT} ssl;\nEXTRA_LINES\n@MORE@\nroot /srv/${NAME};\n';
    expect(codeOf(text, 'site.conf.template')).toBe('listen ¤ ssl; root /srv/¤;');
    expect(readTemplate(text, 'site.conf', false)).toBeUndefined();
    expect(asWritten(readTemplate(text, 'site.conf.template', false)!.code.split('\n')[0]!)).toBe(
      'listen ${PORT} ssl;',
    );
  });

  test.each([
    'proxy_pass ${the address of it};',
    'proxy_pass {the address of it};',
    'proxy_pass [the address of it];',
    'proxy_pass <the address of it>;',
  ])('of %s in a document', (text) => {
    const code = readTemplate(text, 'x.md', true)!.code;
    expect(code).toMatch(/^proxy_pass \$[\uE000-\uF7FF]+;$/);
    expect(asWritten(code)).toBe(text);
  });

  test('is as long as the text, with the same lines', () => {
    const pieces = [
      '{{',
      '}}',
      '{%',
      '%}',
      '<%',
      '%>',
      '<%=',
      'if x',
      'else',
      'end',
      'endif',
      'é',
      '漢',
      '\n',
      ' ',
      'a;',
      '{#',
      '#}',
      '...',
    ];
    const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(soup, fc.boolean(), (text, isDocument) => {
        const { code, gaps } = readTemplate(text, 'x.erb', isDocument) ?? { code: text, gaps: [] };
        expect(code).toHaveLength(text.length);
        for (const { start, end } of gaps) expect(text.slice(start, end)).not.toBe('');
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ['tags that are never closed', '<%'],
    ['comments that are never closed', '{# '],
    ['tags on one line', '{{ x }} '],
    ['tags on lines of their own', '{{ x }}\n'],
    ['tags behind comments', '# a\n{% if x %}\n{{ x }}\n{% endif %}\n'],
    ['blocks', 'a {\n{{ x }}\n}\n'],
  ])('takes linear time on %s', async (_, piece) => {
    const timeOf = (count: number): Promise<number> =>
      cpuTimeOf(() => lintText(piece.repeat(count), { path: 'nginx.conf.erb', dialect: 'nginx', rules: {} }));
    await timeOf(500);
    const small = await timeOf(1000);
    expect(await timeOf(8000)).toBeLessThan(32 * Math.max(small, 20));
  });

  test('is read back as it is written', () => {
    const { code } = new SourceFile('x.erb', 'server_name <%= @a %> {{ b }};\n<%= @rest %>\n');
    expect(isTemplated(code)).toBe(true);
    const [name, ...rest] = code.split('\n')[1]!.split(';');
    expect(asWritten(code.split('\n')[0]!)).toBe('server_name <%= @a %> {{ b }};');
    expect([asWritten(name!), ...rest]).toEqual(['<%= @rest %>', '']);
  });
});

describe('a template', () => {
  test('of nginx is judged by what is certain', async () => {
    const text = `{{ upstreams }}
server {
    listen {{ ip }}:{{ port }} ssl;
    server_name {{ name }};
    {% if old %}
    ssl_protocols TLSv1 TLSv1.2;
    {% else %}
    ssl_protocols TLSv1.3;
    {% endif %}
    location {{ path }} {
        proxy_pass http://{{ backend }};
        {{ headers }}
    }
    location /b {
        proxi_pass http://b;
    }
}
`;
    expect(await found('site.conf.j2', text)).toEqual([
      '6 weak-tls-protocol: "ssl_protocols" enables TLSv1 here; keep only TLSv1.2 and TLSv1.3.',
      '15 unknown-directive: The directive "proxi_pass" does not exist. Did you mean "proxy_pass"?',
    ]);
  });

  test('of httpd is judged by what is certain', async () => {
    const text = `<VirtualHost *:443>
  ServerName <%= @name %>
  <%- @settings.each_pair do |key, value| -%>
  <%= key %> <%= value %>
  <%- end -%>
  SSLEngine <%= @tls ? 'on' : 'off' %>
  SSLProtocol all -SSLv3
  <%= @more %>
  RewriteEngine On
  RewriteRule ^/<%= @path %>/(.*) https://<%= @other %>/$1 [R,L]
  RewriteRule ^/x/(.*) https://x.example.com/$1 [R,L]
  ProxyPass / http://localhost:3000/
</VirtualHost>
`;
    expect(await found('site.conf.erb', text)).toEqual([
      '7 weak-tls-protocol: "SSLProtocol" enables TLSv1 and TLSv1.1 here; keep only TLSv1.2 and TLSv1.3.',
    ]);
  });

  test('shows its tags in messages and fixes as they are written', async () => {
    const text = 'server {\n    location /a {\n        alias {{ dir }}/;\n    }\n}\n';
    const { findings } = await lintText(text, { path: 'site.conf' });
    expect(findings.map(({ message }) => message)).toEqual([expect.stringContaining('{{ dir }}/')]);
    expect(
      JSON.stringify(
        findings.map(({ fix, witness, related }) => [fix?.title, witness, related.map(({ message }) => message)]),
      ),
    ).not.toMatch(/[\uE000-\uF7FF]/);
  });
});

describe('a document', () => {
  const server = 'server {\n    listen 443 ssl;\n    ssl_protocols TLSv1;\n}';

  test('in reStructuredText has its blocks indented', async () => {
    const text = `Title\n-----\n\nSome prose; with signs {.\n\n.. code-block:: nginx\n   :linenos:\n\n   ${server.replaceAll('\n', '\n   ')}\n\nMore prose::\n\n   ${server.replaceAll('\n', '\n   ')}\n\nEnd.\n`;
    expect((await found('a.rst', text)).map((line) => line.split(':')[0])).toEqual([
      '3 weak-tls-protocol',
      '3 weak-tls-protocol',
    ]);
  });

  test('in AsciiDoc has its blocks between lines', async () => {
    const text = `== Title\n\n[source,nginx]\n----\n${server}\n----\n\nProse.\n`;
    expect((await found('a.adoc', text)).map((line) => line.split(':')[0])).toEqual(['3 weak-tls-protocol']);
  });

  test('may leave something out, or to the reader', async () => {
    const text = `\`\`\`nginx\nserver {\n    ...\n    server_name <your name>;\n    root /srv/{name}/www;\n    proxy_set_header X {ip}:80;\n    location / { ... }\n    listen 443 ssl;\n    ssl_protocols TLSv1;\n}\n\`\`\`\n\n\`\`\`nginx\nserver {\n    listen 80;\n    ...\n\`\`\`\n\n\`\`\`apache\n<VirtualHost *:443>\n\`\`\`\n`;
    expect((await found('a.md', text)).map((line) => line.split(':')[0])).toEqual(['8 weak-tls-protocol']);
  });

  test('shows what it leaves to the reader as it is written, and leaves the variables of the servers alone', () => {
    const codeOfDocument = (text: string): string =>
      new SourceFile('a.md', text, { path: 'a.md', text, offset: 0, kind: 'document' }).code;
    for (const text of ['root /srv/{name}/www;', 'server <your name>:80;', 'listen {ip}:80;']) {
      expect(isTemplated(codeOfDocument(text))).toBe(true);
      expect(asWritten(codeOfDocument(text))).toBe(text);
    }
    for (const text of ['RewriteRule ^/a https://%{HTTP_HOST}/b [R,L]', 'return 301 https://${host}/a;'])
      expect(codeOfDocument(text)).toBe(text);
  });

  test('may write a config by a shell command', async () => {
    const text = `\`\`\`sh\nsudo tee /etc/nginx/a.conf > /dev/null <<'EOF'\n${server}\nEOF\nsudo nginx -s reload\n\`\`\`\n`;
    expect((await found('a.md', text)).map((line) => line.split(':')[0])).toEqual(['3 weak-tls-protocol']);
  });
});

describe('what a script fills in is not judged', () => {
  test.each([
    ['an address', 'server { listen 80; server_name a; location /m { allow ${A}; deny ${B}; stub_status; } }'],
    ['a port', 'server { listen ${PORT} ssl; server_name a; ssl_certificate a.crt; ssl_certificate_key a.key; }'],
    ['a path', 'location ^~ ${URL} { root /srv/www; location = /nextcloud/robots.txt { access_log off; } }'],
    ['a line', 'server {\n  listen 80;\n  SSL_CONFIG\n  root /srv;\n}'],
  ])('%s', async (_, text) => {
    expect((await found('site.conf.template', text)).filter((line) => !/missing-|tokens/.test(line))).toEqual([]);
  });

  test('but a list that turns all others away is none that is open', async () => {
    const text = (last: string): string =>
      `server { listen 80; server_name a; location /m { allow $\{A}; ${last} all; stub_status; } }`;
    const rules = async (last: string): Promise<string[]> => found('site.conf.template', text(last));
    expect((await rules('allow')).join()).toContain('status-page-exposed');
    expect((await rules('deny')).join()).not.toContain('status-page-exposed');
  });
});
