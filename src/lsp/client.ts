/** What the editor can do, as far as the server asks. */
import type { ClientCapabilities } from 'vscode-languageserver';

export interface Client {
  /** It asks for diagnostics itself. */
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly relatedDocuments: boolean;
  readonly watchesFiles: boolean;
  readonly configures: boolean;
  readonly tellsConfiguration: boolean;
  readonly hasFolders: boolean;
  readonly snippets: boolean;
  readonly snippetEdits: boolean;
  readonly documentChanges: boolean;
  readonly nestedSymbols: boolean;
  /** It has a place of its own for what a command gives. */
  readonly showsResults: boolean;
}

export function clientOf(abilities: ClientCapabilities): Client {
  const { workspace = {}, textDocument = {}, experimental } = abilities;
  return {
    pullsDiagnostics: textDocument.diagnostic !== undefined,
    refreshesDiagnostics: workspace.diagnostics?.refreshSupport === true,
    relatedDocuments: textDocument.diagnostic?.relatedDocumentSupport === true,
    watchesFiles: workspace.didChangeWatchedFiles?.dynamicRegistration === true,
    configures: workspace.configuration === true,
    tellsConfiguration: workspace.didChangeConfiguration?.dynamicRegistration === true,
    hasFolders: workspace.workspaceFolders === true,
    snippets: textDocument.completion?.completionItem?.snippetSupport === true,
    snippetEdits: workspace.workspaceEdit?.snippetEditSupport === true,
    documentChanges: workspace.workspaceEdit?.documentChanges === true,
    nestedSymbols: textDocument.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    showsResults: (experimental as { showsResults?: unknown } | undefined)?.showsResults === true,
  };
}
