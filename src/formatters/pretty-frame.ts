import type { Place } from '../text/source.ts';
import { escapeControls } from './escape.ts';
import { locate } from './report.ts';
import { columnsOf } from './text-width.ts';
import type { Styles } from './styles.ts';

/** At most so many characters of a line are shown, so that a minified line does not fill the screen. */
const maxShown = 160;
const tab = '    ';

/** The line of a place with a caret under it: `3 | ssl on;` and `  | ^^^`; `width` is what a terminal has for it, in columns. */
export function codeFrame(place: Place, styles: Styles, width = Infinity): string[] {
  const { file } = place;
  const { text } = file;
  const { start, end } = locate(place);
  const { line: lineNumber } = file.positionAt(place.start);
  const lineStart = file.lines.startOfLine(lineNumber);
  const lineEnd = lineNumber < file.lines.lineCount ? file.lines.startOfLine(lineNumber + 1) - 1 : text.length;
  const number = String(start.line);
  const length = lineEnd - lineStart - (text[lineEnd - 1] === '\r' && lineEnd > lineStart ? 1 : 0);
  // Number, bar, blanks, the dots at both ends, and what tabs take more than other characters.
  const tabs = text.slice(lineStart, lineStart + Math.min(length, maxShown)).split('\t').length - 1;
  const maxWidth = Math.max(20, Math.min(maxShown, width - number.length - 5 - tabs * (tab.length - 1)));
  const from = Math.max(0, place.start - lineStart - Math.floor(maxWidth / 2));
  const shown = text.slice(lineStart + from, lineStart + Math.min(from + maxWidth, length));
  const markStart = place.start - lineStart - from;
  const markEnd = Math.min(Math.max(place.end, place.start + 1) - lineStart - from, shown.length);
  const before = visible(shown.slice(0, markStart));
  const marked = visible(shown.slice(markStart, markEnd));
  const carets = '^'.repeat(Math.max(1, columnsOf(marked)));
  const more = end.line > start.line ? styles.dim(` (to line ${end.line})`) : '';
  return [
    `${styles.dim(`${number} |`)} ${from > 0 ? '…' : ''}${before}${marked}${visible(shown.slice(markEnd))}${length > from + maxWidth ? '…' : ''}`,
    `${styles.dim(`${' '.repeat(number.length)} |`)} ${' '.repeat(columnsOf(before) + (from > 0 ? 1 : 0))}${styles.red(carets)}${more}`,
  ];
}

function visible(text: string): string {
  return text.split('\t').map(escapeControls).join(tab);
}
