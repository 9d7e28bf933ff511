/** The blocks of a document as an outline, and where they can be folded. */
import {
  FoldingRangeKind,
  SymbolKind,
  type DocumentSymbol,
  type DocumentSymbolParams,
  type FoldingRange,
  type FoldingRangeParams,
  type SymbolInformation,
} from 'vscode-languageserver';
import { headerOf, type Block, type ConfigFile, type Directive } from '../../syntax/tree.ts';
import type { Span } from '../../text/span.ts';
import type { ServerContext } from '../context.ts';
import { languageOf } from '../languages/index.ts';
import type { View } from '../view.ts';

export async function documentSymbols(
  server: ServerContext,
  { textDocument }: DocumentSymbolParams,
): Promise<DocumentSymbol[] | SymbolInformation[]> {
  const view = await server.workspace.viewAt(textDocument.uri);
  if (!view) return [];
  const symbols = firstFiles(view).flatMap((file) => symbolsOf(server, view, file));
  return server.client.nestedSymbols ? symbols : flat(symbols, view.document.uri);
}

/** Each file once, however often it is included. */
function firstFiles({ files }: View): ConfigFile[] {
  const byOffset = new Map<number, ConfigFile>();
  for (const { file } of files) {
    const offset = file.source.outer?.offset ?? 0;
    if (!byOffset.has(offset)) byOffset.set(offset, file);
  }
  return [...byOffset.values()];
}

function symbolsOf(server: ServerContext, view: View, file: ConfigFile): DocumentSymbol[] {
  const top: DocumentSymbol[] = [];
  const pending: { readonly block: Block; readonly into: DocumentSymbol[] }[] = [{ block: file.root, into: top }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const directive of next.block.directives) {
      if (!directive.block) continue;
      const symbol = symbolOf(server, view, file, directive);
      next.into.push(symbol);
      pending.push({ block: directive.block, into: symbol.children! });
    }
  }
  return top;
}

function symbolOf(server: ServerContext, view: View, file: ConfigFile, directive: Directive): DocumentSymbol {
  const rangeOf = (span: Span) => server.positions.rangeOf(view.document, file.source.outerSpanOf(span));
  const title = languageOf(file.dialect).titleOf(directive);
  const name = directive.name.value || title || 'entry';
  return {
    name,
    ...(title !== '' && title !== name && { detail: title }),
    kind: kindOf(directive),
    range: rangeOf(directive),
    selectionRange: rangeOf(headerOf(directive)),
    children: [],
  };
}

function kindOf({ key }: Directive): SymbolKind {
  if (/^(?:server|virtualhost|protocols|listen)$/.test(key)) return SymbolKind.Class;
  if (/^(?:location|locationmatch|directory|directorymatch|files|filesmatch)$/.test(key)) return SymbolKind.Method;
  if (/^(?:upstream|proxy|proxymatch)$/.test(key)) return SymbolKind.Interface;
  if (/^(?:map|geo|split_clients|types)$/.test(key)) return SymbolKind.Array;
  if (/^(?:if|ifmodule|ifdefine|ifversion|elseif|else|limit_except|limit|limitexcept)$/.test(key))
    return SymbolKind.Event;
  return key === 'macro' ? SymbolKind.Function : SymbolKind.Namespace;
}

function flat(symbols: readonly DocumentSymbol[], uri: string): SymbolInformation[] {
  const found: SymbolInformation[] = [];
  const pending = [...symbols].reverse().map((symbol) => ({ symbol, containerName: '' }));
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { symbol, containerName } = next;
    const name = symbol.detail === undefined ? symbol.name : `${symbol.name} ${symbol.detail}`;
    found.push({
      name,
      kind: symbol.kind,
      location: { uri, range: symbol.range },
      ...(containerName && { containerName }),
    });
    for (const inner of [...(symbol.children ?? [])].reverse()) pending.push({ symbol: inner, containerName: name });
  }
  return found;
}

export async function foldingRanges(
  server: ServerContext,
  { textDocument }: FoldingRangeParams,
): Promise<FoldingRange[]> {
  const view = await server.workspace.viewAt(textDocument.uri);
  if (!view) return [];
  const lineAt = (offset: number): number => view.document.positionAt(offset).line;
  return firstFiles(view).flatMap((file) => {
    const outerLineAt = (at: number): number => lineAt(file.source.outerSpanOf({ start: at, end: at }).start);
    return [...blockFolds(file, outerLineAt), ...commentFolds(file, outerLineAt)];
  });
}

function* blockFolds({ root }: ConfigFile, lineAt: (offset: number) => number): Iterable<FoldingRange> {
  const pending: Block[] = [root];
  for (let block = pending.pop(); block; block = pending.pop()) {
    for (const { block: inner } of block.directives) if (inner) pending.push(inner);
    if (!block.open || !block.close) continue;
    const startLine = lineAt(block.open.start);
    // What closes the block stays in sight.
    const endLine = lineAt(block.close.start) - 1;
    if (endLine > startLine) yield { startLine, endLine };
  }
}

/** Comments on lines that follow each other. */
function* commentFolds({ comments, source }: ConfigFile, lineAt: (offset: number) => number): Iterable<FoldingRange> {
  let start = -1;
  let last = -2;
  const fold = (): FoldingRange[] =>
    last > start && start >= 0 ? [{ startLine: start, endLine: last, kind: FoldingRangeKind.Comment }] : [];
  for (const comment of comments) {
    const line = lineAt(comment.start);
    const lineStart = source.code.lastIndexOf('\n', comment.start - 1) + 1;
    const isAlone = source.code.slice(lineStart, comment.start).trim() === '';
    if (isAlone && line === last + 1) {
      last = lineAt(comment.end);
      continue;
    }
    yield* fold();
    start = isAlone ? line : -1;
    last = isAlone ? lineAt(comment.end) : -2;
  }
  yield* fold();
}
