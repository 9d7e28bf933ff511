/** The extension with its real language client and the real server; only the editor around them is a stub. */
import assert from 'node:assert/strict';
import Module, { createRequire } from 'node:module';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const stub = fileURLToPath(new URL('vscode-stub.cjs', import.meta.url));
const resolve = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) => (request === 'vscode' ? stub : resolve(request, ...rest));
const vscode = require(stub);
const root = fileURLToPath(new URL('../', import.meta.url));
const extension = require('../dist/extension.js');

const text =
  'server {\n    listen 80;\n    server_name a;\n    location / {\n        add_header X-One 1;\n        proxi_pass http://127.0.0.1;\n    }\n}\n';
const document = {
  uri: vscode.Uri.parse('file:///tmp/proxylint-extension/site.conf'),
  languageId: 'nginx',
  version: 1,
  isClosed: false,
  getText: () => text,
};

async function until(holds) {
  for (let tries = 0; tries < 600; tries++) {
    const value = await holds();
    if (value) return value;
    await new Promise((go) => setTimeout(go, 50));
  }
  throw new Error('it never came');
}

after(() => extension.deactivate().catch(() => undefined));

test('the client starts the server, which finds, explains, completes and shows headers', async () => {
  vscode.documents.push(document);
  await extension.activate({ subscriptions: [], asAbsolutePath: (path) => root + path });
  vscode.events.opened.fire(document);
  const { state } = vscode;
  const provider = await until(() => state.providers.get('Hover'));
  const hover = await provider.provideHover(
    document,
    new vscode.Position(4, 12),
    new vscode.CancellationTokenSource().token,
  );
  assert.match(JSON.stringify(hover), /add_header/);

  const found = await until(
    () => state.diagnostics.get(document.uri.toString())?.length && state.diagnostics.get(document.uri.toString()),
  );
  assert.ok(JSON.stringify(found).includes('unknown-directive'), JSON.stringify(found));

  const completion = state.providers.get('CompletionItem');
  const items = await completion.provideCompletionItems(
    document,
    new vscode.Position(4, 8),
    new vscode.CancellationTokenSource().token,
    {},
  );
  assert.ok((items.given?.[0] ?? items).length > 50);

  const run = await until(() => state.providers.get('proxylint.effectiveHeaders'));
  const shown = await run(document.uri.toString(), { line: 3, character: 4 });
  assert.match(shown, /add_header X-One 1/);
  assert.deepEqual(state.shown, [shown]);
  assert.deepEqual(state.messages, []);
});
