/** The comments of the three dialects: to the end of the line after `#` (libconfig: also after `//`), or from `/*` on. */
import type { Comment } from './tree.ts';

/** The signs of a comment that ends with its line, once or more often, as a pattern's part: libconfig knows all of them. */
export const lineSigns = String.raw`#+|\/{2,}`;
const sign = new RegExp(String.raw`^(?:\/\*|${lineSigns})`);

/** @param raw the comment as it is written, with its sign, without the line end */
export function commentOf(raw: string, start: number): Comment {
  const [found] = sign.exec(raw) ?? [''];
  const isClosed = found === '/*' && raw.length > 3 && raw.endsWith('*/');
  return { start, end: start + raw.length, raw, sign: found, text: raw.slice(found.length, isClosed ? -2 : undefined) };
}

/** Whether a line that was not parsed yet holds nothing but a comment to nginx and httpd. */
export function isCommentLine(trimmed: string): boolean {
  return trimmed.startsWith('#');
}

/** A line with nothing but a comment, as a pattern's part: its indentation and sign, then what the caller looks for. */
export const commentLineStart = String.raw`\s*(?:${lineSigns})\s*`;
