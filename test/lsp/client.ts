/** A client of the language server: the built program over its standard input and output, or the server in this process. */
import { spawn } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type Diagnostic,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver-protocol/node';
import { onTestFinished } from 'vitest';
import { EditorHost } from '../../src/cli/project/editor-host.ts';
import { lintDefaults } from '../../src/cli/options.ts';
import { serve } from '../../src/lsp/server.ts';

export interface ClientOptions {
  /** The folders that the editor has open. */
  readonly folders?: readonly string[];
  readonly capabilities?: ClientCapabilities;
  /** What the editor's settings say. */
  readonly settings?: unknown;
  /** True: the built program, as an editor starts it. */
  readonly built?: boolean;
}

export class Client {
  readonly connection: ProtocolConnection;
  /** What the server said to the user. */
  readonly messages: string[] = [];
  readonly published: PublishDiagnosticsParams[] = [];
  result!: InitializeResult;
  settings: unknown;
  readonly #versions = new Map<string, number>();
  readonly #waiting: (() => void)[] = [];

  constructor(connection: ProtocolConnection) {
    this.connection = connection;
  }

  uri(path: string): string {
    return pathToFileURL(path).href;
  }

  async open(path: string, text: string, languageId = 'conf'): Promise<string> {
    const uri = path.includes(':') ? path : this.uri(path);
    this.#versions.set(uri, 1);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
    return uri;
  }

  /** Puts a text in the place of a range, or of all. */
  async change(uri: string, text: string, start?: Position, end: Position | undefined = start): Promise<number> {
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [start ? { range: { start, end }, text } : { text }],
    });
    return version;
  }

  /** The diagnostics that are pushed for a document, from the given version on. */
  async diagnostics(uri: string, version = this.#versions.get(uri)): Promise<readonly Diagnostic[]> {
    for (;;) {
      const found = this.published.findLast(
        (each) => each.uri === uri && (version === undefined || (each.version ?? 0) >= version),
      );
      if (found) return found.diagnostics;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  take(params: PublishDiagnosticsParams): void {
    this.published.push(params);
    for (const go of this.#waiting.splice(0)) go();
  }

  request<Result>(method: string, params: unknown): Promise<Result> {
    return this.connection.sendRequest<Result>(method, params);
  }

  at<Result>(method: string, uri: string, position: Position, more: object = {}): Promise<Result> {
    return this.request(method, { textDocument: { uri }, position, ...more });
  }
}

/** A session that has begun; it ends with the test. */
export async function startClient(options: ClientOptions = {}): Promise<Client> {
  const { folders = [], capabilities = {}, settings, built = false } = options;
  const client = new Client(built ? connectToProgram() : connectInProcess());
  client.settings = settings;
  const { connection } = client;
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) =>
    client.take(params),
  );
  connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
    client.messages.push(message);
  });
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
    items.map(() => client.settings),
  );
  connection.listen();
  client.result = await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: folders[0] === undefined ? null : client.uri(folders[0]),
    workspaceFolders: folders.map((path) => ({ uri: client.uri(path), name: path })),
    capabilities: { ...capabilities, workspace: { configuration: true, ...capabilities.workspace } },
  });
  await connection.sendNotification('initialized', {});
  return client;
}

function connectInProcess(): ProtocolConnection {
  const up = new PassThrough();
  const down = new PassThrough();
  const server = createConnection(ProposedFeatures.all, new StreamMessageReader(up), new StreamMessageWriter(down));
  serve(server, new EditorHost(lintDefaults));
  server.listen();
  const connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  onTestFinished(async () => {
    await connection.sendRequest('shutdown').catch(() => undefined);
    connection.dispose();
    server.dispose();
  });
  return connection;
}

function connectToProgram(): ProtocolConnection {
  const child = spawn(process.execPath, [resolve('dist/cli.cjs'), 'lsp', '--stdio'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  onTestFinished(() => {
    connection.dispose();
    child.kill();
  });
  return connection;
}

/** The position of the first `|` in a text, and the text without it. */
export function marked(text: string): { readonly text: string; readonly position: Position } {
  const at = text.indexOf('|');
  if (at === -1) throw new Error('no "|" in the text');
  const lines = text.slice(0, at).split('\n');
  return {
    text: text.slice(0, at) + text.slice(at + 1),
    position: { line: lines.length - 1, character: lines.at(-1)!.length },
  };
}
