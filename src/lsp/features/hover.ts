/** What stands at a place: the documentation of a directive with what is in force there, or what a name stands for. */
import { MarkupKind, type Hover, type HoverParams } from 'vscode-languageserver';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { escapeControls } from '../../formatters/escape.ts';
import type { TextContext } from '../context.ts';
import { spanInDocument, type Cursor } from '../cursor.ts';
import { inForceAt } from '../in-force.ts';
import { languageOf } from '../languages/index.ts';
import type { Description } from '../languages/language.ts';
import type { ShownLine } from '../places.ts';
import { symbolsOf } from '../symbols.ts';
import { cursorAt } from './navigation.ts';
import type { Occurrence } from '../occurrence.ts';
import type { View } from '../view.ts';

export async function hover(server: TextContext, params: HoverParams): Promise<Hover | null> {
  const at = await cursorAt(server, params);
  if (!at?.cursor.directive || !at.cursor.word) return null;
  const { view, cursor, named } = at;
  const text = named ? await nameText(server, view, cursor, named) : undefined;
  const { directive, word } = at.cursor;
  const shown = named && text !== undefined ? named.place : placeIn(directive, word);
  const value = text ?? (await directiveText(server, view, cursor, directive));
  if (value === undefined) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value },
    range: server.positions.rangeOf(view.document, spanInDocument(cursor, shown)),
  };
}

async function directiveText(
  server: TextContext,
  view: View,
  cursor: Cursor,
  directive: Directive,
): Promise<string | undefined> {
  const language = languageOf(cursor.config.dialect);
  const description = await language.describe(directive.key, language.contextAt(cursor, view.targets));
  if (!description) return undefined;
  return descriptionText(description, cursor.config.dialect, inForceText(server, view, cursor, directive)).join('\n\n');
}

/** As paragraphs of Markdown. @param here what is said of the place, in front of the long text */
export function descriptionText(
  { syntax, text, facts, url, name }: Description,
  language: string,
  here: readonly string[] = [],
): string[] {
  const link = url === undefined ? [] : [`[${name} in the manual](${url})`];
  return [
    ...(syntax.length > 0 ? [fenced(syntax.join('\n'), language)] : [`\`${name}\``]),
    ...(facts.length > 0 ? [facts.map(([label, value]) => `**${label}:** ${escapeMarkdown(value)}`).join('  \n')] : []),
    ...here,
    ...(text === undefined ? [] : [text.trim()]),
    ...link,
  ];
}

/** What of a directive counts where it stands, and where that is written. */
function inForceText(server: TextContext, view: View, cursor: Cursor, directive: Directive): string[] {
  const inForce = inForceAt(view, cursor.config, directive);
  if (!inForce) return [];
  const { directives, certainty } = inForce;
  if (directives.length === 0) return [];
  const lines = directives.slice(0, maxLines).map((each) => `- ${codeOf(each)} ${placeText(server, each, directive)}`);
  const more = directives.length > maxLines ? [`- and ${directives.length - maxLines} more`] : [];
  const doubt = certainty === 'known' ? '' : ', as far as it can be read';
  return [`**In force here${doubt}:**`, [...lines, ...more].join('\n')];
}

const maxLines = 20;

function placeText({ places }: TextContext, each: Directive, here: Directive): string {
  if (each === here) return '(this line)';
  const level = each.parent === here.parent ? 'same level' : levelText(each);
  return `(${linkTo(places.lineOf(each))}, ${level})`;
}

function linkTo({ label, uri, line }: ShownLine): string {
  return `[${label}](${uri}#L${line})`;
}

function levelText({ parent }: Directive): string {
  const { owner } = parent;
  return owner ? `from ${codeOf(owner)}` : 'from the top level';
}

function codeOf({ name, args }: Directive): string {
  const text = escapeControls([name, ...args].map(({ raw }) => raw).join(' ')).replaceAll('`', "'");
  return `\`${text.length > 120 ? `${text.slice(0, 119)}…` : text}\``;
}

async function nameText(
  server: TextContext,
  view: View,
  cursor: Cursor,
  named: Occurrence,
): Promise<string | undefined> {
  const language = languageOf(cursor.config.dialect);
  const definitions = symbolsOf(cursor.config)
    .sameAs(named)
    .filter(({ isDefinition }) => isDefinition);
  const builtIn = named.kind.endsWith('variable')
    ? await language.describeVariable(named.name, language.contextAt(cursor, view.targets))
    : undefined;
  if (definitions.length === 0 && !builtIn) return undefined;
  const kind = named.kind.replace(/^(?:http|stream|mail) /, '').replace(/^named location of .*/, 'named location');
  const lines = definitions.slice(0, maxLines).map(({ directive }) => {
    const link = linkTo(server.places.lineOf(directive));
    return `${fenced(sourceOf(directive), cursor.config.dialect)}\n\n${link}`;
  });
  return [
    ...(builtIn ? descriptionText(builtIn, cursor.config.dialect) : [`**${kind}** \`${escapeControls(named.name)}\``]),
    ...lines,
  ].join('\n\n');
}

/** The first lines of a definition, as it is written. */
function sourceOf({ parent, start, end }: Directive): string {
  const lines = parent.file.text.slice(start, Math.min(end, start + 600)).split('\n');
  const shown = lines.length > 10 ? [...lines.slice(0, 10), '...'] : lines;
  return shown.map((line) => escapeControls(line.replaceAll('\t', '    ').replace(/\r$/, ''))).join('\n');
}

/** A block of code that what stands in it cannot end. */
function fenced(code: string, language: string): string {
  const ticks = Math.max(2, ...(code.match(/`+/g) ?? []).map(({ length }) => length)) + 1;
  const fence = '`'.repeat(ticks);
  return `${fence}${language}\n${code}\n${fence}`;
}

function escapeMarkdown(text: string): string {
  return text.replace(/[<>*[\]]|(?<!\w)_|_(?!\w)/g, (sign) => `\\${sign}`);
}
