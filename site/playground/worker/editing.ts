/** The language service of `proxylint lsp`, for the one text of the page. */
import { CompletionItemKind, CompletionItemTag, InsertTextFormat, type CompletionItem } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { clientOf } from '../../../src/lsp/client.ts';
import type { TextContext } from '../../../src/lsp/context.ts';
import { completion, resolveCompletion } from '../../../src/lsp/features/completion.ts';
import { hover as hoverAt } from '../../../src/lsp/features/hover.ts';
import type { LspHost } from '../../../src/lsp/host.ts';
import { Places } from '../../../src/lsp/places.ts';
import { Positions } from '../../../src/lsp/positions.ts';
import { Workspace } from '../../../src/lsp/workspace.ts';
import type { HoverText, Markup, Place, Suggestion } from '../editing-protocol.ts';
import { path } from './analysis.ts';
import { markupOf } from './markup.ts';
import { settingsOf } from './settings.ts';

const textDocument = { uri: path };

/** What the text is, and how it is to be read. */
let current: Omit<Place, 'offset'> = {
  text: '',
  dialect: undefined,
  assumed: undefined,
  targets: {},
  profile: 'recommended',
};
let version = 0;

const host: LspHost = {
  version: '',
  settingsFor: () => settingsOf(current),
  plainSettingsFor: () => settingsOf({ dialect: undefined, targets: {}, profile: 'recommended' }),
  adjust: async (finding) => finding,
  dialectOf: () => current.dialect,
  reset: () => undefined,
  canonical: (each) => each,
  toPath: () => path,
  toUri: () => path,
};
const positions = new Positions();
const server: TextContext = {
  workspace: new Workspace(host, () => undefined),
  places: new Places(host, () => positions),
  client: clientOf({ textDocument: { completion: { completionItem: { snippetSupport: true } } } }),
  positions,
};

/** Takes a text that has changed, or is to be read otherwise. */
function update({ text, dialect, assumed, targets, profile }: Place): TextDocument {
  const next = { text, dialect, assumed, targets, profile };
  const known = server.workspace.documentAt(path);
  if (known && JSON.stringify(next) === JSON.stringify(current)) return known;
  const isReadOtherwise = JSON.stringify({ ...next, text }) !== JSON.stringify({ ...current, text });
  current = next;
  const document = TextDocument.create(path, assumed ?? '', ++version, text);
  server.workspace.update(document);
  if (isReadOtherwise) server.workspace.reset([]);
  return document;
}

export async function complete(place: Place): Promise<readonly Suggestion[]> {
  const document = update(place);
  const list = await completion(server, { textDocument, position: document.positionAt(place.offset) });
  return (list?.items ?? []).flatMap((item) => suggestionOf(document, item));
}

function suggestionOf(document: TextDocument, item: CompletionItem): Suggestion[] {
  const { label, kind, detail, tags = [], textEdit, insertTextFormat, data } = item;
  if (!textEdit || !('range' in textEdit)) return [];
  const isSnippet = insertTextFormat === InsertTextFormat.Snippet;
  return [
    {
      label,
      detail,
      type: types.get(kind) ?? 'text',
      isDeprecated: tags.includes(CompletionItemTag.Deprecated),
      from: document.offsetAt(textEdit.range.start),
      to: document.offsetAt(textEdit.range.end),
      snippet: isSnippet ? forCodeMirror(textEdit.newText) : undefined,
      topic: data as unknown,
    },
  ];
}

/** The kinds of CodeMirror, for which it has icons. */
const types: ReadonlyMap<CompletionItemKind | undefined, string> = new Map([
  [CompletionItemKind.Property, 'property'],
  [CompletionItemKind.Class, 'class'],
  [CompletionItemKind.EnumMember, 'enum'],
  [CompletionItemKind.Field, 'property'],
  [CompletionItemKind.Variable, 'variable'],
  [CompletionItemKind.Reference, 'constant'],
  [CompletionItemKind.Module, 'namespace'],
]);

/** From `$1` to `${1}`; the last place is one without a number. */
function forCodeMirror(snippet: string): string {
  return snippet.replace(/\$(\d)/g, (_, number: string) => (number === '0' ? '${}' : `\${${number}}`));
}

export async function describe({ topic }: { readonly topic: unknown }): Promise<readonly Markup[]> {
  const { documentation } = await resolveCompletion({ label: '', data: topic });
  return typeof documentation === 'object' ? markupOf(documentation.value) : [];
}

export async function hover(place: Place): Promise<HoverText | undefined> {
  const document = update(place);
  const found = await hoverAt(server, { textDocument, position: document.positionAt(place.offset) });
  if (!found?.range || typeof found.contents !== 'object' || !('value' in found.contents)) return undefined;
  const { start, end } = found.range;
  return { from: document.offsetAt(start), to: document.offsetAt(end), text: markupOf(found.contents.value) };
}
