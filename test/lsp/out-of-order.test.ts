/** Messages that no editor should send, over the standard input of the built program: each is answered in clear words, or ends it in clear words. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  createProtocolConnection,
  ErrorCodes,
  StreamMessageReader,
  StreamMessageWriter,
  type LogMessageParams,
  type ProtocolConnection,
} from 'vscode-languageserver-protocol/node';
import { startClient } from './client.ts';

function start(): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [resolve('dist/cli.cjs'), 'lsp', '--stdio'], { stdio: 'pipe' });
  onTestFinished(() => void child.kill());
  return child;
}

function connectionTo(child: ChildProcessWithoutNullStreams): ProtocolConnection {
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  onTestFinished(() => connection.dispose());
  return connection;
}

const beginning = { processId: null, rootUri: null, capabilities: {} };
const place = { textDocument: { uri: 'file:///a.conf' }, position: { line: 0, character: 0 } };

test('requests wait for initialize, which comes once and with what it needs', async () => {
  const connection = connectionTo(start());
  for (const [method, params] of Object.entries({ 'textDocument/hover': place, 'no/such': {}, shutdown: undefined }))
    await expect(connection.sendRequest(method, params)).rejects.toMatchObject({
      code: ErrorCodes.ServerNotInitialized,
      message: `${method} came before initialize`,
    });
  await expect(connection.sendRequest('initialize', null)).rejects.toMatchObject({
    code: ErrorCodes.InvalidParams,
    message: 'initialize needs the parameter "capabilities"',
  });
  // What is told before it is of no session.
  await connection.sendNotification('textDocument/didOpen', { textDocument: { uri: 'file:///a.conf' } });
  expect(await connection.sendRequest('initialize', beginning)).toHaveProperty('capabilities');
  await expect(connection.sendRequest('initialize', beginning)).rejects.toMatchObject({
    code: ErrorCodes.InvalidRequest,
  });
});

test.each([0, 1])('nothing is answered after shutdown, and exit ends the program (%i)', async (expected) => {
  const child = start();
  const connection = connectionTo(child);
  await connection.sendRequest('initialize', beginning);
  if (expected === 0) {
    expect(await connection.sendRequest('shutdown')).toBeNull();
    for (const [method, params] of Object.entries({
      'textDocument/hover': place,
      shutdown: undefined,
      initialize: beginning,
    }))
      await expect(connection.sendRequest(method, params)).rejects.toMatchObject({
        code: ErrorCodes.InvalidRequest,
        message: `${method} came after shutdown; only exit may follow it`,
      });
  }
  await connection.sendNotification('exit');
  expect(await once(child, 'exit')).toEqual([expected, null]);
});

test.each([
  ['textDocument/hover', undefined, 'textDocument/hover needs the parameter "textDocument.uri"'],
  ['textDocument/completion', {}, 'textDocument/completion needs the parameter "textDocument.uri"'],
  [
    'textDocument/definition',
    { ...place, position: {} },
    'textDocument/definition needs the parameter "position.line"',
  ],
  [
    'textDocument/hover',
    { ...place, textDocument: { uri: 7 } },
    'the parameter "textDocument.uri" of textDocument/hover must be of type string',
  ],
  ['textDocument/rename', place, 'textDocument/rename needs the parameter "newName"'],
  ['textDocument/codeAction', place, 'textDocument/codeAction needs the parameter "range.start.line"'],
  ['textDocument/diagnostic', { textDocument: null }, 'textDocument/diagnostic needs the parameter "textDocument.uri"'],
  ['completionItem/resolve', { label: null }, 'the parameter "label" of completionItem/resolve must be of type string'],
  ['workspace/executeCommand', {}, 'workspace/executeCommand needs the parameter "command"'],
])('%s with %j is told what it lacks', async (method, params, message) => {
  const { connection } = await startClient({ built: true });
  await expect(connection.sendRequest(method, params)).rejects.toMatchObject({
    code: ErrorCodes.InvalidParams,
    message,
  });
});

test('a notification without its document is told in the log, and the session goes on', async () => {
  const client = await startClient({ built: true });
  const logged = new Promise<LogMessageParams>((take) => {
    client.connection.onNotification('window/logMessage', take);
  });
  await client.connection.sendNotification('textDocument/didOpen', { textDocument: { uri: 'file:///a.conf' } });
  expect((await logged).message).toBe(
    'proxylint: textDocument/didOpen needs the parameter "textDocument.text"; it was ignored.',
  );
  const uri = await client.open('/tmp/program/site.conf', 'server {\n    proxi_pass http://127.0.0.1;\n}\n');
  expect(await client.diagnostics(uri)).not.toEqual([]);
});

test('a message that is no JSON, or none at all, is answered, and the session goes on', async () => {
  const child = start();
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const errors: string[] = [];
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  connection.listen();
  connection.onError(([error]) => errors.push(error.message));
  for (const text of ['{"jsonrpc":', '[]', 'null', '7'])
    child.stdin.write(`Content-Length: ${text.length}\r\n\r\n${text}`);
  expect(await connection.sendRequest('initialize', beginning)).toHaveProperty('capabilities');
  const codes = [...output.matchAll(/"id":null,"error":\{"code":(-\d+)/g)].map(([, code]) => Number(code));
  expect(codes).toEqual([ErrorCodes.ParseError, ...Array.from({ length: 3 }, () => ErrorCodes.InvalidRequest)]);
  connection.dispose();
});

test.each([
  ['X-Length: 2\r\n\r\n{}', 'Header must provide a Content-Length property.'],
  ['Content-Length: two\r\n\r\n{}', 'Content-Length value must be a number. Got two'],
  ['{"jsonrpc":"2.0"\r\n\r\n', 'Header must provide a Content-Length property.'],
  ['server {\r\n\r\n}\r\n', "Message header must separate key and value using ':' server {"],
])('a header that nobody can read ends the program, with the reason: %j', async (input, reason) => {
  const child = start();
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdin.write(input);
  const [status] = (await once(child, 'close')) as [number];
  expect(status).toBe(1);
  expect(said).toContain(
    `proxylint lsp: standard input does not hold messages of the language server protocol: ${reason}`,
  );
  expect(said).toContain('docs/editors.md');
  expect(said).not.toContain('    at ');
});
