/** `proxylint lsp`: the language server on standard input and output. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { messageOf } from '../../lint/failure.ts';
import { serve } from '../../lsp/server.ts';
import { EditorHost } from '../project/editor-host.ts';
import { lintDefaults, type LspCommandOptions } from '../options.ts';

/** Ends with the process. */
export function lspCommand(options: LspCommandOptions): Promise<never> {
  const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  // What a plugin leaves behind, such as a rejected promise, must not end the session.
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', (error) => connection.console.error(`proxylint: ${messageOf(error)}`));
  process.removeAllListeners('exit');
  serve(connection, new EditorHost({ ...lintDefaults, ...options }));
  connection.listen();
  return new Promise<never>(() => undefined);
}
