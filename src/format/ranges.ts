/** Which parts of a text are laid out: those of the lines that were asked for, without those between `# fmt: off` and `# fmt: on`. */
import type { ConfigFile } from '../syntax/tree.ts';
import type { SourceFile, Span } from '../text/source.ts';

/** Lines, counted from 1; both are meant. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

const mark = /^\s*fmt:\s*(on|off)\s*$/;

/** Spans of whole lines, in the order of the text. */
export function spansSwitchedOff({ comments, source }: ConfigFile): Span[] {
  const spans: Span[] = [];
  let from: number | undefined;
  for (const { text, start } of comments) {
    const word = mark.exec(text)?.[1];
    if (word === 'off') from ??= start;
    if (word !== 'on' || from === undefined) continue;
    spans.push({ start: from, end: start });
    from = undefined;
  }
  if (from !== undefined) spans.push({ start: from, end: source.text.length });
  return spans;
}

/** The span of lines of the text that is edited: of a document where the file is a block of one. */
export function spanOfLines({ lines, text }: SourceFile, { start, end }: LineRange): Span {
  return {
    start: lines.startOfLine(start),
    end: end >= lines.lineCount ? text.length : lines.startOfLine(end + 1) - 1,
  };
}

export function overlaps(one: Span, other: Span): boolean {
  return one.start <= other.end && other.start <= one.end;
}
