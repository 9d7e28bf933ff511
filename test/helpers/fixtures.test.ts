import { expect, test } from 'vitest';

import type { Finding } from '../../src/rules/finding.ts';
import type { RuleMeta } from '../../src/rules/define-rule.ts';
import { withMarkers } from '../../src/testing/markers.ts';
import { SourceFile } from '../../src/text/source.ts';

const meta = { severity: 'warning', confidence: 'high' } as RuleMeta;

/** Marks a text in which `found` is reported wherever it stands. */
function marked(text: string, found: Partial<Finding> = {}): string {
  const file = new SourceFile('site.conf', text);
  const findings = [...text.matchAll(/found(?:\n\s+more)?/g)].map(
    ({ index, 0: word }) =>
      ({
        messageId: 'id',
        severity: 'warning',
        confidence: 'high',
        place: { file, start: index, end: index + word.length },
        ...found,
      }) as Finding,
  );
  return withMarkers(file, findings, meta);
}

test('a marker says the columns of what is found in the next line that is no marker', () => {
  expect(marked('# expect-next-line: id\nuser found;\n')).toBe('# expect-next-line: id@6-11\nuser found;\n');
  expect(marked('# expect-line 3: id\nuser x;\n  found;\n')).toBe('# expect-line 3: id@3-8\nuser x;\n  found;\n');
});

test('severity and confidence stand only where they are not those of the rule', () => {
  expect(marked('# expect-next-line: id\nfound;', { severity: 'error', confidence: 'low' })).toBe(
    '# expect-next-line: id@1-6 !error ~low\nfound;',
  );
});

test('a place may end on a later line, or be empty', () => {
  expect(marked('# expect-next-line: id\nfound\n  more;')).toBe('# expect-next-line: id@1-+1:7\nfound\n  more;');
  const file = new SourceFile('site.conf', '# expect-next-line: id\nuser;');
  const empty = { messageId: 'id', severity: 'warning', confidence: 'high', place: { file, start: 27, end: 27 } };
  expect(withMarkers(file, [empty as unknown as Finding], meta)).toBe('# expect-next-line: id@5\nuser;');
});

test('a marker of nothing goes, and what has none gets one', () => {
  expect(marked('# expect-next-line: id\nuser x;\n  found;')).toBe('user x;\n  # expect-next-line: id@3-8\n  found;');
});

test('several markers of one line keep their ids', () => {
  const text = '# expect-next-line: other id\n# expect-next-line: id\nfound found';
  expect(marked(text)).toBe('# expect-next-line: id@1-6\n# expect-next-line: id@7-12\nfound found');
});
