/** Layout by the options `format` of the settings; those that an editor sends along do not count, since a file is the same in all editors. */
import type { DocumentFormattingParams, DocumentRangeFormattingParams, TextEdit } from 'vscode-languageserver';
import type { ServerContext } from '../context.ts';

export function formatDocument(server: ServerContext, params: DocumentFormattingParams): Promise<TextEdit[] | null> {
  return format(server, params.textDocument.uri);
}

export function formatRange(server: ServerContext, params: DocumentRangeFormattingParams): Promise<TextEdit[] | null> {
  const { start, end } = params.range;
  // A selection of whole lines ends in front of the line behind them.
  const last = end.character === 0 && end.line > start.line ? end.line : end.line + 1;
  return format(server, params.textDocument.uri, { start: start.line + 1, end: last });
}

async function format(
  { workspace, positions, connection }: ServerContext,
  uri: string,
  range?: { readonly start: number; readonly end: number },
): Promise<TextEdit[] | null> {
  const document = workspace.documentAt(uri);
  const formatted = document && (await workspace.format(document, range));
  if (!formatted) return null;
  for (const { line, message } of formatted.faults)
    connection.console.warn(`proxylint: ${uri}:${line}: not formatted: ${message}`);
  return formatted.edits.map((edit) => ({ range: positions.rangeOf(document, edit), newText: edit.text }));
}
