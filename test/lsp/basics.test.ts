import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  CodeAction,
  CompletionItem,
  CompletionList,
  DocumentDiagnosticReport,
  DocumentSymbol,
  FoldingRange,
  Hover,
} from 'vscode-languageserver-protocol';
import { expect, test } from 'vitest';
import { folder } from '../helpers/run-cli.ts';
import { sslhDescription } from '../../src/servers/sslh/facts/descriptions.ts';
import { settings } from '../../src/servers/sslh/facts/table.gen.ts';
import { marked, startClient } from './client.ts';

/** For machines with other work. */
const patient = { timeout: 20_000 };

const site = `server {
    listen 80;
    server_name example.org;
    location / {
        proxy_pass http://127.0.0.1:3000;
        proxy_set_header Host $http_host;
        proxi_http_version 1.1;
    }
}
`;

test('diagnostics are pushed for what is open, with code, link and related places', async () => {
  const directory = folder({ 'nginx.conf': site });
  const client = await startClient({ folders: [directory] });
  const uri = await client.open(join(directory, 'site.conf'), site);
  const found = await client.diagnostics(uri);
  const unknown = found.find(({ code }) => code === 'unknown-directive')!;
  expect(unknown).toMatchObject({
    severity: 1,
    source: 'proxylint',
    range: { start: { line: 6, character: 8 }, end: { line: 6, character: 26 } },
  });
  expect(unknown.codeDescription!.href).toMatch(/\/docs\/rules\/unknown-directive\.md$/);
  expect(unknown.message).toContain('proxy_http_version');

  await client.change(uri, 'proxy', { line: 6, character: 8 }, { line: 6, character: 13 });
  const after = await client.diagnostics(uri);
  expect(after.map(({ code }) => code)).not.toContain('unknown-directive');
});

test('a client that pulls is not pushed to, and is told what it has already only once', async () => {
  const client = await startClient({ capabilities: { textDocument: { diagnostic: {} } } });
  const uri = await client.open('/tmp/pulled/site.conf', site);
  const ask = (previousResultId?: string) =>
    client.request<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri }, previousResultId });
  const first = await ask();
  expect(first.kind).toBe('full');
  expect(first.kind === 'full' && first.items.some(({ code }) => code === 'unknown-directive')).toBe(true);
  expect(await ask(first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
  expect(client.published).toEqual([]);
});

test('fixes, marked where they are not safe, and comments that suppress are code actions', async () => {
  const client = await startClient({
    capabilities: { workspace: { workspaceEdit: { documentChanges: true } } },
  });
  const uri = await client.open('/tmp/fixes/site.conf', site);
  const range = { start: { line: 6, character: 10 }, end: { line: 6, character: 10 } };
  const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range,
    context: { diagnostics: [] },
  });
  const fix = actions.find(({ title }) => title.startsWith('Write "proxy_http_version"'))!;
  expect(fix).toMatchObject({
    title: 'Write "proxy_http_version" (may change what the server does)',
    kind: 'quickfix',
    diagnostics: [{ code: 'unknown-directive' }],
  });
  expect(fix.isPreferred).toBeUndefined();
  expect(fix.edit!.documentChanges).toEqual([
    {
      textDocument: { uri, version: 1 },
      edits: [
        {
          range: { start: { line: 6, character: 8 }, end: { line: 6, character: 26 } },
          newText: 'proxy_http_version',
        },
      ],
    },
  ]);
  const suppress = actions.find(({ title }) => title.startsWith('Suppress unknown-directive'))!;
  expect(suppress.edit!.documentChanges).toEqual([
    {
      textDocument: { uri, version: 1 },
      edits: [
        {
          range: { start: { line: 6, character: 0 }, end: { line: 6, character: 0 } },
          newText: '        # proxylint-ignore unknown-directive: say here why it is right\n',
        },
      ],
    },
  ]);
});

test('all safe fixes are one action, in edits of single lines', async () => {
  const client = await startClient();
  const text = 'server {\n    listen 80;\n    server_name a.example;\n    return 204\n}\n';
  const uri = await client.open('/tmp/fixes/all.conf', text);
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range,
    context: { diagnostics: [], only: ['source.fixAll'] },
  });
  expect(actions).toMatchObject([
    {
      kind: 'source.fixAll.proxylint',
      edit: {
        changes: {
          [uri]: [
            {
              range: { start: { line: 3, character: 0 }, end: { line: 4, character: 0 } },
              newText: '    return 204;\n',
            },
          ],
        },
      },
    },
  ]);
});

