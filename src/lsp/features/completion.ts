/** What may be written at a place. */
import {
  CompletionItemKind,
  CompletionItemTag,
  InsertTextFormat,
  MarkupKind,
  type CompletionItem,
  type CompletionList,
  type CompletionParams,
} from 'vscode-languageserver';
import type { TextContext } from '../context.ts';
import { spanInDocument, type Cursor } from '../cursor.ts';
import { languageOf } from '../languages/index.ts';
import type { Language, Suggestion } from '../languages/language.ts';
import { symbolsOf } from '../symbols.ts';
import type { View } from '../view.ts';
import type { Dialect } from '../../syntax/tree.ts';
import type { Span } from '../../text/span.ts';
import { descriptionText } from './hover.ts';

const kinds: Readonly<Record<Suggestion['kind'], CompletionItemKind>> = {
  directive: CompletionItemKind.Property,
  block: CompletionItemKind.Class,
  value: CompletionItemKind.EnumMember,
  parameter: CompletionItemKind.Field,
  variable: CompletionItemKind.Variable,
  name: CompletionItemKind.Reference,
  module: CompletionItemKind.Module,
  file: CompletionItemKind.File,
};

export async function completion(server: TextContext, params: CompletionParams): Promise<CompletionList | null> {
  const { workspace, positions } = server;
  const view = await workspace.viewAt(params.textDocument.uri);
  const cursor = view?.at(positions.offsetAt(view.document, params.position));
  if (!view || !cursor || isInComment(cursor)) return null;
  const found = await suggestionsAt(view, cursor);
  const items = found.map(({ suggestion, span }) => itemOf(server, view, cursor, suggestion, span));
  return { isIncomplete: false, items };
}

interface Placed {
  readonly suggestion: Suggestion;
  /** What it replaces, in the file of the cursor. */
  readonly span: Span;
}

async function suggestionsAt(view: View, cursor: Cursor): Promise<Placed[]> {
  const language = languageOf(cursor.config.dialect);
  const { index, directive, word, offset } = cursor;
  const span = word ? { start: word.start, end: word.end } : { start: offset, end: offset };
  const variables = variablesAt(view, cursor, language);
  if (variables) return variables;
  const names = index === 0 || startsLine(cursor);
  const placed = names ? place(language.directives(cursor, view.targets), spanOfName(cursor, span)) : [];
  if (!directive || index === 0) return placed;
  placed.push(...place(await language.argumentsOf(cursor, view.targets), span));
  for (const { kind, before } of language.namedAt(cursor)) {
    const quote = word?.quote ?? '';
    const inner = {
      start: span.start + quote.length,
      end: word && isClosed(word.raw, quote) ? span.end - quote.length : span.end,
    };
    for (const { name } of symbolsOf(cursor.config).definedOf(kind))
      placed.push({ suggestion: { label: before + name, kind: 'name', detail: kind }, span: inner });
  }
  return placed;
}

function isClosed(raw: string, quote: string): boolean {
  return quote !== '' && raw.length > 1 && raw.endsWith(quote);
}

/** A section of httpd is completed with its bracket; while it has only the first one, it is no directive yet. */
function spanOfName({ file, directive, index, offset, config }: Cursor, span: Span): Span {
  const { code } = file.source;
  if (!directive && config.dialect === 'apache') {
    const begun = /^[ \t]*(<\w*)$/.exec(code.slice(code.lastIndexOf('\n', offset - 1) + 1, offset))?.[1];
    return begun === undefined ? span : { start: offset - begun.length, end: offset };
  }
  if (index !== 0 || !directive) return span;
  return code[span.start - 1] === '<' ? { start: span.start - 1, end: span.end } : span;
}

/** The first word on a line: where a line above was not ended, it begins a directive all the same. */
function startsLine({ file, offset, word }: Cursor): boolean {
  const start = word?.start ?? offset;
  const { code } = file.source;
  return code.slice(code.lastIndexOf('\n', start - 1) + 1, start).trim() === '';
}

