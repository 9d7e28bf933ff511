import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { embeddedConfigs } from '../../../src/lint/embedded/configs.ts';
import { MappedText, MappedTextBuilder } from '../../../src/text/mapped-text.ts';
import { outerEditOf } from '../../../src/text/outer-edit.ts';

const lineText = fc.constantFrom('', 'a;', 'b {', '}', '  c;', '\td;', 'e  ', 'x $y;');

/** A config in a ConfigMap, and something behind it. */
function outerOf(lines: readonly string[], indent: number, lineEnd: string): string {
  const lead = ' '.repeat(indent);
  const content = ['server_tokens off;', ...lines].map((line) => (line === '' ? '' : lead + line));
  return ['kind: ConfigMap', 'data:', '  http-snippet: |', ...content, '  other: b', ''].join(lineEnd);
}

function applied(text: string, { start, end }: { start: number; end: number }, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}

/** Blank lines at the end do not matter, nor does it whether blank lines hold blanks. */
function normal(text: string): string {
  return text
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : line.replace(/\r$/, '')))
    .join('\n')
    .trimEnd();
}

test('an edit of a value is an edit of the file around it', async () => {
  let made = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(lineText, { maxLength: 6 }),
      fc.integer({ min: 3, max: 6 }),
      fc.constantFrom('\n', '\r\n'),
      fc.tuple(fc.nat(), fc.nat()),
      fc.array(fc.constantFrom('p;', '  q;', ''), { minLength: 1, maxLength: 4 }),
      async (lines, indent, lineEnd, [from, length], inserted) => {
        const outer = outerOf(lines, indent, lineEnd);
        const [config] = await embeddedConfigs('yaml', { path: 'a.yaml', text: outer });
        const { source } = config!;
        const start = from % (source.text.length + 1);
        const end = start + (length % (source.text.length - start + 1));
        if (source.text[start] === '\n' && source.text[start - 1] === '\r') return;
        if (source.text[end] === '\n' && source.text[end - 1] === '\r') return;
        const text = inserted.join(lineEnd);
        const edit = outerEditOf({ place: { file: source, start, end }, text });
        if (!edit) return;
        made++;
        const after = parse(applied(outer, edit.place, edit.text)) as { data: Record<string, string> };
        expect(after.data['other']).toBe('b');
        expect(normal(after.data['http-snippet'] ?? '')).toBe(normal(applied(source.text, { start, end }, text)));
      },
    ),
    { numRuns: 3000, seed: 1 },
  );
  expect(made).toBeGreaterThan(2000);
});

test('where characters stand', () => {
  const builder = new MappedTextBuilder(MappedText.of('ab\\ncd'));
  builder.copy(0, 2);
  builder.put('\n', 2, 4);
  builder.copy(4, 6);
  const { text, map } = builder.finish();
  expect(text).toBe('ab\ncd');
  expect([0, 1, 2, 3, 4, 5].map((at) => map.outerStart(at))).toEqual([0, 1, 2, 4, 5, 6]);
  expect([1, 2, 3, 4, 5].map((at) => map.outerEnd(at))).toEqual([1, 2, 4, 5, 6]);
  expect([0, 1, 2, 4, 5].map((at) => map.innerOffset(at))).toEqual([0, 1, 2, 3, 4]);
});
