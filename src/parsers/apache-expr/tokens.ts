/** Tokens of httpd's expressions, with the scanner's states as modes. Source: server/util_expr_scan.l of httpd 2.4.x. */
import { createToken, Lexer, type TokenType } from 'chevrotain';
import { anyCharacter } from '../shared/characters.ts';
import { wordTable } from '../../text/word-table.ts';

type Options = Omit<Parameters<typeof createToken>[0], 'name' | 'pattern'>;

function token(name: string, pattern: RegExp | string, options: Options = {}): TokenType {
  return createToken({ name, pattern, line_breaks: false, ...options });
}

const space = token('Space', /[ \t\n]+/, { group: Lexer.SKIPPED, line_breaks: true });
export const identifier = token('Identifier', /[a-zA-Z][a-zA-Z0-9_]*/);

function keyword(name: string, pattern: RegExp, options: Options = {}): TokenType {
  return token(name, pattern, { longer_alt: identifier, ...options });
}

/** An operator between two words; the one of lists and those of regular expressions take something else on their right. */
export const comparison = token('Comparison', Lexer.NA);
export const inList = token('In', /-in(?![a-zA-Z_0-9])/);
const inWord = keyword('InWord', /in/, { categories: [inList] });
export const matches = token('Matches', /=~|!~/);
const wordComparison = keyword('WordComparison', /lt|le|gt|ge|ne|eq/, { categories: [comparison] });
const stringComparison = token('StringComparison', /==?|!=|<=?|>=?/, { categories: [comparison] });
const numberComparison = token('NumberComparison', /-(?:eq|ne|ge|le|gt|lt)(?![a-zA-Z_0-9])/, {
  categories: [comparison],
});
export const binary = token('Binary', /-[a-zA-Z_][a-zA-Z_0-9]+/, { categories: [comparison] });
export const unary = token('Unary', /-[a-zA-Z_]/);

export const or = token('Or', /\|\|/);
export const and = token('And', /&&/);
export const not = token('Not', /!/);
const orWord = keyword('OrWord', /or/, { categories: [or] });
const andWord = keyword('AndWord', /and/, { categories: [and] });
const notWord = keyword('NotWord', /not/, { categories: [not] });
export const constant = keyword('Constant', /true|false/);

export const concatenation = token('Concatenation', /\./);
export const digits = token('Digits', /-?[0-9]+/);
export const reference = token('Reference', /\$[0-9]/);
export const regex = token('Regex', /\/[^/]*\/i?|m([/#$%^,;:_?|!.'"-])(?:(?!\1)[^])*\1i?/, { line_breaks: true });
export const leftParen = token('LeftParen', /\(/);
export const rightParen = token('RightParen', /\)/);
export const leftBrace = token('LeftBrace', /\{/);
export const rightBrace = token('RightBrace', /\}/);
export const comma = token('Comma', /,/);

export const doubleQuote = token('DoubleQuote', /"/, { push_mode: 'double' });
export const singleQuote = token('SingleQuote', /'/, { push_mode: 'single' });
export const endQuote = token('EndQuote', Lexer.NA);
const endDouble = token('EndDouble', /"/, { pop_mode: true, categories: [endQuote] });
const endSingle = token('EndSingle', /'/, { pop_mode: true, categories: [endQuote] });
/** `%{`; what follows is the name of a variable or of a function. */
export const variable = token('Variable', /%\{/, { push_mode: 'variable' });
export const variableEnd = token('VariableEnd', /\}/, { pop_mode: true });
export const functionColon = token('FunctionColon', /:/, { pop_mode: true, push_mode: 'argument' });

/** Text of a string or of the argument of a function. */
export const text = token('Text', Lexer.NA);
const escape = token('Escape', /\\(?:[0-3]?[0-7]{1,2}(?![0-9])|[^0-9\n])/, { categories: [text] });
const doubleText = token('DoubleText', /[^\\\n"%$]+|[%$]/, { categories: [text], start_chars_hint: anyCharacter() });
const singleText = token('SingleText', /[^\\\n'%$]+|[%$]/, { categories: [text], start_chars_hint: anyCharacter() });
const argumentText = token('ArgumentText', /[^\\\n"'%$}]+|[%$]/, {
  categories: [text],
  start_chars_hint: anyCharacter(),
});
const plainText = token('PlainText', /[^\\\n%$]+|[%$]/, { categories: [text], start_chars_hint: anyCharacter() });

/** A character that belongs nowhere. */
export const junk = token('Junk', /[^]/, { line_breaks: true, start_chars_hint: anyCharacter() });

const categories = [comparison, text, endQuote];
const operators = [
  inList,
  inWord,
  matches,
  numberComparison,
  wordComparison,
  binary,
  digits,
  unary,
  or,
  orWord,
  and,
  andWord,
  stringComparison,
  not,
  notWord,
  constant,
  concatenation,
];
const inString = [variable, reference, escape];

export const modes: Readonly<Record<string, TokenType[]>> = wordTable({
  condition: [
    ...categories,
    space,
    doubleQuote,
    singleQuote,
    variable,
    reference,
    regex,
    ...operators,
    identifier,
    leftParen,
    rightParen,
    leftBrace,
    rightBrace,
    comma,
    junk,
  ],
  double: [...categories, endDouble, ...inString, doubleText, junk],
  single: [...categories, endSingle, ...inString, singleText, junk],
  string: [...categories, ...inString, plainText, junk],
  variable: [...categories, identifier, variableEnd, functionColon, junk],
  argument: [...categories, variableEnd, ...inString, argumentText, junk],
});

export const allTokens: TokenType[] = [...new Set(Object.values(modes).flat())];
