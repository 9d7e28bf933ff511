/** The language server: what the protocol asks, handed to the features. Runs until the client says `exit`. */
import {
  CodeActionKind,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  MessageType,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
  LSPErrorCodes,
  type CancellationToken,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  type ServerCapabilities,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { configFileNames } from '../config/find-config.ts';
import { messageOf } from '../lint/failure.ts';
import { baseName } from '../text/paths.ts';
import { clientOf, type Client } from './client.ts';
import type { ServerContext } from './context.ts';
import { documentsCountedIn } from './documents.ts';
import { codeActions, fixAllKind } from './features/code-actions.ts';
import { completion, resolveCompletion } from './features/completion.ts';
import { codeLenses, executeCommand, headersCommand } from './features/effective-headers.ts';
import { pullDiagnostics } from './features/pull-diagnostics.ts';
import { formatDocument, formatRange } from './features/formatting.ts';
import { hover } from './features/hover.ts';
import { definition, documentLinks, highlights, references } from './features/navigation.ts';
import { prepareRename, rename } from './features/rename.ts';
import { documentSymbols, foldingRanges } from './features/symbols.ts';
import type { Folder, LspHost } from './host.ts';
import { Places } from './places.ts';
import { Positions } from './positions.ts';
import { Publisher } from './publish.ts';
import { Workspace } from './workspace.ts';

/** Answers on a connection that is not listened to yet. */
export function serve(connection: Connection, host: LspHost): void {
  let positions = new Positions();
  let client: Client = clientOf({});
  const documents = new TextDocuments(documentsCountedIn(() => positions));
  const told = new Set<string>();
  const tell = (message: string): void => {
    if (told.has(message)) return;
    told.add(message);
    void connection.sendNotification('window/showMessage', {
      type: MessageType.Error,
      message: `proxylint: ${message}`,
    });
  };
  const server: ServerContext = {
    host,
    connection,
    workspace: new Workspace(host, tell),
    places: new Places(host, () => positions),
    get client() {
      return client;
    },
    get positions() {
      return positions;
    },
  };
  const publisher = new Publisher(server);
  const folders = new Folders(server);

  connection.onInitialize((params): InitializeResult => {
    client = clientOf(params.capabilities);
    positions = new Positions(params.capabilities.general?.positionEncodings);
    folders.begin(params);
    return {
      capabilities: { ...capabilities, positionEncoding: positions.encoding },
      serverInfo: { name: 'proxylint', version: host.version },
    };
  });
  connection.onInitialized(async () => {
    if (client.tellsConfiguration) void connection.client.register(DidChangeConfigurationNotification.type, undefined);
    if (client.watchesFiles)
      void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*' }] });
    if (client.hasFolders)
      connection.workspace.onDidChangeWorkspaceFolders(async ({ added, removed }) => {
        await folders.change(added, removed);
        publisher.all();
      });
    await folders.configure();
    publisher.all();
  });
  connection.onDidChangeConfiguration(async ({ settings }) => {
    await folders.configure(settings);
    told.clear();
    publisher.all();
  });
  connection.onDidChangeWatchedFiles(async ({ changes }) => {
    const isConfig = changes.some((change) => isSettings(change) || baseName(change.uri) === 'package.json');
    const others = changes.filter(({ uri }) => !server.workspace.documentAt(uri));
    if (isConfig) {
      told.clear();
      await folders.configure();
    } else if (others.length === 0) return;
    server.workspace.touch();
    publisher.all();
  });
  connection.onShutdown(() => publisher.stop());

  documents.onDidChangeContent(({ document }) => {
    server.workspace.update(document);
    publisher.changed(document);
  });
  documents.onDidClose(({ document }) => {
    server.workspace.close(document);
    publisher.closed(document);
  });
  documents.onDidSave(({ document }) => {
    if (!isSettings(document)) return;
    told.clear();
    void folders.configure().then(() => publisher.all());
  });
  documents.listen(connection);

  connection.languages.diagnostics.on((params, token) => guard(server, token, () => pullDiagnostics(server, params)));
  connection.onCodeAction((params, token) => guard(server, token, () => codeActions(server, params)));
  connection.onHover((params, token) => guard(server, token, () => hover(server, params)));
  connection.onCompletion((params, token) => guard(server, token, () => completion(server, params)));
  connection.onCompletionResolve((item, token) => guard(server, token, () => resolveCompletion(item)));
  connection.onDocumentSymbol((params, token) => guard(server, token, () => documentSymbols(server, params)));
  connection.onDefinition((params, token) => guard(server, token, () => definition(server, params)));
  connection.onReferences((params, token) => guard(server, token, () => references(server, params)));
  connection.onDocumentHighlight((params, token) => guard(server, token, () => highlights(server, params)));
  connection.onDocumentLinks((params, token) => guard(server, token, () => documentLinks(server, params)));
  connection.onPrepareRename((params, token) => guard(server, token, () => prepareRename(server, params)));
  connection.onRenameRequest((params, token) => guard(server, token, () => rename(server, params)));
  connection.onCodeLens((params, token) => guard(server, token, () => codeLenses(server, params)));
  connection.onExecuteCommand((params, token) => guard(server, token, () => executeCommand(server, params)));
  connection.onDocumentFormatting((params, token) => guard(server, token, () => formatDocument(server, params)));
  connection.onDocumentRangeFormatting((params, token) => guard(server, token, () => formatRange(server, params)));
  connection.onFoldingRanges((params, token) => guard(server, token, () => foldingRanges(server, params)));
}

const capabilities: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  diagnosticProvider: { identifier: 'proxylint', interFileDependencies: true, workspaceDiagnostics: false },
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
  hoverProvider: true,
  completionProvider: { triggerCharacters: ['$', '{', '=', '/', '<', ' ', '"', '@'], resolveProvider: true },
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  codeLensProvider: {},
  executeCommandProvider: { commands: [headersCommand] },
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  documentLinkProvider: {},
  renameProvider: { prepareProvider: true },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

function isSettings({ uri }: Pick<TextDocument, 'uri'>): boolean {
  return configFileNames.includes(baseName(uri));
}

/** What was asked before the text changed is not answered; what breaks breaks only the answer. */
async function guard<Answer>(
  { connection }: ServerContext,
  token: CancellationToken,
  answer: () => Promise<Answer>,
): Promise<Answer> {
  // A cancellation that was sent behind the request is read before the work begins.
  await new Promise((resolve) => setImmediate(resolve));
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
  try {
    return await answer();
  } catch (error) {
    if (error instanceof ResponseError) throw error;
    const message = messageOf(error);
    connection.console.error(`proxylint: ${message}`);
    throw new ResponseError(LSPErrorCodes.RequestFailed, message);
  }
}

/** The folders of the workspace with what the editor's settings say for each. */
class Folders {
  readonly #server: ServerContext;
  #paths: string[] = [];
  /** From the start, and from clients that send them instead of being asked. */
  #sent: unknown;

  constructor(server: ServerContext) {
    this.#server = server;
  }

  begin({ workspaceFolders, initializationOptions, rootUri }: InitializeParams): void {
    const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
    this.#paths = uris.flatMap((uri) => this.#server.host.toPath(uri) ?? []);
    this.#sent = sectionOf(initializationOptions);
    // What comes before the editor has been asked for its settings is answered without them.
    const folders = this.#paths.length > 0 ? this.#paths : [''];
    this.#server.workspace.reset(folders.map((path) => ({ path, settings: this.#sent })));
  }

  async change(
    added: readonly { readonly uri: string }[],
    removed: readonly { readonly uri: string }[],
  ): Promise<void> {
    const pathsOf = (all: readonly { readonly uri: string }[]) =>
      all.flatMap(({ uri }) => this.#server.host.toPath(uri) ?? []);
    const gone = pathsOf(removed);
    this.#paths = [...this.#paths.filter((path) => !gone.includes(path)), ...pathsOf(added)];
    await this.configure();
  }

  /** @param sent what a notification holds; a client that can be asked is asked */
  async configure(sent?: unknown): Promise<void> {
    const section = sectionOf(sent);
    if (section !== undefined) this.#sent = section;
    const { workspace } = this.#server;
    const folders: Folder[] = [];
    for (const path of this.#paths) folders.push({ path, settings: await this.#ask(path) });
    workspace.reset(folders.length > 0 ? folders : [{ path: '', settings: await this.#ask(undefined) }]);
  }

  async #ask(path: string | undefined): Promise<unknown> {
    const { client, connection, host } = this.#server;
    if (!client.configures) return this.#sent;
    const scopeUri = path === undefined ? undefined : host.toUri(path);
    try {
      const answer: unknown = await connection.workspace.getConfiguration({
        section: 'proxylint',
        ...(scopeUri !== undefined && { scopeUri }),
      });
      return answer ?? this.#sent;
    } catch {
      return this.#sent;
    }
  }
}

/** Settings come bare, or below the name of the program. */
function sectionOf(settings: unknown): unknown {
  if (typeof settings !== 'object' || settings === null) return undefined;
  return 'proxylint' in settings ? settings.proxylint : settings;
}
