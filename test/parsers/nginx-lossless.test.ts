import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { print } from '../../src/syntax/print.ts';
import { SourceFile } from '../../src/text/source.ts';
import type { ConfigFile } from '../../src/syntax/tree.ts';
import { walk } from '../../src/syntax/walk.ts';
import { loadParser } from '../../src/servers/index.ts';
import { parseNginx } from '../../src/parsers/nginx/parse.ts';
import { cpuTimeOf } from '../helpers/cpu-time.ts';

function parse(text: string): ConfigFile {
  return parseNginx(new SourceFile('nginx.conf', text));
}

function expectLossless(text: string): void {
  const file = parse(text);
  const { code } = file.source;
  expect(print(file)).toBe(code);
  walk(file.root, (directive) => {
    expect(directive.start).toBe(directive.name.start);
    expect(directive.end).toBeLessThanOrEqual(directive.parent.end);
    for (const { start, end, raw } of [directive.name, ...directive.args]) expect(code.slice(start, end)).toBe(raw);
  });
  for (const { start, end } of file.problems) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(text.length);
  }
}

// oxfmt-ignore
const pieces = [
  'server', 'location', '/', '~', '$x', '${y}', 'a\\ b', '\\', '$', '${', 'é', '\uFEFF', '\uD800', '\0', '80', '#',
  ';', '{', '}', '"', "'", '"a b"', "'{;}'", '"\\""', ')', '\n', '\r\n', '\r', ' ', '\t', '    ', '# c\n', '#\r\n',
  'content_by_lua_block', 'set_by_lua_block $x', '--', '[[', ']]', '[=[', ']=]', '{{', '}}', '%',
];

describe('the tree gives the text back', () => {
  it('for random characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), expectLossless), { numRuns: 2000 });
  });

  it('for random bytes', () => {
    const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array).toString('latin1'));
    fc.assert(fc.property(bytes, expectLossless), { numRuns: 2000 });
  });

  it('for random tokens', () => {
    const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(''));
    fc.assert(fc.property(soup, expectLossless), { numRuns: 5000 });
  });

  it('for random tokens apart', () => {
    const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(' '));
    fc.assert(fc.property(soup, expectLossless), { numRuns: 5000 });
  });

  const corpus = join('..', 'shared', 'corpus', 'nginx');
  const real = existsSync(corpus) ? readdirSync(corpus) : [];
  it.skipIf(real.length === 0)(`for ${real.length} real configs, if they are at hand`, () => {
    for (const name of real) expectLossless(readFileSync(join(corpus, name), 'utf8'));
  });
});

describe('hostile input', () => {
  const size = 100_000;

  it('flattens blocks that are nested too deep', () => {
    for (const text of ['a {'.repeat(size), `${'a {'.repeat(size)}b;${'}'.repeat(size)}`, '{'.repeat(size)]) {
      const file = parse(text);
      expect(print(file)).toBe(text);
      expect(file.problems.length).toBeLessThan(300);
    }
    const closed = parse(`${'a {'.repeat(size)}b;${'}'.repeat(size)}`);
    expect(closed.problems.map(({ code }) => code)).toEqual(['syntax-error']);
  });

  // Ten times the input may take some ten times as long, not a hundred.
  it.each([
    ['openers', 'a {\n'],
    ['closers', '}\n'],
    ['junk', 'a { ; } ; } x;\n'],
    ['quotes', '"'],
    ['escaped quotes', '"\\'],
    ['mixed quotes', '"\'\n'],
    ['braces after a quote', '"; '],
    ['Lua blocks', 'content_by_lua_block {\n'],
    ['long brackets', 'content_by_lua_block { [[ '],
    ['Lua quotes', 'content_by_lua_block { "\\"'],
    ['dollars', '${'],
    ['backslashes', '\\'],
    ['comments', '#\n'],
    ['white space', ' \n\t'],
    ['missing semicolons', 'a { b }\n'],
    ['deep indentation', 'a {\n        b;\n    c {\n'],
  ])('takes linear time on %s', async (_, piece) => {
    const timeOf = (count: number): Promise<number> => {
      const text = piece.repeat(count);
      return cpuTimeOf(() => expect(print(parse(text))).toBe(text));
    };
    await timeOf(2000);
    const small = await timeOf(4000);
    expect(await timeOf(40_000)).toBeLessThan(40 * Math.max(small, 10) + 200);
  });

  it('reads very long words, and leaves what is too large for its expressions unread', async () => {
    const parser = await loadParser('nginx');
    for (const size of [3e6, 3e7]) {
      for (const piece of ['x', '"x', '$']) {
        const text = `a "b" ${piece.repeat(size / piece.length)}`;
        const file = parser(new SourceFile('nginx.conf', text));
        expect(print(file) === text).toBe(true);
        expect(file.unread !== undefined || file.problems.length > 0).toBe(true);
      }
    }
  });
});
