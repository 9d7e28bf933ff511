import type { Place, SourceFile } from '../text/source.ts';
import { escapeControls } from './escape.ts';
import { locate } from './report.ts';
import { columnsOf } from './text-width.ts';
import type { Styles } from './styles.ts';

/** At most so many characters of a line are shown, so that a minified line does not fill the screen. */
const maxShown = 160;
const tab = '    ';

/** The line of a place with a caret under it: `3 | ssl on;` and `  | ^^^`; `width` is what a terminal has for it, in columns. */
export function codeFrame(place: Place, styles: Styles, width = Infinity): string[] {
  const { number, before, marked, after, lastLine } = markedLine(place, width);
  const more = lastLine > number ? styles.dim(` (to line ${lastLine})`) : '';
  const line = String(number);
  return [
    `${styles.dim(`${line} |`)} ${before}${marked}${after}`,
    `${styles.dim(`${' '.repeat(line.length)} |`)} ${' '.repeat(columnsOf(before))}${styles.red('^'.repeat(Math.max(1, columnsOf(marked))))}${more}`,
  ];
}

/** A line in three parts, the one in the middle the place itself; `…` stands where it is cut. Tabs are blanks, and nothing is invisible. */
export interface MarkedLine {
  readonly number: number;
  readonly before: string;
  readonly marked: string;
  readonly after: string;
  /** Where the place ends. */
  readonly lastLine: number;
}

export function markedLine(place: Place, width = Infinity): MarkedLine {
  const { file } = place;
  const { start, end } = locate(place);
  const { line } = file.positionAt(place.start);
  const lineStart = file.lines.startOfLine(line);
  const { length } = textOfLine(file, line);
  // Number, bar, blanks, the dots at both ends, and what tabs take more than other characters.
  const tabs = file.text.slice(lineStart, lineStart + Math.min(length, maxShown)).split('\t').length - 1;
  const maxWidth = Math.max(20, Math.min(maxShown, width - String(start.line).length - 5 - tabs * (tab.length - 1)));
  const from = Math.max(0, place.start - lineStart - Math.floor(maxWidth / 2));
  const shown = file.text.slice(lineStart + from, lineStart + Math.min(from + maxWidth, length));
  const markStart = place.start - lineStart - from;
  const markEnd = Math.min(Math.max(place.end, place.start + 1) - lineStart - from, shown.length);
  return {
    number: start.line,
    before: `${from > 0 ? '…' : ''}${visible(shown.slice(0, markStart))}`,
    marked: visible(shown.slice(markStart, markEnd)),
    after: `${visible(shown.slice(markEnd))}${length > from + maxWidth ? '…' : ''}`,
    lastLine: end.line,
  };
}

/** The lines around that of a place, up to so many on each side, with their numbers as they are shown. */
export function linesAround(
  place: Place,
  count: number,
): { readonly above: NumberedLine[]; readonly below: NumberedLine[] } {
  const { file } = place;
  const { line } = file.positionAt(place.start);
  const number = locate(place).start.line;
  const at = (offset: number): NumberedLine => ({
    number: number + offset,
    text: cut(textOfLine(file, line + offset)),
  });
  const above = Math.min(count, line - 1);
  const below = Math.min(count, file.lines.lineCount - line);
  return {
    above: Array.from({ length: above }, (_, index) => at(index - above)),
    below: Array.from({ length: below }, (_, index) => at(index + 1)),
  };
}

export interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

/** Without its end. */
function textOfLine({ text, lines }: SourceFile, number: number): string {
  const start = lines.startOfLine(number);
  const end = number < lines.lineCount ? lines.startOfLine(number + 1) - 1 : text.length;
  return text.slice(start, text[end - 1] === '\r' && end > start ? end - 1 : end);
}

function cut(line: string): string {
  return visible(line.slice(0, maxShown)) + (line.length > maxShown ? '…' : '');
}

function visible(text: string): string {
  return text.split('\t').map(escapeControls).join(tab);
}
