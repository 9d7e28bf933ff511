/** Parser of sslh configs, which are libconfig files. */
import type { ILexingResult, IToken } from 'chevrotain';
import type { SourceFile } from '../../text/source.ts';
import { commentOf } from '../../syntax/comments.ts';
import type { ConfigFile, Directive, Problem } from '../../syntax/tree.ts';
import { maxDepth, pairDelimiters, type Pairing, type PairingEvent } from '../shared/pairing.ts';
import { TreeBuilder, type DelimiterFault } from './build.ts';
import { sslhParser } from './grammar.ts';
import { close, cut, equals, junk, name, open, openQuote, sslhLexer, sslhLineLexer, string } from './tokens.ts';
import { wordTable } from '../../text/word-table.ts';

export function parseSslh(source: SourceFile, includedBy?: Directive): ConfigFile {
  const lexed = sslhLexer().tokenize(source.code);
  const file = parseTokens(source, lexed, includedBy);
  if (!lexed.tokens.some((token) => token.tokenType === openQuote || (file.problems.length > 0 && spansLines(token)))) {
    return file;
  }
  // A quote is missing somewhere: strings that end on their line show where.
  const byLine = parseTokens(source, sslhLineLexer().tokenize(source.code), includedBy);
  return { ...byLine, problems: withoutEcho(byLine.problems, source) };
}

function spansLines({ tokenType, image }: IToken): boolean {
  return tokenType === string && image.includes('\n');
}

/** A missing quote makes the rest of its line unreadable; only the quote is reported there. */
function withoutEcho(problems: readonly Problem[], source: SourceFile): Problem[] {
  const lineOf = (problem: Problem): number => source.positionAt(problem.start).line;
  const lines = new Set(problems.filter((problem) => problem.code === 'unclosed-quote').map(lineOf));
  const kept = problems.filter((problem) => problem.code === 'unclosed-quote' || !lines.has(lineOf(problem)));
  return kept.map((problem) => (problem.code === 'unclosed-quote' ? { ...problem, partial: true } : problem));
}

function parseTokens(
  source: SourceFile,
  { tokens, groups }: ILexingResult,
  includedBy: Directive | undefined,
): ConfigFile {
  const delimiters = tokens.filter((token, index) => isOpen(token) || isClose(token) || beginsSetting(tokens, index));
  const before = new Map(tokens.map((token, index) => [token, tokens[index - 1]]));
  const pairing = pairDelimiters(delimiters.map((token) => pairingEvent(token, before.get(token))));
  const builder = new TreeBuilder(source, faultsOf(delimiters, pairing), includedBy);
  const parser = sslhParser();
  parser.builder = builder;
  parser.run(() => parser.file(), forGrammar(tokens, delimiters, pairing, source.text.length));
  if (pairing.tooDeep !== undefined) builder.tooDeep(delimiters[pairing.tooDeep]!, maxDepth);
  const comments = (groups['comments'] ?? []).map(({ image, startOffset }: IToken) => commentOf(image, startOffset));
  return builder.file(comments, includedBy);
}

function isOpen({ tokenType }: IToken): boolean {
  return tokenType.CATEGORIES?.includes(open) === true;
}

function isClose({ tokenType }: IToken): boolean {
  return tokenType.CATEGORIES?.includes(close) === true;
}

function beginsSetting(tokens: readonly IToken[], index: number): boolean {
  return tokens[index]!.tokenType === name && tokens[index + 1]?.tokenType === equals;
}

const openerOf: Readonly<Record<string, string>> = wordTable({ '}': '{', ')': '(', ']': '[' });

/** A list cannot go on at a setting, nor a group or array at a block without a name. */
function pairingEvent(token: IToken, before: IToken | undefined): PairingEvent {
  if (isClose(token)) return { kind: 'close', key: openerOf[token.image]! };
  if (!isOpen(token)) return { kind: 'break', breaks: ['(', '['] };
  return { kind: 'open', key: token.image, breaks: before?.tokenType === equals ? [] : ['{', '['] };
}

function faultsOf(delimiters: readonly IToken[], { roles }: Pairing): Map<IToken, DelimiterFault> {
  const faults = new Map<IToken, DelimiterFault>();
  for (const [index, role] of roles.entries()) {
    const token = delimiters[index]!;
    if (role.kind === 'stray') {
      faults.set(token, { found: undefined, reason: role.reason === 'too-deep' ? 'too-deep' : 'unmatched' });
    } else if (role.kind === 'open' && role.fault) {
      const { found } = role.fault;
      faults.set(token, { found: found === undefined ? undefined : delimiters[found], reason: 'unclosed' });
    }
  }
  return faults;
}

/** Strays become junk, and a cut token stands where a block ends without its closing delimiter. */
function forGrammar(
  tokens: readonly IToken[],
  delimiters: readonly IToken[],
  { roles, cuts }: Pairing,
  end: number,
): IToken[] {
  const all: IToken[] = [];
  const addCuts = (index: number, offset: number): void => {
    for (let count = cuts[index]!; count > 0; count--) {
      all.push({ image: '', startOffset: offset, tokenType: cut, tokenTypeIdx: cut.tokenTypeIdx! });
    }
  };
  let next = 0;
  for (const token of tokens) {
    if (token === delimiters[next]) {
      addCuts(next, token.startOffset);
      if (roles[next++]!.kind === 'stray') {
        token.tokenType = junk;
        token.tokenTypeIdx = junk.tokenTypeIdx!;
      }
    }
    all.push(token);
  }
  addCuts(next, end);
  return all;
}
