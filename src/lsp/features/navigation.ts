/** Where a name is defined and used, and what an include brings in. */
import {
  DocumentHighlightKind,
  type DefinitionParams,
  type DocumentHighlight,
  type DocumentHighlightParams,
  type DocumentLink,
  type DocumentLinkParams,
  type Location,
  type ReferenceParams,
  type TextDocumentPositionParams,
} from 'vscode-languageserver';
import { walkConfig } from '../languages/walk.ts';
import { headerOf, type Directive } from '../../syntax/tree.ts';
import type { ServerContext, TextContext } from '../context.ts';
import type { Cursor } from '../cursor.ts';
import { languageOf } from '../languages/index.ts';
import type { Occurrence } from '../occurrence.ts';
import { symbolsOf } from '../symbols.ts';
import type { View } from '../view.ts';
import { placeInOuter } from '../../text/source.ts';

export interface NamedCursor {
  readonly view: View;
  readonly cursor: Cursor;
  /** Undefined where the cursor is at no name. */
  readonly named: Occurrence | undefined;
}

/** Undefined outside of all configs. */
export async function cursorAt(
  { workspace, positions }: TextContext,
  { textDocument, position }: TextDocumentPositionParams,
): Promise<NamedCursor | undefined> {
  const view = await workspace.viewAt(textDocument.uri);
  const cursor = view?.at(positions.offsetAt(view.document, position));
  if (!view || !cursor) return undefined;
  return { view, cursor, named: symbolsOf(cursor.config).at(cursor.file.source, cursor.offset) };
}

export async function definition(server: ServerContext, params: DefinitionParams): Promise<Location[]> {
  const at = await cursorAt(server, params);
  if (!at) return [];
  const { cursor, named } = at;
  const files = cursor.index > 0 ? (cursor.directive?.included ?? []) : [];
  if (files.length > 0) return files.map(({ source }) => server.places.locationOf({ file: source, start: 0, end: 0 }));
  return named ? definitionsOf(cursor, named).map(({ place }) => server.places.locationOf(place)) : [];
}

/** Those that count at the cursor, where the language can tell. */
function definitionsOf({ config, directive }: Cursor, named: Occurrence): readonly Occurrence[] {
  const all = symbolsOf(config)
    .sameAs(named)
    .filter(({ isDefinition }) => isDefinition);
  const counting = directive && languageOf(config.dialect).definitionsFor?.(named, directive, config);
  const some = counting ? all.filter((each) => counting.has(each.directive)) : [];
  return some.length > 0 ? some : all;
}

export async function references(server: ServerContext, params: ReferenceParams): Promise<Location[]> {
  const at = await cursorAt(server, params);
  if (!at?.named) return [];
  return symbolsOf(at.cursor.config)
    .sameAs(at.named)
    .filter(({ isDefinition }) => params.context.includeDeclaration || !isDefinition)
    .map(({ place }) => server.places.locationOf(place));
}

export async function highlights(server: ServerContext, params: DocumentHighlightParams): Promise<DocumentHighlight[]> {
  const at = await cursorAt(server, params);
  if (!at?.named) return [];
  const { view, cursor, named } = at;
  return symbolsOf(cursor.config)
    .sameAs(named)
    .filter(({ place }) => view.isShown(placeInOuter(place).file.path))
    .map(({ place, isDefinition }) => ({
      range: server.places.locationOf(place).range,
      kind: isDefinition ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
}

/** Includes that bring in one file are links to it; of a pattern with several, "go to definition" lists them. */
export async function documentLinks(
  server: ServerContext,
  { textDocument }: DocumentLinkParams,
): Promise<DocumentLink[]> {
  const { workspace, places } = server;
  const view = await workspace.viewAt(textDocument.uri);
  if (!view) return [];
  const links = new Map<number, DocumentLink>();
  for (const config of view.reading.configs) {
    for (const directive of walkConfig(config)) {
      const word = directive.args[0];
      if (!word || !hasOneFile(directive) || !view.isShown(placeInOuter(headerOf(directive)).file.path)) continue;
      const { range } = places.locationOf({ file: directive.parent.file, start: word.start, end: word.end });
      const [file] = directive.included;
      links.set(word.start, { range, target: places.uriOf(file.source.path) });
    }
  }
  return [...links.values()];
}

function hasOneFile(
  directive: Directive,
): directive is Directive & { readonly included: readonly [NonNullable<Directive['included']>[number]] } {
  return directive.included?.length === 1;
}
