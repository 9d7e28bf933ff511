/** Logical lines, as httpd's `ap_cfg_getline` (server/util.c) joins them from the lines of the file. */

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const backslash = 0x5c;

/**
 * End of the logical line that begins at `start`: the offset of the line feed that ends it, or of the end of the text. A backslash directly
 * before a line end (LF or CRLF) joins the next line, in comments too. httpd looks at the joined text, so that two backslashes followed by an
 * empty line join twice: `pending` counts the backslashes at its end.
 */
export function logicalLineEnd(text: string, start: number): number {
  let pending = 0;
  for (let from = start; ;) {
    const feed = text.indexOf('\n', from);
    if (feed === -1) return text.length;
    const end = withoutReturn(text, from, feed);
    const run = trailingBackslashes(text, from, end);
    pending = run === end - from ? pending + run : run;
    if (pending === 0) return feed;
    pending--;
    from = feed + 1;
  }
}

function withoutReturn(text: string, from: number, feed: number): number {
  return feed > from && text.charCodeAt(feed - 1) === carriageReturn ? feed - 1 : feed;
}

function trailingBackslashes(text: string, from: number, end: number): number {
  let at = end;
  while (at > from && text.charCodeAt(at - 1) === backslash) at--;
  return end - at;
}

/** A logical line without its continuations, and the way back to offsets in the file. */
export class LogicalLine {
  /** Holds the line from `start` to `end`: the text of the file where nothing is continued. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly #offsetOf: ((index: number) => number) | undefined;

  constructor(text: string, start: number, end: number, offsetOf?: (index: number) => number) {
    this.text = text;
    this.start = start;
    this.end = end;
    this.#offsetOf = offsetOf;
  }

  /** Whether it is a line of the file as it stands: an index of `text` is an offset in the file. */
  get isWhole(): boolean {
    return this.#offsetOf === undefined;
  }

  /** Offset in the file of the character at an index of `text`. */
  offsetAt(index: number): number {
    return this.#offsetOf ? this.#offsetOf(index) : index;
  }

  /** Offset in the file just behind the character before `index`, so that a continuation after it stays outside. */
  endOffset(index: number): number {
    return index === this.start ? this.offsetAt(index) : this.offsetAt(index - 1) + 1;
  }
}

interface Piece {
  readonly start: number;
  end: number;
}

export function logicalLine(text: string, start: number, end: number): LogicalLine {
  const feed = text.indexOf('\n', start);
  return feed === -1 || feed >= end ? new LogicalLine(text, start, end) : joined(text, start, end);
}

function joined(text: string, start: number, end: number): LogicalLine {
  const pieces: Piece[] = [];
  let from = start;
  for (let at = start; at < end; at++) {
    if (text.charCodeAt(at) !== lineFeed) continue;
    pieces.push({ start: from, end: withoutReturn(text, from, at) });
    dropLastCharacter(pieces);
    from = at + 1;
  }
  pieces.push({ start: from, end });
  const whole = pieces.map((piece) => text.slice(piece.start, piece.end)).join('');
  return new LogicalLine(whole, 0, whole.length, offsetsOf(pieces));
}

/** The backslash of a continuation; it stands at the end of the text joined so far, not always in the last line. */
function dropLastCharacter(pieces: Piece[]): void {
  let last = pieces.at(-1);
  while (last && last.end === last.start) {
    pieces.pop();
    last = pieces.at(-1);
  }
  if (last) last.end--;
}

function offsetsOf(pieces: readonly Piece[]): (index: number) => number {
  const before: number[] = [];
  let length = 0;
  for (const piece of pieces) {
    before.push(length);
    length += piece.end - piece.start;
  }
  return (index) => {
    let low = 0;
    let high = pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (before[middle]! <= index) low = middle;
      else high = middle - 1;
    }
    return pieces[low]!.start + index - before[low]!;
  };
}
