import { describe, expect, test } from 'vitest';
import { boundedRegex } from '../../src/regex/match.ts';
import { compilePcre } from '../../src/regex/pcre.ts';
import { parseRegex } from '../../src/regex/parse.ts';
import { compileProgram } from '../../src/regex/program.ts';
import { runProgram } from '../../src/regex/machine.ts';
import { unknown } from '../../src/model/model.ts';
import { UnknownAnswer } from '../../src/model/unknown.ts';

function partsOf(pattern: string, text: string): (string | undefined)[] | null | typeof unknown | undefined {
  const match = compilePcre(pattern, false)?.match(text);
  return match && match !== unknown ? [...match] : match;
}

describe('what PCRE2 10.42 answers', () => {
  test.each<[pattern: string, text: string, parts: (string | undefined)[] | null]>([
    // A group keeps what it held in an earlier turn of a repetition.
    ['^(?:(a)|b)*$', 'ab', ['ab', 'a']],
    ['^(?:(a)|(b))+c', 'abc', ['abc', 'a', 'b']],
    ['(a*)*', 'b', ['', '']],
    ['(a|)+b', 'aab', ['aab', '']],
    // A group that took no part matches nothing.
    ['(?:(a)|b)\\1', 'b', null],
    ['(?:(a)|b)\\1', 'baa', ['aa', 'a']],
    ['^(?<x>[a-c]+)-\\k<x>$', 'abc-abc', ['abc-abc', 'abc']],
    ['^(?>a+)ab', 'aaab', null],
    ['^(?>a|ab)c', 'abc', null],
    ['^a++b', 'aaab', ['aaab']],
    ['^[^/]*+/x', 'ab/x', ['ab/x']],
    ['^[a-c]{2,3}+c', 'abc', null],
    ['(?<=ab|c)d', 'xabd', ['d']],
    ['(?<!a)b', 'abcb', ['b']],
    ['^(?=(a+))a*b\\1', 'baaaba', null],
    ['(?=(a+))a*b\\1', 'baaaba', ['aba', 'a']],
    ['^(a+)+$', `${'a'.repeat(40)}b`, null],
    ['^/(a+)+$', `/${'a'.repeat(40)}`, [`/${'a'.repeat(40)}`, 'a'.repeat(40)]],
    ['(?m)^b$', 'a\nb\nc', ['b']],
    ['a.?$', 'ab\n', ['ab']],
  ])('%s on %j', (pattern, text, parts) => {
    expect(partsOf(pattern, text)).toEqual(parts);
  });

  test('index and named groups', () => {
    const match = compilePcre('(?<all>(?:x+x+)+)y', false)!.exec('-xxxxy');
    expect(match?.index).toBe(1);
    expect(match?.groups).toEqual({ all: 'xxxx' });
  });

  test('letter case', () => {
    expect(compilePcre('^((?:A|b)+)+$', true)?.matches(`${'aB'.repeat(30)}`)).toBe(true);
    expect(compilePcre('^((?:A|b)+)+$', false)?.matches(`${'aB'.repeat(30)}`)).toBe(false);
  });
});

describe('the machine and the engine of JavaScript agree where both are right', () => {
  const patterns = [
    'a*?b',
    '(a|ab)(c|bcd)(d*)',
    '^(?:a|b){2,4}?c',
    '\\b\\w+\\b',
    '[^a]+(?=b)',
    '(?!ab)a.',
    '^$',
    'x?y??z',
    '(.*)(\\d+)',
  ];
  const texts = ['', 'ab', 'abcd', 'aabbc', 'cab ab', 'a\nb', 'xyz', 'b12', 'é€b'];
  test.each(patterns)('%s', (source) => {
    const program = compileProgram(parseRegex(source)!, '')!;
    for (const text of texts) {
      const offsets = runProgram(program, text, 0);
      const native = new RegExp(source, 'd').exec(text);
      const pairs = native && native.indices!.flatMap((pair) => pair ?? [-1, -1]);
      expect(offsets && Array.from(offsets.subarray(0, pairs?.length))).toEqual(pairs);
    }
  });
});

describe('bounds', () => {
  const long = 'a'.repeat(20_000);

  test.each(['^(a|aa)+$', '^((a*)*)*$', '(?:a?){100}b', '^(?:(?:a|b)|(?:a|c))*$', '(?:a+)+(?:a+)+x', 'a*a*a*a*a*a*b'])(
    '%s ends on a long text',
    (pattern) => {
      const before = process.cpuUsage();
      const answer = compilePcre(pattern, false)!.matches(`${long}!`);
      const { user, system } = process.cpuUsage(before);
      expect([false, unknown]).toContain(answer);
      expect(user + system).toBeLessThan(2_000_000);
    },
  );

  test('a search that remembers nothing is given up, always at the same step', () => {
    const regex = compilePcre('^(a|aa)+\\1b$', false)!;
    expect(regex.matches('a'.repeat(60))).toBe(unknown);
    expect(() => regex.exec('a'.repeat(60))).toThrow(UnknownAnswer);
    expect(regex.matches('aab')).toBe(true);
  });

  test.each(['((((a?){20}){20}){20})+', `${'('.repeat(5000)}a${')'.repeat(5000)}`, '(?>((a{1000}){1000}){1000})'])(
    '%# a pattern that is too large is no crash',
    (pattern) => {
      const answer = compilePcre(pattern, false)?.matches('aaaa');
      expect([undefined, unknown, true]).toContain(answer);
    },
  );

  test('texts with each match replaced', () => {
    expect(boundedRegex('(a)|x*')!.replaceAll('bab', (match) => `<${match[1] ?? ''}>`)).toBe(
      'bab'.replaceAll(/(a)|x*/g, (_, a) => `<${a ?? ''}>`),
    );
  });
});
