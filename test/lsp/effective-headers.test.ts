import type { CodeLens } from 'vscode-languageserver-protocol';
import { expect, test } from 'vitest';
import { startClient } from './client.ts';

const text = `events {}
http {
    server {
        listen 80;
        server_name a.example;
        add_header X-Outer 1;
        proxy_set_header Host $host;
        proxy_set_header X-Proto $scheme;
        location /plain/ {
            proxy_pass http://127.0.0.1:3000;
        }
        location /own/ {
            add_header X-Inner 1;
            proxy_set_header Host $host;
            proxy_pass http://127.0.0.1:3000;
        }
    }
}
`;

test('a lens above a location counts its headers, and its command shows them with a trace', async () => {
  const client = await startClient();
  const uri = await client.open('/tmp/lens/nginx.conf', text);
  const lenses = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
  const own = lenses.find(({ range }) => range.start.line === 11)!;
  expect(own.command!.title).toMatch(/^1 response header, 1 to the backend, 1 lost$/);
  const shown = await client.request<string>('workspace/executeCommand', own.command);
  expect(shown).toContain('add_header X-Inner 1  (nginx.conf:13)');
  expect(shown).not.toContain('X-Outer 1  (');
  expect(shown).toContain('Host: $host  (nginx.conf:14)');
  expect(shown).toContain('Set outside, and dropped here:\n  X-Proto: $scheme  (nginx.conf:8)');
  expect(shown).toContain('GET http://a.example:80/own/');
  await expect.poll(() => client.messages, { timeout: 20_000 }).toEqual([shown]);
});

test('httpd: headers of a section', async () => {
  const client = await startClient({ capabilities: { experimental: { showsResults: true } } });
  const uri = await client.open(
    '/tmp/lens/httpd.conf',
    `Listen 80
ServerName a
<VirtualHost *:80>
    ServerName b.example
    Header set X-Outer 1
    <Location /app>
        Header set X-Inner 2
        ProxyPass http://127.0.0.1:1/
    </Location>
</VirtualHost>
`,
  );
  const lenses = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
  const own = lenses.find(({ range }) => range.start.line === 5)!;
  const shown = await client.request<string>('workspace/executeCommand', own.command);
  expect(shown).toContain('Header set X-Outer 1  (httpd.conf:5)');
  expect(shown).toContain('Header set X-Inner 2  (httpd.conf:7)');
  expect(client.messages).toEqual([]);
});

test('a command with nonsense for arguments is answered with nothing', async () => {
  const client = await startClient();
  for (const given of [undefined, [], ['file:///nowhere.conf', { line: 1 }], [1, 2]])
    expect(
      await client.request('workspace/executeCommand', { command: 'proxylint.effectiveHeaders', arguments: given }),
    ).toBeNull();
});
