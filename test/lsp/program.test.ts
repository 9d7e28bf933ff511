/** The built program, as an editor starts it. */
import { expect, test } from 'vitest';
import { startClient } from './client.ts';

test('the built program finds and explains on its standard input and output', async () => {
  const client = await startClient({ built: true });
  expect(client.result.serverInfo!.name).toBe('proxylint');
  const uri = await client.open(
    '/tmp/program/site.conf',
    'server {\n    listen 80;\n    proxi_pass http://127.0.0.1;\n}\n',
  );
  expect((await client.diagnostics(uri)).map(({ code }) => code)).toContain('unknown-directive');
  expect(JSON.stringify(await client.at('textDocument/hover', uri, { line: 1, character: 6 }))).toContain(
    'In force here',
  );
});
