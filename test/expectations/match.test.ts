import { expect, test } from 'vitest';
import { matches, wantedText, type Actual } from '../../src/expectations/match.ts';
import type { Wanted } from '../../src/expectations/types.ts';

const value = (text: string): Actual => ({ value: text, isKnown: true, from: 'config' });
const none: Actual = { value: undefined, isKnown: true };
const hidden: Actual = { value: undefined, isKnown: false, from: 'server' };

test.each<[Wanted, Actual, string]>([
  ['https', value('https'), 'passed'],
  ['https', value('http'), 'failed'],
  ['https', none, 'failed'],
  ['https', hidden, 'unknown'],
  [301, value('301'), 'passed'],
  [true, value('true'), 'passed'],
  [null, none, 'passed'],
  [null, value(''), 'failed'],
  [null, hidden, 'failed'],
  [{ is: null }, none, 'passed'],
  [{ not: null }, none, 'failed'],
  [{ not: null }, hidden, 'passed'],
  [{ not: 'a' }, none, 'passed'],
  [{ not: 'a' }, value('a'), 'failed'],
  [{ not: 'a' }, hidden, 'unknown'],
  [{ oneOf: [301, 308] }, value('308'), 'passed'],
  [{ oneOf: [301, 308] }, value('302'), 'failed'],
  [{ contains: 'b' }, value('abc'), 'passed'],
  [{ startsWith: 'b' }, value('abc'), 'failed'],
  [{ endsWith: 'c' }, value('abc'), 'passed'],
  [{ matches: '^a.c$' }, value('abc'), 'passed'],
  [{ matches: '^a.c$' }, value('abbc'), 'failed'],
  [{ matches: '^\\p{L}+$' }, value('äb'), 'passed'],
  // In steps, not in time.
  [{ matches: '^(a+)+$' }, value(`${'a'.repeat(60)}b`), 'failed'],
  [{ matches: '^(a|a|b)+(\\w|a)+\\1$' }, value(`${'ab'.repeat(3000)}!`), 'unknown'],
  [{ set: true }, hidden, 'passed'],
  [{ set: false }, hidden, 'failed'],
  [{ set: true }, none, 'failed'],
  [{ from: 'config' }, value('a'), 'passed'],
  [{ from: 'client' }, value('a'), 'failed'],
  [{ from: 'client' }, none, 'failed'],
  // All have to hold; what is wrong outweighs what cannot be told.
  [{ is: 'a', from: 'client' }, value('a'), 'failed'],
  [{ is: 'a', from: 'client' }, hidden, 'failed'],
  [{ is: 'a', from: 'server' }, hidden, 'unknown'],
])('%j of %j: %s', (wanted, actual, verdict) => {
  expect(matches(wanted, actual)).toBe(verdict);
});

test.each<[Wanted, string]>([
  ['a', '"a"'],
  [null, 'not there'],
  [{ not: null }, 'there'],
  [{ oneOf: ['a', 1] }, 'one of "a", "1"'],
  [{ startsWith: 'a', from: 'config' }, 'beginning with "a" and set by the config'],
  [{ set: true }, 'there'],
])('%j is read as %s', (wanted, text) => {
  expect(wantedText(wanted)).toBe(text);
});
