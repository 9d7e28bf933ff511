import { expect, test } from 'vitest';
import { matchesGlob, parseGlob } from '../../src/config/glob.ts';
import { cpuTimeOf } from '../helpers/cpu-time.ts';

const matches = (glob: string, path: string): boolean => matchesGlob(parseGlob(glob)!, path);

test.each([
  ['*.conf', 'a.conf', 'a.conf.bak'],
  ['*.conf', '.conf', 'sites/a.conf'],
  ['**/*.conf', 'a.conf', 'a.txt'],
  ['**/*.conf', 'x/y/a.conf', 'x/y/conf'],
  ['vendor/**', 'vendor/a/b', 'vendors/a'],
  ['vendor/**', 'vendor', 'a/vendor'],
  ['a/**/b', 'a/b', 'a/bb'],
  ['a/**/b/*', 'a/b/x/b/c', 'a/b'],
  ['site?.conf', 'site1.conf', 'site.conf'],
  ['site[0-9a].conf', 'sitea.conf', 'siteb.conf'],
  ['site[!0-9].conf', 'sitex.conf', 'site7.conf'],
  ['[]x].conf', '].conf', '[.conf'],
  ['{a,b{1,2}}.conf', 'b2.conf', 'b.conf'],
  ['a**z', 'abcz', 'a/z'],
  ['\\*.conf', '*.conf', 'a.conf'],
  ['[x', '[x', 'x'],
  ['😀?', '😀😀', '😀'],
  ['.*', '.htaccess', 'htaccess'],
])('%s stands for %s, not for %s', (glob, good, bad) => {
  expect(matches(glob, good)).toBe(true);
  expect(matches(glob, bad)).toBe(false);
});

test('no glob takes more than the product of its length and that of the path', async () => {
  const spent = await cpuTimeOf(() => {
    expect(matches(`${'*a'.repeat(100)}b`, 'a'.repeat(4000))).toBe(false);
    expect(matches(`${'**/a/'.repeat(100)}b`, 'a/'.repeat(1000))).toBe(false);
    expect(parseGlob('{a,b}'.repeat(30))).toBeUndefined();
    expect(matches('{'.repeat(50_000), 'x')).toBe(false);
  });
  expect(spent).toBeLessThan(2000);
});
