import { expect, test } from 'vitest';

import { expectationsOf } from './fixtures.ts';

test('markers stand for the next line that is no marker, or for a line by number', () => {
  const text = '# expect-line 9: c\n# expect-next-line: a b\n  # expect-next-line: d\n  user x;\n';
  expect(expectationsOf(text)).toEqual([
    { line: 9, messageId: 'c' },
    { line: 4, messageId: 'a' },
    { line: 4, messageId: 'b' },
    { line: 4, messageId: 'd' },
  ]);
});

test('a marker without a line after it is a mistake', () => {
  expect(() => expectationsOf('user x;\n# expect-next-line: a')).toThrow('No line follows the marker of a.');
});
