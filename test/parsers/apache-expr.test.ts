import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readExpression } from '../../src/parsers/apache-expr/parse.ts';

const accepted = String.raw`
%{HTTP_HOST} == 'x'
true
%{REQUEST_URI} =~ m#^/a#i
-f %{REQUEST_FILENAME}
%{REMOTE_ADDR} -ipmatch '10.0.0.0/8'
!(%{TIME_HOUR} -eq 3) && true || false
%{HTTP:X} in {'a','b'}
req('X') == 'a' . 'b'
%{req:X%{HTTP_HOST}y} != ''
'a\'b' == "it's $1"
-z '' or not true
`
  .trim()
  .split('\n');

/** With the offset at which reading stops; all refused by httpd 2.4.71. */
const refused: readonly (readonly [text: string, start: number])[] = [
  ['', 0],
  ['10z', 2],
  ['%{TIME_HOUR} -gt 9$9', 18],
  ["%{HTTP_HOST == 'x'", 11],
  ["'abc", 4],
  ['foo', 3],
  ["%{HTTP_HOST} =~ 'x'", 16],
  ['true true', 5],
  ['(true', 5],
  ["%{DOCUMENT_ROOT}/x == 'y'", 16],
  ["'\\8' == 'a'", 1],
];

describe('expressions of httpd', () => {
  it.each(accepted)('reads %s', (text) => {
    expect(readExpression(text, 'condition').fault).toBeUndefined();
  });

  it.each(refused)('refuses %j', (text, start) => {
    expect(readExpression(text, 'condition').fault?.start).toBe(start);
  });

  it('reads text with variables', () => {
    expect(readExpression('a "b" 100% %{HTTP_HOST} $1', 'string').fault).toBeUndefined();
    expect(readExpression('%{HTTP_HOST', 'string').fault).toEqual({ start: 11, found: '' });
  });

  it('gives the regular expressions without their delimiters', () => {
    expect(readExpression("%{A} =~ /a(b|c)/i && 'x' !~ m#^/d#", 'condition').regexes).toEqual(['a(b|c)', '^/d']);
  });

  it('never throws, and gives a place inside of the text', () => {
    const soup = fc.array(
      fc.constantFrom(
        '%{',
        '}',
        ':',
        '"',
        "'",
        'HTTP_HOST',
        ' ',
        '==',
        '-f',
        '(',
        ')',
        '{',
        ',',
        '/',
        'm#',
        '\\',
        '$1',
        'and',
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          soup.map((parts) => parts.join('')),
          fc.string(),
        ),
        fc.constantFrom('condition', 'string'),
        (text, kind) => {
          const { fault } = readExpression(text, kind as 'condition' | 'string');
          expect(fault === undefined || (fault.start >= 0 && fault.start <= text.length)).toBe(true);
        },
      ),
    );
  });

  it('bounds the nesting', () => {
    expect(readExpression('('.repeat(100_000), 'condition').fault).toBeUndefined();
  });
});
