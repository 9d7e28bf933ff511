/** Markdown of the language service as pieces, of which the page makes elements: nothing in it is ever HTML. */
import { lexer, type Token, type Tokens } from 'marked';
import type { Markup, MarkupElement } from '../editing-protocol.ts';
import { path } from './analysis.ts';

export function markupOf(markdown: string): Markup[] {
  return lexer(markdown).flatMap(pieceOf);
}

function pieceOf(token: Token): Markup[] {
  switch (token.type) {
    case 'space':
    case 'def':
      return [];
    case 'heading':
      return [of('p', [of('strong', inner(token))])];
    case 'paragraph':
      return [of('p', inner(token))];
    case 'strong':
    case 'em':
      return [of(token.type, inner(token))];
    case 'codespan':
      return [of('code', [(token as Tokens.Codespan).text])];
    case 'code':
      return [of('pre', [of('code', [(token as Tokens.Code).text])])];
    case 'br':
      return [of('br', [])];
    case 'list': {
      const { ordered, items } = token as Tokens.List;
      return [
        of(
          ordered ? 'ol' : 'ul',
          items.map((item) => of('li', inner(item))),
        ),
      ];
    }
    case 'link':
      return linkOf(token as Tokens.Link);
    case 'table':
      return [tableOf(token as Tokens.Table)];
    case 'text':
    case 'escape':
      return 'tokens' in token && token.tokens ? inner(token) : [unescaped((token as Tokens.Text).text)];
    case 'blockquote':
    case 'del':
      return inner(token);
    default:
      return [token.raw];
  }
}

function of(tag: MarkupElement['tag'], children: readonly Markup[]): MarkupElement {
  return { tag, children };
}

function inner(token: { readonly tokens?: Token[] | undefined }): Markup[] {
  return (token.tokens ?? []).flatMap(pieceOf);
}

/** To a line of the text that is written, or to a page of the web; any other link is its text. */
function linkOf({ href, tokens }: Tokens.Link): Markup[] {
  const children = tokens.flatMap(pieceOf);
  const line = href.startsWith(`${path}#L`) ? Number(href.slice(`${path}#L`.length)) : undefined;
  if (line === undefined && !href.startsWith('https://')) return children;
  return [{ tag: 'a', target: line ?? href, children }];
}

function tableOf({ header, rows }: Tokens.Table): MarkupElement {
  const cells = [header, ...rows];
  return of(
    'table',
    cells.map((row) =>
      of(
        'tr',
        row.map((cell) => of('td', inner(cell))),
      ),
    ),
  );
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
};

/** As a text of Markdown is read: these are what its signs are escaped as. */
function unescaped(text: string): string {
  return text.replace(/&(?:lt|gt|amp|quot|#39);/g, (entity) => entities[entity]!);
}
