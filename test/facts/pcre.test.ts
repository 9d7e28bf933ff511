import { describe, expect, it } from 'vitest';
import { pcreFault } from '../../src/regex/fault.ts';

/** Tried on httpd 2.4.71 and nginx 1.22.1 with PCRE2. */
const accepted = String.raw`
^/a(/.*)?$|a{,3}|()*|a++|(?=a)*|(?i:a)|(?-i)a|(?P<x>a)|(?'x'a)|\Qa*b\E|\d-|[a-a]|[]a]|[^]a]|a\10|(?<n>a)\k<n>|(a)\1|[[:alpha:]]
\.(jpe?g|png)$|^(?!/\.well-known)|(?i)\.php$|a{2,}|{|a{x}|[\]]|[a\]b]|\p{L}|\x41|(?:a|b)+?|a?+|^/([^/]+)/[^.]*$|(?#c)a|a]|}|(?R)?a|(?<=a|bc)d|(?<!ab{2})c|(?^i:a)|(?xx:a)|(?i-s:a)|(?1)(a)|(?P>x)(?<x>a)|(?<=(?=a*))b`
  .trim()
  .split('\n')
  .flatMap((line) => line.split(/\|(?![^(]*\))/));

const refused =
  String.raw`^* $* *a a** [z-a] a{3,1} a{99999} a|* (?i)* a+++ {3} [] a( a) (a|b)) \ a\ [a []a [^]a \y \u \F a\b+ \b* \1 a?+? .*?+ (a)\2 [\y] \k \g a{1,65536} (?i (?z)a (?<na (?<1a>b) (?<>a) (?<n[>a) (?P<n-a>b) (*.a) (?<=a+)b (?<!(a|b*))c (?<*n>[a]+)b (?group\.com) (?e:a) (?i (?x)a) (?x)* (?xi)(a`.split(
    ' ',
  );

describe('what PCRE2 refuses', () => {
  it.each(accepted)('accepts %s', (pattern) => {
    expect(pcreFault(pattern)).toBeUndefined();
  });

  it.each(refused)('refuses %s', (pattern) => {
    expect(pcreFault(pattern)).toMatch(/\w/);
  });

  it('does not judge what changes the rules: verbs and extended mode', () => {
    expect(pcreFault('(*UTF)a**')).toBeUndefined();
    expect(pcreFault('a(?x)b # (')).toBeUndefined();
  });

  it('leaves out white space and comments where a pattern begins with extended mode', () => {
    expect(pcreFault('(?x) ^/a +  # ( a [')).toBeUndefined();
    expect(pcreFault('(?x) a # (\n )')).toBe('closing parenthesis without an opening one');
  });

  it('takes linear time', () => {
    expect(pcreFault('('.repeat(100_000))).toBe('missing closing parenthesis');
    expect(pcreFault('[a'.repeat(100_000))).toBeDefined();
    expect(pcreFault('\\Q'.repeat(100_000))).toBeUndefined();
    expect(pcreFault('{'.repeat(100_000))).toBeUndefined();
  });
});
