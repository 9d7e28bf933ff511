import { describe, expect, test } from 'vitest';

import type { Edit, Fix } from '../../src/finding.ts';
import { applyFixes } from '../../src/fix/apply.ts';
import { SourceFile } from '../../src/ir/source.ts';

const file = new SourceFile('a.conf', '0123456789');
const edit = (start: number, end: number, text: string, source = file): Edit => ({
  place: { file: source, start, end },
  text,
});
const fix = (...edits: Edit[]): Fix => ({ safety: 'safe', title: '', edits });
const texts = (...fixes: Fix[]): string[] => applyFixes(fixes).map((fixed) => fixed.text);

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
    const fixed = applyFixes([fix(edit(0, 1, 'x'), edit(0, 1, 'y', other)), fix(edit(0, 1, 'z', again))]);
    expect(fixed.map((it) => [it.file.path, it.text])).toEqual([
      ['a.conf', 'x123456789'],
      ['b.conf', 'ybc'],
    ]);
  });
});