test('hover shows the documentation of a directive and what is in force', async () => {
  const { text, position } = marked(`http {
    proxy_read_timeout 10s;
    server {
        listen 80;
        location / {
            proxy_read_ti|meout 20s;
        }
    }
}
`);
  const client = await startClient();
  const uri = await client.open('/tmp/hover/nginx.conf', text);
  const hover = await client.at<Hover>('textDocument/hover', uri, position);
  const { value } = hover.contents as { value: string };
  expect(value).toContain('proxy_read_timeout time;');
  expect(value).toContain('**Default:** 60s');
  expect(value).toContain('Defines a timeout for reading a response');
  expect(value).toMatch(/In force here:\*\*\n\n- `proxy_read_timeout 20s` \(this line\)/);
});

test('hover shows where an inherited list comes from', async () => {
  const { text, position } = marked(`http {
    server {
        listen 80;
        add_header X-Outer 1;
        location / {
            add_hea|der X-Inner 1;
        }
    }
}
`);
  const client = await startClient();
  const uri = await client.open('/tmp/hover/nginx.conf', text);
  const { contents } = await client.at<Hover>('textDocument/hover', uri, position);
  expect((contents as { value: string }).value).not.toContain('X-Outer');
  expect((contents as { value: string }).value).toContain('Inherited');
});

