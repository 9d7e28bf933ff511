/**
 * Tokens of libconfig (its lib/scanner.l, versions 1.5 to 1.8). flex takes the longest match; the lookaheads and the order say the same here.
 */
import { createToken, Lexer, type TokenType } from 'chevrotain';
import { lineSigns } from '../../syntax/comments.ts';
import { anyCharacter } from '../shared/characters.ts';

const token = (name: string, pattern: RegExp, options: object = {}): TokenType =>
  createToken({ name, pattern, line_breaks: false, ...options });

export const scalar = createToken({ name: 'Scalar', pattern: Lexer.NA });
export const open = createToken({ name: 'Open', pattern: Lexer.NA });
export const close = createToken({ name: 'Close', pattern: Lexer.NA });
export const separator = createToken({ name: 'Separator', pattern: Lexer.NA });
/** Not in the text: made where a block ends without its closing delimiter. */
export const cut = createToken({ name: 'Cut', pattern: Lexer.NA });
/** What no token of libconfig begins with; also made from a closing delimiter that closes nothing. */
export const junk = createToken({
  name: 'Junk',
  pattern: (text, offset) => [text.charAt(offset)] as unknown as RegExpExecArray,
  start_chars_hint: anyCharacter(),
  line_breaks: true,
});

const blank = token('Blank', /[ \t\n\r\f\v]+/, { group: Lexer.SKIPPED, line_breaks: true });
const lineComment = token('LineComment', new RegExp(String.raw`(?:${lineSigns})[^\n]*`), { group: 'comments' });
/** Without its end it reaches to the end of the file, which libconfig accepts. */
export const blockComment = token('BlockComment', /\/\*[\s\S]*?\*\/|\/\*[\s\S]*/, {
  group: 'comments',
  line_breaks: true,
});
/** Only at the beginning of a line. */
export const include = token('Include', /(?<![^\n \t][ \t]*)@include[ \t]+"[^"\\]*(?:\\[\s\S][^"\\]*)*"/, {
  line_breaks: true,
});

/** What is meant as one. */
export const brokenInclude = token('BrokenInclude', /@include\b[^\n;]*/, {
  categories: junk,
});

export const string = token('String', /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/, { line_breaks: true, categories: scalar });
/** A string that ends on its line, for files in which a quote is missing. */
const lineString = token('LineString', /"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*"/, { categories: [scalar, string] });
/** In such a file: the string whose closing quote is missing. */
export const openString = createToken({
  name: 'OpenString',
  pattern: (text, offset) =>
    text[offset] === '"' ? ([openStringAt(text, offset)] as unknown as RegExpExecArray) : null,
  start_chars_hint: ['"'],
  line_breaks: false,
  categories: [scalar, string],
});
/** A quote that is never closed, with all that follows; it makes the lexer start again with the two tokens above. */
export const openQuote = token('OpenQuote', /"[\s\S]*/, { line_breaks: true, categories: [scalar, string] });

/** Up to the end of the line, without what looks like the end of the setting and of blocks. */
function openStringAt(text: string, offset: number): string {
  const feed = text.indexOf('\n', offset);
  let end = feed === -1 ? text.length : feed;
  while (end > offset + 1 && ';,})] \t\r'.includes(text[end - 1]!)) end--;
  return text.slice(offset, end);
}

/** No string to libconfig, but what is meant is plain. */
export const singleQuoted = token('SingleQuoted', /'[^'\n]*'/, { categories: scalar });

/** What a template or `envsubst` fills in, see `src/text/template/mask.ts`. */
const placeholder = token('Placeholder', /\$(?:[\uE000-\uF7FF]+|\{[A-Z]\w*\})/, { categories: scalar });

export const boolean = token('Boolean', /[tT][rR][uU][eE](?![-\w*])|[fF][aA][lL][sS][eE](?![-\w*])/, {
  categories: scalar,
});
export const float = token('Float', /[-+]?(?:\d*\.\d*(?:[eE][-+]?\d+)?|\d+[eE][-+]?\d+)/, { categories: scalar });
export const integer = token('Integer', /0[xX][\da-fA-F]+L{0,2}|0[bB][01]+L{0,2}|0[oOqQ][0-7]+L{0,2}|[-+]?\d+L{0,2}/, {
  categories: scalar,
});
export const name = token('Name', /[A-Za-z*][-\w*]*/);
export const equals = token('Equals', /[:=]/);
const semicolon = token('Semicolon', /;/, { categories: separator });
const comma = token('Comma', /,/, { categories: separator });
const delimiters = [
  token('GroupOpen', /\{/, { categories: open }),
  token('ListOpen', /\(/, { categories: open }),
  token('ArrayOpen', /\[/, { categories: open }),
  token('GroupClose', /\}/, { categories: close }),
  token('ListClose', /\)/, { categories: close }),
  token('ArrayClose', /\]/, { categories: close }),
];

const before = [blank, lineComment, blockComment, include, brokenInclude];
const after = [singleQuoted, placeholder, boolean, float, integer, name, equals, semicolon, comma, ...delimiters, junk];
const categories = [scalar, open, close, separator];

export const allTokens = [...categories, cut, ...before, string, lineString, openString, openQuote, ...after];

let wholeLexer: Lexer | undefined;
let lineLexer: Lexer | undefined;

/** Reads as libconfig does. */
export function sslhLexer(): Lexer {
  return (wholeLexer ??= lexerOf([...before, string, openQuote, ...after]));
}

/** Takes no string across a line end, to find the string that lacks its quote. */
export function sslhLineLexer(): Lexer {
  return (lineLexer ??= lexerOf([...before, lineString, openString, ...after]));
}

function lexerOf(tokens: TokenType[]): Lexer {
  return new Lexer([...tokens, ...categories], { ensureOptimizations: true, positionTracking: 'onlyOffset' });
}