/** Where the text before the cursor is the beginning of a variable: the variables, and nothing else. */
function variablesAt(view: View, cursor: Cursor, language: Language): Placed[] | undefined {
  const { file, offset, word, config, directive, index } = cursor;
  if (!word || !directive || index === 0) return undefined;
  const before = file.source.code.slice(word.start, offset);
  const begun = /(?:\$\{?[\w]*|%\{[\w:]*)$/.exec(before)?.[0];
  if (begun === undefined) return undefined;
  const isBraced = begun.startsWith('${');
  const rest = /^\w*\}?/.exec(file.source.code.slice(offset, word.end))![0];
  const span = {
    start: offset - begun.length,
    end: offset + (isBraced || begun.startsWith('%') ? rest.length : rest.replace('}', '').length),
  };
  const own = ['http variable', 'stream variable', 'mail variable'].flatMap((kind) =>
    symbolsOf(config).definedOf(kind),
  );
  const defines = config.dialect === 'apache' ? symbolsOf(config).definedOf('define') : [];
  const all: Suggestion[] = [
    ...own.map(({ name, kind }) => ({ label: `$${name}`, kind: 'variable', detail: kind }) as const),
    ...defines.map(({ name }) => ({ label: `\${${name}}`, kind: 'variable', detail: 'Define' }) as const),
    ...language.variables(cursor, view.targets),
  ];
  const braced = (label: string): string => (isBraced && /^\$\w/.test(label) ? `\${${label.slice(1)}}` : label);
  const unique = new Map(all.map((each) => [each.label, { ...each, label: braced(each.label) }]));
  return place(
    [...unique.values()].filter(({ label }) => label[0] === begun[0]),
    span,
  );
}

function place(suggestions: readonly Suggestion[], span: Span): Placed[] {
  return suggestions.map((suggestion) => ({ suggestion, span }));
}

/** What {@link resolveCompletion} needs to find the documentation. */
interface ItemData {
  readonly dialect: Dialect;
  readonly key: string;
  readonly context: string;
  readonly isVariable: boolean;
}

function itemOf(server: TextContext, view: View, cursor: Cursor, suggestion: Suggestion, span: Span): CompletionItem {
  const { label, kind, detail, deprecated, snippet, key } = suggestion;
  const isNew = cursor.directive === undefined || (cursor.directive.args.length === 0 && !cursor.directive.block);
  const asSnippet = snippet !== undefined && isNew && server.client.snippets;
  const language = languageOf(cursor.config.dialect);
  const data: ItemData | undefined =
    key === undefined
      ? undefined
      : {
          dialect: cursor.config.dialect,
          key,
          context: language.contextAt(cursor, view.targets),
          isVariable: kind === 'variable',
        };
  return {
    label,
    kind: kinds[kind],
    ...(detail !== undefined && { detail }),
    ...(deprecated && { tags: [CompletionItemTag.Deprecated] }),
    filterText: label,
    insertTextFormat: asSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: {
      range: server.positions.rangeOf(view.document, spanInDocument(cursor, span)),
      newText: asSnippet ? snippet : label,
    },
    ...(data && { data }),
  };
}

/** The documentation, which is looked up for the item that the user looks at. */
export async function resolveCompletion(item: CompletionItem): Promise<CompletionItem> {
  const data = item.data as ItemData | undefined;
  if (!data) return item;
  const language = languageOf(data.dialect);
  const description = await (data.isVariable
    ? language.describeVariable(data.key, data.context)
    : language.describe(data.key, data.context));
  if (!description) return item;
  const value = descriptionText(description, data.dialect).join('\n\n');
  return { ...item, documentation: { kind: MarkupKind.Markdown, value } };
}

function isInComment({ file, offset }: Cursor): boolean {
  return file.comments.some(({ start, end }) => start < offset && offset <= end);
}