test('hover on httpd shows what is in force, with the level that it comes from', async () => {
  const { text, position } = marked(`<VirtualHost *:80>
    ServerName example.org
    Header set X-Outer 1
    Header unset X-Gone
    <Location /inner>
        Hea|der set X-Inner 1
    </Location>
</VirtualHost>
`);
  const client = await startClient();
  const uri = await client.open('/tmp/hover/in-force.httpd.conf', text, 'apache');
  const hover = await client.at<Hover>('textDocument/hover', uri, position);
  const { value } = hover.contents as { value: string };
  expect(value).toContain('In force here');
  expect(value).toMatch(/- `Header set X-Outer 1` \(\[in-force\.httpd\.conf:3\]\(.*#L3\), from `VirtualHost \*:80`\)/);
  expect(value).toContain('- `Header set X-Inner 1` (this line)');
});

test('each setting of sslh is explained', () => {
  for (const { scope, name } of settings) expect(sslhDescription(scope, name)?.text, `${scope} ${name}`).toMatch(/\.$/);
});

test('hover on httpd and sslh shows the facts of their manuals', async () => {
  const client = await startClient();
  const apache = marked(`<VirtualHost *:80>
    ServerName example.org
    Proxy|PreserveHost On
</VirtualHost>
`);
  const uri = await client.open('/tmp/hover/httpd.conf', apache.text);
  const hover = await client.at<Hover>('textDocument/hover', uri, apache.position);
  expect((hover.contents as { value: string }).value).toContain('ProxyPreserveHost On|Off');
  expect((hover.contents as { value: string }).value).toContain('mod/mod_proxy.html#proxypreservehost');
  expect((hover.contents as { value: string }).value).toContain(
    'Use incoming Host HTTP request header for proxy request.',
  );
  const sslh = marked(`listen: ( { host: "0.0.0.0"; port: "443"; } );
protocols: ( { name: "ssh"; host: "127.0.0.1"; po|rt: "22"; } );
`);
  const other = await client.open('/tmp/hover/sslh.cfg', sslh.text);
  const shown = await client.at<Hover>('textDocument/hover', other, sslh.position);
  expect((shown.contents as { value: string }).value).toContain('an entry of "protocols"');
  expect((shown.contents as { value: string }).value).toContain('The port to send them to');
});

async function completionsAt(name: string, source: string, languageId?: string): Promise<CompletionItem[]> {
  const { text, position } = marked(source);
  const client = await startClient();
  const uri = await client.open(`/tmp/completion/${name}`, text, languageId);
  const list = await client.at<CompletionList | null>('textDocument/completion', uri, position);
  return list?.items ?? [];
}

const labelsOf = (items: readonly CompletionItem[]) => items.map(({ label }) => label);

test('directives are completed by their context', async () => {
  const inHttp = labelsOf(await completionsAt('nginx.conf', 'events {}\nhttp {\n    |\n}\n'));
  expect(inHttp).toEqual(expect.arrayContaining(['server', 'upstream', 'map', 'proxy_read_timeout']));
  expect(inHttp).not.toContain('location');
  expect(inHttp).not.toContain('worker_processes');
  const inLocation = labelsOf(
    await completionsAt('nginx.conf', 'events {}\nhttp { server { location / {\n proxy_p|\n } } }\n'),
  );
  expect(inLocation).toContain('proxy_pass');
  expect(inLocation).not.toContain('listen');
  const inHost = labelsOf(await completionsAt('httpd.conf', '<VirtualHost *:80>\nServerName a\n|\n</VirtualHost>\n'));
  expect(inHost).toEqual(expect.arrayContaining(['ProxyPass', '<Location>', 'SSLEngine']));
  expect(inHost).not.toContain('Listen');
  const entry = await completionsAt(
    'sslh.cfg',
    'listen: ( { host: "0.0.0.0"; port: "443"; } );\nprotocols: ( { name: "ssh"; | } );\n',
  );
  expect(labelsOf(entry)).toEqual(expect.arrayContaining(['host', 'port', 'log_level']));
  expect(labelsOf(entry)).not.toContain('name');
});

test.each([
  ['<VirtualHo|', 0],
  ['Listen 80\n  <|', 2],
  ['<VirtualHost *:80>\n<Loca|\nServerName a\n</VirtualHost>\n', 0],
  ['<VirtualHo|>\n', 0],
])('a section that is begun is completed from its bracket on: %j', async (source, character) => {
  const items = await completionsAt('httpd.conf', source, 'apache');
  const section = items.find(({ label }) => label === (source.includes('Loca') ? '<Location>' : '<VirtualHost>'));
  expect(section!.textEdit).toMatchObject({ range: { start: { character } } });
});

test('values, parameters, variables and names are completed', async () => {
  const http = (inner: string) =>
    `events {}\nhttp {\n    upstream app { server 127.0.0.1:1; }\n    map $uri $mapped { default 1; }\n    log_format mine '$uri';\n    limit_req_zone $uri zone=slow:1m rate=1r/s;\n    server {\n        ${inner}\n    }\n}\n`;
  expect(labelsOf(await completionsAt('nginx.conf', http('sendfile |;')))).toEqual(['on', 'off']);
  expect(labelsOf(await completionsAt('nginx.conf', http('listen 80 |;')))).toEqual(
    expect.arrayContaining(['default_server', 'ssl', 'reuseport', 'ipv6only=on', 'backlog=']),
  );
  expect(labelsOf(await completionsAt('nginx.conf', http('location / { proxy_pass |; }')))).toContain('http://app');
  expect(labelsOf(await completionsAt('nginx.conf', http('access_log /x |;')))).toContain('mine');
  expect(labelsOf(await completionsAt('nginx.conf', http('limit_req |;')))).toContain('zone=slow');
  const variables = labelsOf(await completionsAt('nginx.conf', http('return 301 https://$ho|;')));
  expect(variables).toEqual(expect.arrayContaining(['$host', '$mapped', '$hostname']));
  expect(labelsOf(await completionsAt('httpd.conf', 'LoadModule |\nServerName a\nListen 80\n'))).toContain(
    'ssl_module',
  );
  expect(labelsOf(await completionsAt('httpd.conf', 'Listen 80\nSSLVerifyClient |\nServerName a\n'))).toContain(
    'optional',
  );
  expect(
    labelsOf(
      await completionsAt(
        'sslh.cfg',
        'listen: ( { host: "0.0.0.0"; port: "443"; } );\nprotocols: ( { name: "|"; } );\n',
      ),
    ),
  ).toEqual(expect.arrayContaining(['ssh', 'tls', 'anyprot']));
});

test('nothing is completed in a comment', async () => {
  expect(await completionsAt('nginx.conf', 'events {}\nhttp {\n    # prox|\n}\n')).toEqual([]);
});

test('the documentation of a completion is looked up when it is asked for', async () => {
  const { text, position } = marked('events {}\nhttp {\n    |\n}\n');
  const client = await startClient();
  const uri = await client.open('/tmp/completion/nginx.conf', text);
  const list = await client.at<CompletionList>('textDocument/completion', uri, position);
  const item = list.items.find(({ label }) => label === 'keepalive_timeout')!;
  expect(item.documentation).toBeUndefined();
  const resolved = await client.request<CompletionItem>('completionItem/resolve', item);
  expect((resolved.documentation as { value: string }).value).toContain('keep-alive client connection');
});

test('symbols and folds show the blocks', async () => {
  const client = await startClient({
    capabilities: { textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } } },
  });
  const uri = await client.open('/tmp/symbols/site.conf', `# one\n# two\n${site}`);
  const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri } });
  expect(symbols).toMatchObject([
    { name: 'server', detail: 'example.org', children: [{ name: 'location', detail: '/' }] },
  ]);
  const folds = await client.request<FoldingRange[]>('textDocument/foldingRange', { textDocument: { uri } });
  expect(folds).toEqual(
    expect.arrayContaining([
      { startLine: 0, endLine: 1, kind: 'comment' },
      { startLine: 2, endLine: 9 },
      { startLine: 5, endLine: 8 },
    ]),
  );
});

