import type { TextEdit } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { expect, test } from 'vitest';
import { startClient } from './client.ts';

const text = 'server {\nlisten 80;\n  location / {\nreturn 204;\n}\n}\n';
const options = { tabSize: 8, insertSpaces: false };

test('a document is laid out by the settings, or some lines of it', async () => {
  const client = await startClient({ settings: { format: { indent: 2 } } });
  const uri = await client.open('/tmp/format/site.conf', text);
  await client.diagnostics(uri);
  const apply = (edits: TextEdit[]) => TextDocument.applyEdits(TextDocument.create(uri, 'nginx', 1, text), edits);
  // The settings are asked for when the session begins, and may come after the first diagnostics.
  const all = () => client.request<TextEdit[]>('textDocument/formatting', { textDocument: { uri }, options });
  await expect
    .poll(async () => apply(await all()), { timeout: 20_000 })
    .toBe('server {\n  listen 80;\n  location / {\n    return 204;\n  }\n}\n');
  const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
  const some = await client.request<TextEdit[]>('textDocument/rangeFormatting', {
    textDocument: { uri },
    range,
    options,
  });
  expect(apply(some)).toBe('server {\n  listen 80;\n  location / {\nreturn 204;\n}\n}\n');
});

test('what cannot be read stays as it is', async () => {
  const client = await startClient();
  const uri = await client.open('/tmp/format/broken.conf', 'server {\nlisten   80;\n  location / {\n');
  expect(await client.request('textDocument/formatting', { textDocument: { uri }, options })).toEqual([]);
});
