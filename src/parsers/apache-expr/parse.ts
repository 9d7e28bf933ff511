/** Reads httpd's expressions (`<If>`, `Require expr`, `expr=`), to say whether the server would. */
import { Lexer, type IToken } from 'chevrotain';
import type { ExpressionReading, ReadExpression } from '../../syntax/tree.ts';
import { ExpressionParser } from './grammar.ts';
import { modes, regex } from './tokens.ts';

/** Parentheses and functions nest this deep at most; the grammar recurses. */
const maximalNesting = 100;

const lexers = new Map<string, Lexer>();
let parser: ExpressionParser | undefined;

function lexerFor(kind: Parameters<ReadExpression>[1]): Lexer {
  let lexer = lexers.get(kind);
  if (!lexer) {
    lexer = new Lexer({ modes, defaultMode: kind }, { ensureOptimizations: true, positionTracking: 'onlyOffset' });
    lexers.set(kind, lexer);
  }
  return lexer;
}

export const readExpression: ReadExpression = (text, kind) => {
  const { tokens } = lexerFor(kind).tokenize(text);
  parser ??= new ExpressionParser();
  if (isTooDeep(tokens)) return { fault: undefined, regexes: [], uses: [] };
  parser.regexes = [];
  parser.uses = [];
  parser.input = tokens;
  if (kind === 'condition') parser.condition();
  else parser.string();
  const [error] = parser.errors;
  return {
    fault: error && faultAt(text, error.token),
    regexes: parser.regexes.map(patternOf),
    uses: parser.uses,
  };
};

function isTooDeep(tokens: readonly IToken[]): boolean {
  let depth = 0;
  for (const { image } of tokens) {
    if (image === '(' || image === '%{') depth++;
    else if (image === ')' || image === '}') depth--;
    if (depth > maximalNesting) return true;
  }
  return false;
}

/** The token where reading stopped; the end of the text has no offset. */
function faultAt(text: string, token: IToken): ExpressionReading['fault'] {
  const start = Number.isFinite(token.startOffset) && token.startOffset >= 0 ? token.startOffset : text.length;
  return { start, found: start < text.length ? token.image : '' };
}

function patternOf({ image, tokenType }: IToken): string {
  if (tokenType !== regex) return image;
  const start = image.startsWith('m') ? 2 : 1;
  return image.slice(start, image.endsWith('i') && !image.endsWith(image[start - 1]!) ? -2 : -1);
}
