/** Gives the editor what is found, when something has changed: pushed, or by asking it to ask again. */
import type { Diagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { messageOf } from '../lint/failure.ts';
import type { OpenFile } from '../lint/open-file.ts';
import type { Finding } from '../rules/finding.ts';
import type { ServerContext } from './context.ts';
import { diagnosticOf } from './features/diagnostics.ts';
import { findingsByPath } from './view.ts';
import { Schedule } from './schedule.ts';

export class Publisher {
  readonly #server: ServerContext;
  readonly #schedule: Schedule;
  /**
   * By URI: what was pushed last, as a short print of it, or {@link ofOpenDocument}. Nothing is kept of files without
   * diagnostics.
   */
  readonly #pushed = new Map<string, string>();
  /** By the path of a config: the URIs of files in it that are not open, and have diagnostics. */
  readonly #elsewhere = new Map<string, readonly string[]>();
  /** What was told of files that are not open. */
  readonly #told = new WeakSet<OpenFile>();
  /** By the URI of an open document: the path of the config that it was last seen in. */
  readonly #rootOf = new Map<string, string>();

  constructor(server: ServerContext) {
    this.#server = server;
    this.#schedule = new Schedule((uri) => this.#check(uri));
  }

  get isIdle(): boolean {
    return this.#schedule.isIdle;
  }

  /** A document was opened or changed, and with it the config that it is a part of. */
  changed(document: TextDocument): void {
    this.#schedule.add(document.uri);
    const root = this.#rootOf.get(document.uri);
    if (root === undefined) return;
    for (const other of this.#server.workspace.documents)
      if (this.#rootOf.get(other.uri) === root) this.#schedule.add(other.uri);
  }

  closed({ uri }: TextDocument): void {
    this.#schedule.drop(uri);
    const root = this.#rootOf.get(uri);
    this.#rootOf.delete(uri);
    this.#push(uri, []);
    if (root === undefined || [...this.#rootOf.values()].includes(root)) return;
    for (const other of this.#elsewhere.get(root) ?? []) this.#push(other, []);
    this.#elsewhere.delete(root);
  }

  /** Everything may be different. */
  all(): void {
    const { client, connection, workspace } = this.#server;
    if (client.pullsDiagnostics && client.refreshesDiagnostics) connection.languages.diagnostics.refresh();
    for (const document of workspace.documents) this.#schedule.add(document.uri);
  }

  stop(): void {
    this.#schedule.stop();
  }

  async #check(uri: string): Promise<void> {
    try {
      await this.#publish(uri);
    } catch (error) {
      this.#server.connection.console.error(`proxylint: ${messageOf(error)}`);
    }
  }

  async #publish(uri: string): Promise<void> {
    const { workspace, client } = this.#server;
    const document = workspace.documentAt(uri);
    if (!document) return;
    const { version } = document;
    const view = await workspace.view(document);
    if (!view) {
      this.#rootOf.delete(uri);
      this.#push(uri, []);
      return;
    }
    const { file, path } = view.reading;
    this.#rootOf.set(uri, path);
    // It asks for them itself; that it should ask for those of other parts it cannot know.
    if (client.pullsDiagnostics) return;
    const found = await findingsByPath(file, (each) => workspace.canonical(each));
    if (document.version !== version) return;
    const own = found.get(workspace.canonical(view.path)) ?? [];
    this.#push(
      uri,
      own.map((finding) => diagnosticOf(this.#server, finding)),
    );
    if (this.#told.has(file)) return;
    this.#told.add(file);
    this.#pushElsewhere(path, found);
  }

  /** For the files of a config that are not open. */
  #pushElsewhere(root: string, found: ReadonlyMap<string, readonly Finding[]>): void {
    const { workspace, places } = this.#server;
    const elsewhere: string[] = [];
    for (const [path, findings] of found) {
      if (workspace.documentOf(path)) continue;
      const uri = places.uriOf(path);
      elsewhere.push(uri);
      this.#push(
        uri,
        findings.map((finding) => diagnosticOf(this.#server, finding)),
      );
    }
    for (const uri of this.#elsewhere.get(root) ?? [])
      if (!elsewhere.includes(uri) && !workspace.documentAt(uri)) this.#push(uri, []);
    if (elsewhere.length > 0) this.#elsewhere.set(root, elsewhere);
    else this.#elsewhere.delete(root);
  }

  #push(uri: string, diagnostics: readonly Diagnostic[]): void {
    const { workspace, connection } = this.#server;
    const document = workspace.documentAt(uri);
    const print = diagnostics.length === 0 ? undefined : document ? ofOpenDocument : printOf(diagnostics);
    if (print === this.#pushed.get(uri) && !document) return;
    if (print === undefined) this.#pushed.delete(uri);
    else this.#pushed.set(uri, print);
    void connection.sendDiagnostics({
      uri,
      diagnostics: [...diagnostics],
      ...(document && { version: document.version }),
    });
  }
}

/** Each version of an open document gets its diagnostics, whatever was pushed before: no print is made of them. */
const ofOpenDocument = 'open';

/** Two lists of diagnostics with one print are the same, as far as anybody will see. */
export function printOf(diagnostics: readonly Diagnostic[]): string {
  const text = JSON.stringify(diagnostics);
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return `${diagnostics.length}.${text.length}.${(hash >>> 0).toString(36)}`;
}
