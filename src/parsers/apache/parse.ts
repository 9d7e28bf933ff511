/** Parser of httpd configs and `.htaccess` files. */
import type { IToken } from 'chevrotain';
import type { SourceFile } from '../../text/source.ts';
import { commentOf } from '../../syntax/comments.ts';
import type { Comment, ConfigFile, Directive } from '../../syntax/tree.ts';
import { readExpression } from '../apache-expr/parse.ts';
import { TreeBuilder, type PairedTag } from './build.ts';
import { apacheParser } from './grammar.ts';
import { maxDepth, pairDelimiters, type Pairing, type PairingEvent } from '../shared/pairing.ts';
import { readCloseTag, readOpenTag, type Tag } from './tags.ts';
import { apacheLexer, sectionClose, sectionCut, sectionOpen, strayTag } from './tokens.ts';
import { trimmedEnd } from './words.ts';

export function parseApache(source: SourceFile, includedBy?: Directive): ConfigFile {
  const { tokens, groups } = apacheLexer().tokenize(source.code);
  const tagTokens = tokens.filter(isTag);
  const tags = tagTokens.map((token) => readTag(source.code, token));
  const pairing = pairDelimiters(tags.map((tag, index) => pairingEvent(tagTokens[index]!, tag)));

  const builder = new TreeBuilder(source, pairedTags(tags, pairing), includedBy);
  const parser = apacheParser();
  parser.builder = builder;
  parser.input = withCuts(tokens, pairing, source.text.length);
  parser.file();
  if (pairing.tooDeep !== undefined) builder.tooDeep(tags[pairing.tooDeep]!, maxDepth);
  return { ...builder.file((groups['comments'] ?? []).map(toComment), includedBy), readExpression };
}

function isTag(token: IToken): boolean {
  return token.tokenType === sectionOpen || token.tokenType === sectionClose;
}

function readTag(text: string, token: IToken): Tag {
  const read = token.tokenType === sectionOpen ? readOpenTag : readCloseTag;
  return read(text, token.startOffset, token.startOffset + token.image.length);
}

function pairingEvent(token: IToken, tag: Tag): PairingEvent {
  const { key } = tag;
  if (token.tokenType === sectionClose) return { kind: 'close', key };
  // The body of a macro is text until it is used. Hardly any section may stand in one of its own name; in one that is never closed, none does.
  return { kind: 'open', key, breaks: [key], endsHere: closesItself(token, tag), opaque: key === 'macro' };
}

/** `<Location /a></Location>`: httpd takes the closing tag for a part of the argument. */
function closesItself(token: IToken, tag: Tag): boolean {
  return token.image.slice(0, trimmedEnd(token.image)).toLowerCase().endsWith(`</${tag.key}>`);
}

function pairedTags(tags: readonly Tag[], { roles }: Pairing): Map<number, PairedTag> {
  return new Map(
    tags.map((tag, index) => {
      const role = roles[index]!;
      const found = role.kind === 'open' ? role.fault?.found : undefined;
      return [tag.span.start, { tag, role, found: found === undefined ? undefined : tags[found] }];
    }),
  );
}

/** The tokens for the grammar: tags by their roles, and a cut token where a section ends without closing tag. */
function withCuts(tokens: readonly IToken[], { roles, cuts }: Pairing, end: number): IToken[] {
  const all: IToken[] = [];
  const addCuts = (tag: number, offset: number): void => {
    for (let count = cuts[tag]!; count > 0; count--) all.push(virtualToken(sectionCut, offset));
  };
  let tag = 0;
  for (const token of tokens) {
    if (!isTag(token)) {
      all.push(token);
      continue;
    }
    addCuts(tag, token.startOffset);
    const role = roles[tag++]!;
    all.push(role.kind === 'stray' ? { ...token, tokenType: strayTag, tokenTypeIdx: strayTag.tokenTypeIdx! } : token);
  }
  addCuts(tag, end);
  return all;
}

function virtualToken(tokenType: typeof sectionCut, startOffset: number): IToken {
  return { image: '', startOffset, tokenType, tokenTypeIdx: tokenType.tokenTypeIdx! };
}

function toComment(token: IToken): Comment {
  return commentOf(token.image.slice(0, trimmedEnd(token.image)), token.startOffset);
}
