import { join } from 'node:path';
import type { DocumentHighlight, DocumentLink, Location, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { expect, test } from 'vitest';
import { folder } from '../helpers/run-cli.ts';
import { marked, startClient, type Client } from './client.ts';

/** Lines, counted from 0, with what stands at the ranges. */
function shown(text: string, found: readonly { readonly range: Location['range'] }[]): string[] {
  const lines = text.split('\n');
  return found.map(
    ({ range: { start, end } }) => `${start.line}: ${lines[start.line]!.slice(start.character, end.character)}`,
  );
}

async function definitionAt(name: string, source: string, client?: Client): Promise<string[]> {
  const { text, position } = marked(source);
  const own = client ?? (await startClient());
  const uri = await own.open(`/tmp/navigation/${name}`, text);
  return shown(text, await own.at<Location[]>('textDocument/definition', uri, position));
}

const nginx = (inner: string) => `events {}
http {
    upstream app { server 127.0.0.1:1; }
    map $uri $mapped { default 1; }
    log_format mine '$uri';
    limit_req_zone $uri zone=slow:1m rate=1r/s;
    limit_conn_zone $uri zone=many:1m;
    proxy_cache_path /c keys_zone=kept:1m;
    server {
        listen 80;
        set $own 1;
        location @other { return 404; }
        ${inner}
    }
    server {
        listen 81;
        set $own 2;
        location @other { return 404; }
    }
}
`;

test.each([
  ['location / { proxy_pass http://a|pp/x; }', ['2: app']],
  ['return 200 $map|ped;', ['3: mapped']],
  ['return 200 ${map|ped};', ['3: mapped']],
  ['return 200 $ow|n;', ['10: own']],
  ['access_log /l mi|ne;', ['4: mine']],
  ['limit_req zone=sl|ow;', ['5: slow']],
  ['limit_conn ma|ny 1;', ['6: many']],
  ['proxy_cache ke|pt;', ['7: kept']],
  ['error_page 404 @oth|er;', ['11: @other']],
  ['rewrite ^/(?<part>.*) /$pa|rt;', ['12: part']],
  ['return 200 $ur|i;', []],
])('nginx: %s', async (inner, expected) => {
  expect(await definitionAt('nginx.conf', nginx(inner))).toEqual(expected);
});

const apache = (inner: string) => `Listen 80
ServerName a
Define port 8080
LogFormat "%h" mine
<Macro Site $name>
    ServerAlias $name
</Macro>
RewriteMap lower int:tolower
SetEnvIf Host ^a internal
<Proxy balancer://app>
    BalancerMember http://127.0.0.1:1
</Proxy>
<AuthzProviderAlias ip office 192.0.2.1>
</AuthzProviderAlias>
${inner}
`;

test.each([
  ['ProxyPass / http://127.0.0.1:${po|rt}/', ['2: port']],
  ['<IfDefine po|rt>\n</IfDefine>', ['2: port']],
  ['CustomLog /l mi|ne', ['3: mine']],
  ['Use si|te a', ['4: Site']],
  ['RewriteRule ^(.*) ${lo|wer:$1}', ['7: lower']],
  ['Header set X 1 env=inter|nal', ['8: internal']],
  ['ProxyPass / balancer://a|pp/', ['9: app']],
  ['<Location />\nRequire off|ice\n</Location>', ['12: office']],
])('httpd: %s', async (inner, expected) => {
  expect(await definitionAt('httpd.conf', apache(inner))).toEqual(expected);
});

test('all places of a name are references, and highlights in the document', async () => {
  const { text, position } = marked(
    nginx('location / { proxy_pass http://a|pp; }\n location /x { proxy_pass https://app/y; }'),
  );
  const client = await startClient();
  const uri = await client.open('/tmp/navigation/nginx.conf', text);
  const ask = (includeDeclaration: boolean) =>
    client.at<Location[]>('textDocument/references', uri, position, { context: { includeDeclaration } });
  expect(shown(text, await ask(true))).toEqual(['2: app', '12: app', '13: app']);
  expect(shown(text, await ask(false))).toEqual(['12: app', '13: app']);
  const marks = await client.at<DocumentHighlight[]>('textDocument/documentHighlight', uri, position);
  expect(marks.map(({ kind }) => kind)).toEqual([3, 2, 2]);
});

test('a name is given anew in all files, and what cannot be one is refused', async () => {
  const main =
    'events {}\nhttp {\n    upstream app { server 127.0.0.1:1; }\n    map $uri $kind { default 1; }\n    include site.conf;\n}\n';
  const site = 'server {\n    listen 80;\n    location / { proxy_pass http://app; return 200 "${kind}-$kind"; }\n}\n';
  const directory = folder({ 'nginx.conf': main, 'site.conf': site });
  const client = await startClient({ folders: [directory] });
  const uri = await client.open(join(directory, 'nginx.conf'), main);
  const other = client.uri(join(directory, 'site.conf'));
  const upstream = { line: 2, character: 14 };
  expect(await client.at('textDocument/prepareRename', uri, upstream)).toEqual({
    range: { start: { line: 2, character: 13 }, end: { line: 2, character: 16 } },
    placeholder: 'app',
  });
  const { changes } = await client.at<WorkspaceEdit>('textDocument/rename', uri, upstream, { newName: 'backend' });
  expect(changes![uri]).toHaveLength(1);
  expect(changes![other]).toEqual([
    { range: { start: { line: 2, character: 35 }, end: { line: 2, character: 38 } }, newText: 'backend' },
  ]);
  const variable = { line: 3, character: 16 };
  const edit = await client.at<WorkspaceEdit>('textDocument/rename', uri, variable, { newName: '$sort' });
  expect(edit.changes![other]!.map(({ newText, range }) => `${range.start.character} ${newText}`)).toEqual([
    '54 sort',
    '61 sort',
  ]);
  await expect(client.at('textDocument/rename', uri, variable, { newName: 'host' })).rejects.toThrow('of its own');
  await expect(client.at('textDocument/rename', uri, variable, { newName: 'a b' })).rejects.toThrow('letters');
  const builtIn = { line: 3, character: 10 };
  expect(await client.at('textDocument/prepareRename', uri, builtIn)).toBeNull();
});

test('includes are links, and lead to the files that they bring in', async () => {
  const main = 'events {}\nhttp {\n    include one.conf;\n    include sites/*.conf;\n}\n';
  const directory = folder({
    'nginx.conf': main,
    'one.conf': 'gzip on;\n',
    'sites/a.conf': 'server { listen 80; }\n',
    'sites/b.conf': 'server { listen 81; }\n',
  });
  const client = await startClient({ folders: [directory] });
  const uri = await client.open(join(directory, 'nginx.conf'), main);
  const links = await client.request<DocumentLink[]>('textDocument/documentLink', { textDocument: { uri } });
  expect(links).toEqual([
    {
      range: { start: { line: 2, character: 12 }, end: { line: 2, character: 20 } },
      target: client.uri(join(directory, 'one.conf')),
    },
  ]);
  const files = await client.at<Location[]>('textDocument/definition', uri, { line: 3, character: 15 });
  expect(files.map((location) => location.uri)).toEqual(
    ['sites/a.conf', 'sites/b.conf'].map((name) => client.uri(join(directory, name))),
  );
});
