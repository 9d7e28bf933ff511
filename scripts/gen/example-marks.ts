/** Marks in an example: what is found in it, in comments below the lines. */
import { locate } from '../../src/formatters/report.ts';
import { wrap } from '../../src/formatters/text-width.ts';
import type { Finding } from '../../src/rules/finding.ts';
import { walk } from '../../src/syntax/walk.ts';
import type { Block } from '../../src/syntax/tree.ts';

const messageWidth = 84;

/**
 * The text with a comment below each line in which something is found: carets under it, and the message.
 *
 * @param root the tree of the text, which says where no comment can stand
 */
export function withMarks(text: string, findings: readonly Finding[], root: Block): string {
  const written = text.split('\n');
  const lines = written.map(withoutTabs);
  const closed = closedLines(root);
  const marks = new Map<number, string[]>();
  const said = new Set<string>();
  for (const { place, message } of findings) {
    const { start, end } = locate(place);
    const key = `${start.line} ${start.column} ${message}`;
    if (said.has(key)) continue;
    said.add(key);
    let line = start.line;
    while (line < lines.length && (lines[line - 1]!.endsWith('\\') || closed.has(line))) line++;
    const columnOf = (column: number): number => withoutTabs(written[start.line - 1]!.slice(0, column - 1)).length;
    const to = end.line === start.line ? columnOf(end.column) : lines[start.line - 1]!.length;
    const mark = markOf(lines[start.line - 1]!, columnOf(start.column), to, message);
    marks.set(line, [...(marks.get(line) ?? []), ...mark]);
  }
  return lines.flatMap((line, index) => [line, ...(marks.get(index + 1) ?? [])]).join('\n');
}

/** The lines below which a comment would become a part of a word, or fill an empty block. */
function closedLines(root: Block): Set<number> {
  const closed = new Set<number>();
  const { file } = root;
  walk(root, ({ args, block }) => {
    const isEmpty = block?.close !== undefined && block.directives.length === 0;
    for (const { start, end } of isEmpty ? [...args, block] : args) {
      const last = file.positionAt(end).line;
      for (let line = file.positionAt(start).line; line < last; line++) closed.add(line);
    }
  });
  return closed;
}

function withoutTabs(line: string): string {
  return line.replaceAll('\t', '    ');
}

function markOf(line: string, from: number, to: number, message: string): string[] {
  const indent = Math.max(0, Math.min(/^ */.exec(line)![0].length, from - 2));
  const lead = `${' '.repeat(indent)}#`;
  const gap = ' '.repeat(Math.max(0, from - lead.length));
  const carets = '^'.repeat(Math.max(1, to - Math.max(from, lead.length)));
  const [first, ...rest] = wrap(message, messageWidth, 0);
  const isNarrow = from + carets.length < 60;
  if (!isNarrow) return [`${lead}${gap}${carets}`, ...[first, ...rest].map((each) => `${lead} ${each}`)];
  return [
    `${lead}${gap}${carets} ${first}`,
    ...rest.map((each) => `${lead}${gap}${' '.repeat(carets.length)} ${each}`),
  ];
}
