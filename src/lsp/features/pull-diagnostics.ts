import {
  DocumentDiagnosticReportKind,
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  type FullDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { ServerContext } from '../context.ts';
import { printOf } from '../publish.ts';
import { findingsByPath, type View } from '../view.ts';
import { diagnosticOf } from './diagnostics.ts';

/** What is found in a document, for a client that asks for it; what it has already it is not told again. */
export async function pullDiagnostics(
  server: ServerContext,
  { textDocument, previousResultId }: DocumentDiagnosticParams,
): Promise<DocumentDiagnosticReport> {
  const { workspace } = server;
  const view = await workspace.viewAt(textDocument.uri);
  const items = view ? (await view.findings()).map((finding) => diagnosticOf(server, finding)) : [];
  const resultId = printOf(items);
  const related = view && server.client.relatedDocuments ? await elsewhere(server, view) : {};
  const more = Object.keys(related).length > 0 ? { relatedDocuments: related } : {};
  if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId, ...more };
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items, ...more };
}

/** What is found in files that the document includes, and that are not open. */
async function elsewhere(server: ServerContext, view: View): Promise<Record<string, FullDocumentDiagnosticReport>> {
  const { workspace, places } = server;
  if (workspace.canonical(view.reading.path) !== workspace.canonical(view.path)) return {};
  const found = await findingsByPath(view.reading.file, (path) => workspace.canonical(path));
  const related = new Map<string, FullDocumentDiagnosticReport>();
  for (const [path, findings] of found) {
    if (workspace.documentOf(path)) continue;
    const items: Diagnostic[] = findings.map((finding) => diagnosticOf(server, finding));
    related.set(places.uriOf(path), { kind: DocumentDiagnosticReportKind.Full, items });
  }
  return Object.fromEntries(related);
}
