import { array, assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { print } from '../../src/syntax/print.ts';
import { sslhParser } from '../../src/parsers/sslh/grammar.ts';
import { parseSslh } from '../../src/parsers/sslh/parse.ts';
import { outline, parseText, problemsOf } from '../helpers/tree.ts';
import { cpuTimeOf } from '../helpers/cpu-time.ts';

const parse = (text: string): ReturnType<typeof parseSslh> => parseText(parseSslh, text);

/** Parses without a throw or parser error, and gives the text back. */
function readable(text: string): void {
  const file = parse(text);
  expect(sslhParser().errors).toEqual([]);
  expect(print(file)).toBe(text);
}

describe('what libconfig accepts', () => {
  test.each([
    ['a = 1; b: "x", c = true', 'a(1) b(x) c(true)'],
    ['a: "x" /* c */ "y" # d\n"z"', 'a(x,y,z)'],
    ['a: "\\x41\\n\\"\\\\\\q"', 'a(A\n"\\\\q)'],
    ['a: [ 1, -2, 0x1F ]; b: [ 1L, 2LL ]', 'a[(1) (-2) (0x1F)] b[(1L) (2LL)]'],
    ['a: 1.5e3 b: . c: -.5', 'a(1.5e3) b(.) c(-.5)'],
    ['a: ( 1, "x", { b = 2; }, ( ), [ ] );', 'a[(1) (x) [b(2)] [] []]'],
    ['a: { b: { c: 1 }; };', 'a[b[c(1)]]'],
    ['*a-b_1: TRUE // x\n', '*a-b_1(TRUE)'],
    ['a: "x\ny";', 'a(x\ny)'],
    ['@include "x.cfg"\na: 1\n\t@include "y.cfg"', '@include(x.cfg) a(1) @include(y.cfg)'],
    ['', ''],
    ['/* never closed', ''],
  ])('%j', (text, expected) => {
    const file = parse(text);
    expect(outline(file.root)).toBe(expected);
    expect(problemsOf(file)).toEqual([]);
    readable(text);
  });

  test('terminators', () => {
    const ends = parse('a: 1; b: 2, c: { }; d: [ ] e: 3').root.directives.map(({ terminator, end }) => [
      terminator,
      end,
    ]);
    expect(ends).toEqual([
      [';', 5],
      [',', 11],
      [';', 19],
      ['block', 26],
      ['none', 31],
    ]);
  });

  test('comments', () => {
    expect(parse('# a\n// b\n/* c\n*/ x: "# d";').comments.map(({ raw }) => raw)).toEqual(['# a', '// b', '/* c\n*/']);
  });
});

describe('what libconfig refuses', () => {
  test.each([
    ['a: ( 1, );', 'a[(1)]', ['libconfig-trailing-comma@","']],
    ['a: [ 1, ];', 'a[(1)]', ['libconfig-trailing-comma@","']],
    ['a: ( 1,, 2 );', 'a[(1) (2)]', ['libconfig-trailing-comma@","']],
    ['a: ( , 1 );', 'a[(1)]', ['syntax-error@","']],
    ['a: ( 1 2 );', 'a[(1) (2)]', ['syntax-error@"2"']],
    ['a: ( 1; 2 );', 'a[(1) (2)]', ['syntax-error@";"']],
    ['a: 1;; b: 2', 'a(1) b(2)', ['syntax-error@";"']],
    ['a: ; b: 2', 'a b(2)', ['syntax-error@"a:"']],
    ['a "x"; b: 2', 'a(x) b(2)', ['syntax-error@"a"']],
    ['a: yes; b: 2', 'a(yes) b(2)', ['syntax-error@"yes"']],
    ['a yes; b: 2', 'a(yes) b(2)', ['syntax-error@"a"']],
    ['a: [ x, y ];', 'a[(x) (y)]', ['syntax-error@"x"', 'syntax-error@"y"']],
    ['a: [ 1, "x" ];', 'a[(1) (x)]', ['syntax-error@"\\"x\\""']],
    ['a: [ 1, 2L ];', 'a[(1) (2L)]', ['syntax-error@"2L"']],
    ['a: [ { b: 1 }, { b: 2 } ];', 'a[[b(1)] [b(2)]]', ['syntax-error@"{"']],
    ['a: ( b: 1 );', 'a[b(1)]', ['syntax-error@"b"']],
    ['a: { 1 };', 'a[(1)]', ['syntax-error@"1"']],
    ["a: 'x';", "a('x')", ['syntax-error@"\'x\'"']],
    ['true: 1', '(true) (1)', ['syntax-error@"true:"', 'syntax-error@"1"']],
    ['} a: 1', 'a(1)', ['unexpected-close@"}"']],
    ['a: ( { b: 1; ); c: 2', 'a[[b(1)] c(2)', ['unclosed-block@"{"']],
    ['a: ( { b: 1 }; c: ( { d: 2 } );', 'a[[b(1)] c[[d(2)]]', ['unclosed-block@"a: ("']],
    ['a: ( { b: 1; { b: 2; } );', 'a[[b(1) [b(2)]]', ['unclosed-block@"{"']],
    ['a: ( 1 ]; b: 2', 'a[(1)] b(2)', ['unclosed-block@"a: ("']],
    ['a: { b: 1', 'a[b(1)', ['unclosed-block@"a: {"']],
    ['a: "x;\nb: 2;', 'a(x) b(2)', ['unclosed-quote@"\\""']],
    ['a: ( { b: "x; c: "y"; } );\nd: 1', 'a[[b(x; c: ) y()]] d(1)', ['unclosed-quote@"\\""']],
    ['a: { b: "x; };\nc: { d: "y; };\n', 'a[b(x)] c[d(y)]', ['unclosed-quote@"\\""', 'unclosed-quote@"\\""']],
    ['x: 1 @include "y"', 'x(1)', ['syntax-error@"@include \\"y\\""']],
    ['@include y\nx: 1', 'x(1)', ['syntax-error@"@include y"']],
  ])('%j', (text, expected, problems) => {
    const file = parse(text);
    expect(outline(file.root)).toBe(expected);
    expect(problemsOf(file)).toEqual(problems);
    readable(text);
  });
});

describe('any text', () => {
  const piece = constantFrom(
    'a',
    'b:',
    '=',
    ':',
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    ',',
    ';',
    '"',
    '"x"',
    '1',
    '0x1',
    '1.5',
    'true',
    '#',
    '//',
    '/*',
    '*/',
    '\n',
    ' ',
    '@include "x"',
    '\\',
    '$',
    '\0',
    'ü',
    '\uD83D',
  );

  test('token soup', () =>
    assert(
      property(array(piece, { maxLength: 60 }), (pieces) => readable(pieces.join(''))),
      { numRuns: 3000 },
    ));
  test('random bytes', () => assert(property(string({ unit: 'binary', maxLength: 200 }), readable), { numRuns: 500 }));

  test('100,000 nested blocks', () => {
    for (const text of ['a: {'.repeat(100_000), '('.repeat(100_000), '{('.repeat(50_000)]) {
      expect(parse(text).problems.some(({ partial }) => partial)).toBe(true);
    }
  });

  test.each([
    ['groups of junk', 'a { ; } ; ) x; [ "\n'.repeat(16_000)],
    ['escaped quotes', '"\\'.repeat(500_000)],
    ['one line of quotes and separators', `"${';,'.repeat(500_000)}x\n`],
    ['signs', '@$'.repeat(200_000)],
    ['comment openers', '/*'.repeat(500_000)],
    ['white space before @', `${' '.repeat(500_000)}@`.repeat(3)],
    ['adjacent strings', 'a: "x" '.repeat(50_000)],
  ])('%s in linear time', async (_, text) => {
    expect(await cpuTimeOf(() => parse(text))).toBeLessThan(20_000);
  });
});
