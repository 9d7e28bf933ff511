import { array, assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { print } from '../../src/syntax/print.ts';
import { apacheParser } from '../../src/parsers/apache/grammar.ts';
import { parseApache } from '../../src/parsers/apache/parse.ts';
import { outline, parseText, problemsOf } from '../helpers/tree.ts';
import { cpuTimeOf } from '../helpers/cpu-time.ts';

const parse = (text: string): ReturnType<typeof parseApache> => parseText(parseApache, text);
const outlineOf = (text: string): string => outline(parse(text).root);

/** Parses without a throw or parser error, and gives the text back. */
function readable(text: string): void {
  const file = parse(text);
  expect(apacheParser().errors).toEqual([]);
  expect(print(file)).toBe(text);
}

describe('words', () => {
  test.each([
    ['ServerName a', 'servername(a)'],
    ['A "b c" d', 'a(b c,d)'],
    ['A "b \\"c\\" \\\\" d', 'a(b "c" \\,d)'],
    ['A \'b "c\' d"e', 'a(b "c,d"e)'],
    ['A "b"c', 'a(b,c)'],
    ['A b\\c \\\\d', 'a(b\\c,\\d)'],
    ['A b # c', 'a(b,#,c)'],
    ['A ${B} %{C}e', 'a(${B},%{C}e)'],
    ['"A" b', 'a(b)'],
    ['ServerName> b', 'servername(b)'],
  ])('%s', (text, expected) => expect(outlineOf(text)).toBe(expected));

  test('name keeps its spelling, the key is lower-cased', () => {
    const [directive] = parse('  ServerNAME x').root.directives;
    expect(directive).toMatchObject({ key: 'servername', start: 2, end: 14, terminator: 'newline' });
    expect(directive!.name.raw).toBe('ServerNAME');
  });
});

describe('lines', () => {
  test.each([
    ['A b \\\n c\nD', 'a(b,c) d'],
    ['A b \\\r\n c\r\nD', 'a(b,c) d'],
    ['Server\\\nName x', 'servername(x)'],
    ['# comment \\\nServerName x\nA', 'a'],
    ['A b \\', 'a(b,\\)'],
    ['A b\\\\\n\nC d', 'a(bC,d)'],
    ['\\\n# comment\nA', 'a'],
    ['A\n\n\n   B\r\n', 'a b'],
  ])('%j', (text, expected) => expect(outlineOf(text)).toBe(expected));

  test('a continued word has its value without the continuation', () => {
    const word = parse('A b\\\nc d').root.directives[0]!.args[0]!;
    expect(word).toMatchObject({ raw: 'b\\\nc', value: 'bc', start: 2, end: 6 });
  });
});

describe('sections', () => {
  test.each([
    ['<A b>\nC\n</a>\nD', 'a(b)[c] d'],
    ['<If "%{X} > 3">\n</If>', 'if(%{X} > 3)[]'],
    ['<Directory "/a b">\n<Limit GET>\n</Limit>\n</Directory> # rest', 'directory(/a b)[limit(GET)[]]'],
    ['<A>\n</A>', 'a[]'],
    ['<A b> c\n</A>', 'a(b)[]'],
    ['<A b >\n</A>', 'a(b)[]'],
    ['<Macro x>\n</Y>\n<Z>\n</Macro>\n<B>\n</B>', 'macro(x)[z[] b[]'],
  ])('%j is accepted', (text, expected) => {
    const file = parse(text);
    expect(outline(file.root)).toBe(expected);
    expect(problemsOf(file)).toEqual([]);
  });

  test.each([
    ['<A b\n</A>', 'a(b)[]', ['syntax-error@"<A b"']],
    ['<A> b\n</A>', 'a(b)[]', ['syntax-error@"<A> b"']],
    ['<A>\n</A', 'a[]', ['syntax-error@"</A"']],
    ['<A>\n</A >', 'a[]', ['syntax-error@"</A"']],
    ['< A>\n</A>', 'a[]', ['syntax-error@"< A>"']],
    ['<A>\nB', 'a[b', ['unclosed-section@"<A>"']],
    ['<A>\n</B>\nC', 'a[] c', ['unclosed-section@"<A>"']],
    ['<A>\n<B>\n</A>\nC', 'a[b[] c', ['unclosed-section@"<B>"']],
    ['</A>\nB', 'b', ['unexpected-close@"</A>"']],
    ['<A>\n</B>\n</A>', 'a[]', ['unexpected-close@"</B>"']],
    ['<A>\nB\n<A>\nC\n</A>', 'a[b a[c]', ['unclosed-section@"<A>"']],
    ['<A b></A>\nC', 'a(b></A)[c', ['unclosed-section@"<A b></A>"']],
    ['<IfModule b>\nC', 'ifmodule(b)[c', ['unclosed-section?@"<IfModule b>"']],
    ['<IfModule b>\n</IfModule> c', 'ifmodule(b)[]', ['syntax-error?@"c"']],
    ['A "b', 'a(b)', ['unclosed-quote?@"\\""']],
  ])('%j', (text, expected, problems) => {
    const file = parse(text);
    expect(outline(file.root)).toBe(expected);
    expect(problemsOf(file)).toEqual(problems);
    readable(text);
  });

  test('spans: the tags, and the block between and with the closing one', () => {
    const [section] = parse('<A b>\nC\n</A> d').root.directives;
    expect(section).toMatchObject({ start: 0, end: 12, name: { start: 1, end: 2 } });
    expect(section!.block).toMatchObject({
      start: 5,
      end: 12,
      open: { start: 0, end: 5 },
      close: { start: 8, end: 12 },
    });
  });

  test('the wrong closing tag is named', () => {
    const [problem] = parse('<VirtualHost *>\n</VirtualHos>').problems;
    expect(problem).toMatchObject({ name: 'VirtualHost', found: 'VirtualHos', related: { start: 16, end: 29 } });
  });
});

describe('any text', () => {
  const piece = constantFrom(
    '<A b>',
    '</A>',
    '<B',
    '</B',
    '<',
    '>',
    '</',
    'Name',
    '"',
    "'",
    '\\',
    '\n',
    '\r\n',
    '\\\n',
    '#',
    ' ',
    '\t',
    '${v}',
    '<IfModule x>',
    '</IfModule>',
    '<Macro m>',
    '</Macro>',
    '\0',
    '\uD83D',
    'ü',
  );

  test('token soup', () =>
    assert(
      property(array(piece, { maxLength: 60 }), (pieces) => readable(pieces.join(''))),
      { numRuns: 2000 },
    ));
  test('random bytes', () => assert(property(string({ unit: 'binary', maxLength: 200 }), readable), { numRuns: 500 }));

  test('100,000 nested sections', () => {
    const file = parse('<A>\n<B>\n'.repeat(50_000));
    expect(file.problems.some(({ partial }) => partial)).toBe(true);
  });

  test.each([
    ['groups of junk', '<A>\n</B>\n</A\n<C\n"\n'.repeat(16_000)],
    ['closing tags', '<Macro x>\n'.repeat(8_000) + '</B>\n'.repeat(16_000)],
    ['backslashes', '\\'.repeat(1_000_000)],
    ['continuations', 'a\\\n'.repeat(300_000)],
    ['one long word', `A ${'x'.repeat(2_000_000)}`],
    ['brackets', `<A ${'>'.repeat(1_000_000)} b`],
  ])('%s in linear time', async (_, text) => {
    expect(await cpuTimeOf(() => parse(text))).toBeLessThan(20_000);
  });
});
