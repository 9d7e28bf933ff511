/** How much room a text takes on a terminal. */
const onlyAscii = /^[\0-\x7f]*$/;
const withoutWidth = /\p{Mn}/u;
const wide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}|[\u{20000}-\u{3FFFD}]/u;

/** Columns on a terminal: wide characters (CJK, emoji) take two. */
export function columnsOf(text: string): number {
  if (onlyAscii.test(text)) return text.length;
  let columns = 0;
  for (const character of text) if (!withoutWidth.test(character)) columns += wide.test(character) ? 2 : 1;
  return columns;
}

/**
 * Breaks a text between words so that no line is wider than `width` columns, but for words that are; the lines after the first are
 * `hanging` columns narrower, for who indents them.
 */
export function wrap(text: string, width: number, hanging = 0): string[] {
  if (columnsOf(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  let room = width;
  for (const word of text.split(' ')) {
    if (line !== '' && columnsOf(line) + 1 + columnsOf(word) > room) {
      lines.push(line);
      line = word;
      room = width - hanging;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
