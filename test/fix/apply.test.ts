import { describe, expect, test } from 'vitest';

import type { Edit, Fix } from '../../src/rules/finding.ts';
import { applyFixes, type FixedFile } from '../../src/fix/apply.ts';
import { SourceFile } from '../../src/text/source.ts';

const file = new SourceFile('a.conf', '0123456789');
const edit = (start: number, end: number, text: string, source = file): Edit => ({
  place: { file: source, start, end },
  text,
});
const fix = (...edits: Edit[]): Fix => ({ safety: 'safe', title: '', edits });
const apply = (fixes: Fix[]): readonly FixedFile[] => applyFixes(fixes.map((each) => ({ fix: each }))).files;
const texts = (...fixes: Fix[]): string[] => apply(fixes).map((fixed) => fixed.text);

describe('applyFixes', () => {
  test('applies edits of several fixes, in whatever order they come', () => {
    expect(texts(fix(edit(8, 9, 'B')), fix(edit(1, 3, 'a'), edit(5, 5, '+')))).toEqual(['0a34+567B9']);
  });

  test('lets two edits touch each other', () => {
    expect(texts(fix(edit(1, 3, 'a')), fix(edit(3, 4, 'b')))).toEqual(['0ab456789']);
  });

  test('leaves out the whole of a fix that overlaps an earlier one', () => {
    expect(texts(fix(edit(2, 5, 'x')), fix(edit(0, 1, 'y'), edit(4, 6, 'z')))).toEqual(['01x56789']);
  });

  test('leaves out a second insertion at the same place, and a fix that overlaps itself', () => {
    expect(texts(fix(edit(2, 2, 'x')), fix(edit(2, 2, 'y')))).toEqual(['01x23456789']);
    expect(texts(fix(edit(2, 4, 'x'), edit(3, 5, 'y')))).toEqual([]);
  });

  test('changes all files of a fix, a file that is included twice once', () => {
    const again = new SourceFile('a.conf', file.text);
    const other = new SourceFile('b.conf', 'abc');
    const fixed = apply([fix(edit(0, 1, 'x'), edit(0, 1, 'y', other)), fix(edit(0, 1, 'z', again))]);
    expect(fixed.map((it) => [it.file.path, it.text])).toEqual([
      ['a.conf', 'x123456789'],
      ['b.conf', 'ybc'],
    ]);
  });

  test('changes the document around two of its blocks', () => {
    const text = 'AA 012 BB 345';
    const block = (offset: number): SourceFile =>
      new SourceFile('a.md', text.slice(offset, offset + 3), { path: 'a.md', text, offset, kind: 'document' });
    expect(texts(fix(edit(0, 1, 'x', block(3))), fix(edit(0, 1, 'y', block(10))))).toEqual(['AA x12 BB y45']);
  });

  test('changes a file once that is known under two paths', () => {
    const link = new SourceFile('link.conf', file.text);
    const { applied, files } = applyFixes(
      [{ fix: fix(edit(0, 1, 'x')) }, { fix: fix(edit(0, 1, 'x', link)) }],
      () => '/etc/a.conf',
    );
    expect(applied.length).toBe(1);
    expect(files.map((fixed) => fixed.text)).toEqual(['x123456789']);
  });
});
