/** Starts the language server of proxylint and shows what it says. */
import { commands, ViewColumn, window, workspace, type ExtensionContext } from 'vscode';
import {
  LanguageClient,
  TransportKind,
  type Executable,
  type LanguageClientOptions,
  type NodeModule,
  type StaticFeature,
} from 'vscode-languageclient/node';

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(
    commands.registerCommand('proxylint.restart', async () => {
      await client?.stop();
      await start(context);
    }),
  );
  await start(context);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function start(context: ExtensionContext): Promise<void> {
  client = new LanguageClient('proxylint', 'proxylint', serverOf(context), options);
  client.registerFeature(showsResults);
  await client.start();
}

/** The server that the user names, else the one that comes along. */
function serverOf(context: ExtensionContext): Executable | NodeModule {
  const [command, ...args] = workspace.getConfiguration('proxylint').get<readonly string[] | null>('command') ?? [];
  if (command !== undefined) return { command, args, transport: TransportKind.stdio };
  return { module: context.asAbsolutePath('server/cli.cjs'), args: ['lsp'], transport: TransportKind.stdio };
}

const headersCommand = 'proxylint.effectiveHeaders';

const options: LanguageClientOptions = {
  documentSelector: ['nginx', 'apacheconf', 'sslh', 'markdown'].flatMap((language) => [
    { scheme: 'file', language },
    { scheme: 'untitled', language },
  ]),
  middleware: {
    async executeCommand(command, args, next) {
      const answer: unknown = await next(command, args);
      if (command === headersCommand && typeof answer === 'string') await show(answer);
      return answer;
    },
  },
};

/** Beside the config, as a text that nobody saves. */
async function show(content: string): Promise<void> {
  const document = await workspace.openTextDocument({ content, language: 'plaintext' });
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true, preserveFocus: true });
}

/** Tells the server that {@link show} is there, so that it sends no message. */
const showsResults: StaticFeature = {
  fillClientCapabilities(capabilities) {
    capabilities.experimental = { ...(capabilities.experimental as object | undefined), showsResults: true };
  },
  initialize() {},
  getState: () => ({ kind: 'static' }),
  clear() {},
};