test('a config in a Markdown document is read in place', async () => {
  const client = await startClient();
  const uri = await client.open('/tmp/docs/how.md', `# How\n\n\`\`\`nginx\n${site}\`\`\`\n`, 'markdown');
  const found = await client.diagnostics(uri);
  const unknown = found.find(({ code }) => code === 'unknown-directive')!;
  expect(unknown.range.start).toEqual({ line: 9, character: 8 });
  const hover = await client.at<Hover>('textDocument/hover', uri, { line: 7, character: 10 });
  expect((hover.contents as { value: string }).value).toContain('proxy_pass');
});

test('columns are counted in the units that were agreed on', async () => {
  const text = 'server {\n    listen 80;\n    set $a "ü𝄞"; proxi_pass http://127.0.0.1;\n}\n';
  for (const [encoding, column] of [
    ['utf-16', 18],
    ['utf-8', 21],
  ] as const) {
    const client = await startClient({ capabilities: { general: { positionEncodings: [encoding] } } });
    expect(client.result.capabilities.positionEncoding).toBe(encoding);
    const uri = await client.open('/tmp/units/site.conf', text);
    const found = await client.diagnostics(uri);
    expect(found.find(({ code }) => code === 'unknown-directive')!.range.start).toEqual({ line: 2, character: column });
    await client.change(uri, 'y', { line: 2, character: column + 4 }, { line: 2, character: column + 5 });
    expect((await client.diagnostics(uri)).map(({ code }) => code)).not.toContain('unknown-directive');
  }
});

test('a fragment is seen in the config that includes it, and with what is not saved of it', async () => {
  const directory = folder({
    'nginx.conf': 'events {}\nhttp {\n    upstream app { server 127.0.0.1:1; }\n    include sites/*.conf;\n}\n',
    'sites/a.conf': 'server {\n    listen 80;\n    location / { proxy_pass http://app; }\n}\n',
  });
  const client = await startClient({ folders: [directory] });
  const uri = await client.open(
    join(directory, 'sites/a.conf'),
    'server {\n    listen 80;\n    location / { proxy_pass http://other; }\n}\n',
  );
  const before = await client.diagnostics(uri);
  const main = await client.open(
    join(directory, 'nginx.conf'),
    'events {}\nhttp {\n    upstream app { server 127.0.0.1:1; }\n    include sites/*.conf;\n}\n',
  );
  const unused = (await client.diagnostics(main)).find(({ code }) => code === 'unused-upstream');
  expect(unused?.tags).toEqual([1]);
  expect(before).toBeDefined();
  await client.change(uri, 'server {\n    listen 80;\n    location / { proxy_pass http://app; }\n}\n');
  await client.diagnostics(uri);
  await expect
    .poll(() => client.published.findLast((each) => each.uri === main)!.diagnostics.map(({ code }) => code), patient)
    .not.toContain('unused-upstream');
});

test('settings of the editor and of config files count, and a broken config file is told once', async () => {
  const directory = folder({ 'proxylint.json': '{ "rules": { "host-spoofing": "off" } }' });
  const client = await startClient({ folders: [directory], settings: { rules: { 'unknown-directive': 'info' } } });
  const uri = await client.open(join(directory, 'site.conf'), site);
  const found = await client.diagnostics(uri);
  expect(found.find(({ code }) => code === 'unknown-directive')!.severity).toBe(3);
  writeFileSync(join(directory, 'proxylint.json'), '{ "rules": ');
  const changed = { changes: [{ uri: client.uri(join(directory, 'proxylint.json')), type: 2 }] };
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', changed);
  await expect.poll(() => client.messages.length, patient).toBe(1);
  expect(client.messages[0]).toMatch(/proxylint\.json:1:\d+: not valid JSON/);
  await client.change(uri, `${site}# more\n`);
  await client.diagnostics(uri);
  expect(client.messages).toHaveLength(1);
  writeFileSync(join(directory, 'proxylint.json'), '{}');
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', changed);
  await expect.poll(() => client.published.findLast((each) => each.uri === uri)!.diagnostics.length).toBeGreaterThan(0);
});

