/** `proxylint lsp`: the language server on standard input and output. */
import {
  createConnection,
  ErrorCodes,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { messageOf } from '../../lint/failure.ts';
import { serve } from '../../lsp/server.ts';
import { SessionReader } from '../../lsp/session-reader.ts';
import { EditorHost } from '../project/editor-host.ts';
import { lintDefaults, type LspCommandOptions } from '../options.ts';

/** Ends with the process. */
export function lspCommand(options: LspCommandOptions): Promise<never> {
  const writer = new StreamMessageWriter(process.stdout);
  const reader = new SessionReader(new StreamMessageReader(process.stdin), writer);
  reader.onError((error) => refuse(error, writer));
  // An editor that is gone cannot say "exit".
  for (const event of ['end', 'close']) process.stdin.on(event, () => process.exit(reader.hasShutDown ? 0 : 1));
  const connection = createConnection(ProposedFeatures.all, reader, writer);
  // What a plugin leaves behind, such as a rejected promise, must not end the session.
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', (error) => connection.console.error(`proxylint: ${messageOf(error)}`));
  process.removeAllListeners('exit');
  serve(connection, new EditorHost({ ...lintDefaults, ...options }));
  connection.listen();
  return new Promise<never>(() => undefined);
}

/** A message that is no JSON is answered. Behind a header that cannot be read, nobody knows where the next message begins. */
function refuse(error: Error, writer: StreamMessageWriter): void {
  const what = error.message.replaceAll(/\s+/g, ' ').slice(0, 200);
  if (error instanceof SyntaxError) {
    const answer = { code: ErrorCodes.ParseError, message: `the message is no JSON: ${what}` };
    void writer.write({ jsonrpc: '2.0', id: null, error: answer } as Parameters<typeof writer.write>[0]);
    return;
  }
  process.stderr.write(
    `proxylint lsp: standard input does not hold messages of the language server protocol: ${what}\n` +
      'Each message begins with "Content-Length: N", the bytes of its JSON, and an empty line. An editor starts this command by itself: docs/editors.md.\n',
  );
  process.exit(1);
}
