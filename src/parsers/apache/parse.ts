/** Parser of httpd configs and `.htaccess` files. */
import type { SourceFile } from '../../text/source.ts';
import type { ConfigFile, Directive } from '../../syntax/tree.ts';
import { readExpression } from '../apache-expr/parse.ts';
import { TreeBuilder } from './build.ts';
import { apacheParser } from './grammar.ts';
import { maxDepth, pairDelimiters, type Pairing, type PairingEvent } from '../shared/pairing.ts';
import { SharedStrings } from '../shared/shared-strings.ts';
import { scanApache } from './scan.ts';
import { TagReader, type PairedTag, type Tag } from './tags.ts';
import { LineToken, sectionClose, sectionCut, sectionOpen, strayTag } from './tokens.ts';
import { trimmedEnd } from './words.ts';

export function parseApache(source: SourceFile, includedBy?: Directive): ConfigFile {
  const { code } = source;
  const strings = new SharedStrings(code.length);
  const { tokens, comments } = scanApache(code);
  const tagTokens = tokens.filter(isTag);
  const reader = new TagReader(code, strings);
  const tags = tagTokens.map(({ tokenType, startOffset, end }) =>
    tokenType === sectionOpen ? reader.open(startOffset, end) : reader.close(startOffset, end),
  );
  const pairing = pairDelimiters(tags.map((tag, index) => pairingEvent(tagTokens[index]!, tag, code)));

  const builder = new TreeBuilder(source, strings, includedBy);
  const parser = apacheParser();
  parser.builder = builder;
  parser.run(() => parser.file(), forGrammar(tokens, tags, pairing, source.text.length));
  if (pairing.tooDeep !== undefined) builder.tooDeep(tags[pairing.tooDeep]!, maxDepth);
  return { ...builder.file(comments, includedBy), readExpression, parse: parseApache };
}

function isTag({ tokenType }: LineToken): boolean {
  return tokenType === sectionOpen || tokenType === sectionClose;
}

function pairingEvent(token: LineToken, tag: Tag, text: string): PairingEvent {
  const { key } = tag;
  if (token.tokenType === sectionClose) return { kind: 'close', key };
  // The body of a macro is text until it is used. Hardly any section may stand in one of its own name; in one that is never closed, none does.
  return { kind: 'open', key, breaks: [key], endsHere: closesItself(token, tag, text), opaque: key === 'macro' };
}

/** `<Location /a></Location>`: httpd takes the closing tag for a part of the argument. */
function closesItself({ startOffset, end }: LineToken, { key }: Tag, text: string): boolean {
  const closing = `</${key}>`;
  const trimmed = trimmedEnd(text, startOffset, end);
  const start = trimmed - closing.length;
  return start >= startOffset && text.slice(start, trimmed).toLowerCase() === closing;
}

/** The tokens for the grammar: tags with their roles, and a cut token where a section ends without closing tag. */
function forGrammar(
  tokens: readonly LineToken[],
  tags: readonly Tag[],
  { roles, cuts }: Pairing,
  end: number,
): LineToken[] {
  const all: LineToken[] = [];
  const addCuts = (index: number, offset: number): void => {
    for (let count = cuts[index]!; count > 0; count--) all.push(new LineToken(sectionCut, offset, offset));
  };
  let next = 0;
  for (const token of tokens) {
    if (!isTag(token)) {
      all.push(token);
      continue;
    }
    addCuts(next, token.startOffset);
    all.push(pairedToken(token, pairedTag(tags, roles, next++)));
  }
  addCuts(next, end);
  return all;
}

function pairedTag(tags: readonly Tag[], roles: Pairing['roles'], index: number): PairedTag {
  const role = roles[index]!;
  const found = role.kind === 'open' ? role.fault?.found : undefined;
  return { tag: tags[index]!, role, found: found === undefined ? undefined : tags[found] };
}

function pairedToken({ tokenType, startOffset, end }: LineToken, paired: PairedTag): LineToken {
  return new LineToken(paired.role.kind === 'stray' ? strayTag : tokenType, startOffset, end, paired);
}