test('what comes out of order ends nothing', async () => {
  const client = await startClient();
  const unknown = 'file:///tmp/never/opened.conf';
  expect(await client.at('textDocument/hover', unknown, { line: 0, character: 0 })).toBeNull();
  expect(await client.at('textDocument/completion', unknown, { line: 5, character: 5 })).toBeNull();
  await client.connection.sendNotification('textDocument/didChange', {
    textDocument: { uri: unknown, version: 3 },
    contentChanges: [{ text: 'x' }],
  });
  await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: unknown } });
  await expect(client.request('textDocument/nonsense', {})).rejects.toThrow('Unhandled method textDocument/nonsense');
  const uri = await client.open('/tmp/never/broken.conf', 'server { listen 80; location / { ');
  expect((await client.diagnostics(uri)).length).toBeGreaterThan(0);
  expect(await client.at('textDocument/hover', uri, { line: 99, character: 99 })).toBeNull();
});

test('what is no config has no diagnostics, unless the editor says what it is', async () => {
  const client = await startClient();
  const prose = await client.open('/tmp/never/letter.text', 'Dear reader,\nthis is no config.\n');
  expect(await client.diagnostics(prose)).toEqual([]);
  const untitled = await client.open('untitled:Untitled-1', 'proxi_pass http://127.0.0.1;\n', 'nginx');
  expect((await client.diagnostics(untitled)).map(({ code }) => code)).toContain('unknown-directive');
});

test('each folder of a workspace has its own config file', async () => {
  const first = folder({ 'proxylint.json': '{ "rules": { "unknown-directive": "info" } }' });
  const second = folder({ 'proxylint.json': '{ "rules": { "unknown-directive": "off" } }' });
  const client = await startClient({ folders: [first, second] });
  const severityIn = async (directory: string) => {
    const uri = await client.open(join(directory, 'site.conf'), site);
    return (await client.diagnostics(uri)).find(({ code }) => code === 'unknown-directive')?.severity;
  };
  expect(await severityIn(first)).toBe(3);
  expect(await severityIn(second)).toBeUndefined();
});

test('a folder that is no repository may include from all of itself, and nothing from outside', async () => {
  const outside = folder({ 'secret.conf': 'gzip on;\n' });
  const main = `events {}\nhttp {\n    include ../shared/one.conf;\n    include ${outside}/secret.conf;\n}\n`;
  const directory = folder({ 'conf/nginx.conf': main, 'shared/one.conf': 'gzip on;\n' });
  const client = await startClient({ folders: [directory] });
  const uri = await client.open(join(directory, 'conf/nginx.conf'), main);
  const links = await client.request<{ target: string }[]>('textDocument/documentLink', { textDocument: { uri } });
  expect(links.map(({ target }) => target)).toEqual([client.uri(join(directory, 'shared/one.conf'))]);
});

test('a template is read in place', async () => {
  const client = await startClient();
  const text = `server {
    listen {{ port }};
    server_name {{ name }};
    {% if tls %}
    ssl_protocols TLSv1;
    {% endif %}
    proxi_pass http://127.0.0.1;
}
`;
  const uri = await client.open('/tmp/templates/site.conf.j2', text);
  const found = await client.diagnostics(uri);
  expect(found.find(({ code }) => code === 'unknown-directive')!.range.start).toEqual({ line: 6, character: 4 });
  const hover = await client.at<Hover>('textDocument/hover', uri, { line: 4, character: 8 });
  expect((hover.contents as { value: string }).value).toContain('ssl_protocols');
});

test('diagnostics of files that are not open come with the config that includes them, and go with it', async () => {
  const main = 'events {}\nhttp {\n    include site.conf;\n}\n';
  const directory = folder({ 'nginx.conf': main, 'site.conf': site });
  const client = await startClient({ folders: [directory] });
  const uri = await client.open(join(directory, 'nginx.conf'), main);
  const other = client.uri(join(directory, 'site.conf'));
  expect((await client.diagnostics(other)).map(({ code }) => code)).toContain('unknown-directive');
  await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  await expect.poll(() => client.published.findLast((each) => each.uri === other)!.diagnostics, patient).toEqual([]);
});
