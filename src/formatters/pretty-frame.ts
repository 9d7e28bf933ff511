import type { Place } from '../ir/source.ts';
import { escapeControls } from './escape.ts';
import { locate } from './report.ts';
import type { Styles } from './styles.ts';

/** At most so many characters of a line are shown, so that a minified line does not fill the screen. */
const maxWidth = 160;
const tab = '    ';

/** The line of a place with a caret under it: `3 | ssl on;` and `  | ^^^`. */
export function codeFrame(place: Place, styles: Styles): string[] {
  const { file } = place;
  const { text } = file;
  const { start, end } = locate(place);
  const { line: lineNumber } = file.positionAt(place.start);
  const lineStart = file.lines.startOfLine(lineNumber);
  const lineEnd = lineNumber < file.lines.lineCount ? file.lines.startOfLine(lineNumber + 1) - 1 : text.length;
  const length = lineEnd - lineStart - (text[lineEnd - 1] === '\r' && lineEnd > lineStart ? 1 : 0);
  const from = Math.max(0, place.start - lineStart - maxWidth / 2);
  const shown = text.slice(lineStart + from, lineStart + Math.min(from + maxWidth, length));
  const markStart = place.start - lineStart - from;
  const markEnd = Math.min(Math.max(place.end, place.start + 1) - lineStart - from, shown.length);
  const number = String(start.line);
  const before = visible(shown.slice(0, markStart));
  const marked = visible(shown.slice(markStart, markEnd));
  const carets = '^'.repeat(Math.max(1, width(marked)));
  const more = end.line > start.line ? styles.dim(` (to line ${end.line})`) : '';
  return [
    `${styles.dim(`${number} |`)} ${from > 0 ? '…' : ''}${before}${marked}${visible(shown.slice(markEnd))}${length > from + maxWidth ? '…' : ''}`,
    `${styles.dim(`${' '.repeat(number.length)} |`)} ${' '.repeat(width(before) + (from > 0 ? 1 : 0))}${styles.red(carets)}${more}`,
  ];
}

function visible(text: string): string {
  return text.split('\t').map(escapeControls).join(tab);
}

const onlyAscii = /^[\0-\x7f]*$/;
const withoutWidth = /\p{Mn}/u;
const wide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}|[\u{20000}-\u{3FFFD}]/u;

/** Columns on a terminal: wide characters (CJK, emoji) take two. */
function width(text: string): number {
  if (onlyAscii.test(text)) return text.length;
  let columns = 0;
  for (const character of text) if (!withoutWidth.test(character)) columns += wide.test(character) ? 2 : 1;
  return columns;
}
