/** Each line was held against fnmatch(3) of the C library, which agrees with httpd's own in these. */
import { expect, test } from 'vitest';
import { fnmatch, matchesWildcards } from '../src/text/fnmatch.ts';

test.each([
  ['*.example.com', 'www.example.com', true],
  ['*.example.com', 'example.com', false],
  ['a*b*c', 'aXbXbc', true],
  ['a?c', 'ac', false],
  ['[a-c]x', 'bx', true],
  ['[!a-c]x', 'bx', false],
  ['[^a-c]x', 'dx', true],
  ['[]x]', ']', true],
  ['[c-a]', 'b', false],
  ['[a', '[a', true],
  ['\\*', '*', true],
  ['\\*', 'x', false],
  ['*', 'a/b', true],
  ['', '', true],
  ['', 'a', false],
])('%s and %s: %s', (pattern, text, expected) => {
  expect(fnmatch(pattern, text)).toBe(expected);
});

test.each([
  ['/srv/*/x', '/srv/a/x', true],
  ['/srv/*/x', '/srv/a/b/x', false],
  ['/srv/*', '/srv/', true],
  ['/srv?a', '/srv/a', false],
  ['/srv[/]a', '/srv/a', false],
])('path: %s and %s: %s', (pattern, text, expected) => {
  expect(fnmatch(pattern, text, { pathname: true })).toBe(expected);
});

test('wildcards of names know neither brackets nor escapes', () => {
  expect(matchesWildcards('[a]*', '[a].example.com')).toBe(true);
  expect(matchesWildcards('[a]*', 'a.example.com')).toBe(false);
});

test('many stars take no longer than pattern and text multiplied', () => {
  expect(fnmatch(`${'*a'.repeat(500)}b`, 'a'.repeat(20_000))).toBe(false);
});
