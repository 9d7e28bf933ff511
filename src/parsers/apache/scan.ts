/**
 * Finds the logical lines of a text, as tokens for Chevrotain's parser. Its own lexer tries a regular expression for each token and takes
 * milliseconds to be set up; what a line is to httpd is told by its first characters.
 */
import { commentOf } from '../../syntax/comments.ts';
import type { Comment } from '../../syntax/tree.ts';
import { logicalLineEnd } from './lines.ts';
import { directiveLine, LineToken, sectionClose, sectionOpen } from './tokens.ts';
import { isSpace, trimmedEnd } from './words.ts';

export interface Lines {
  readonly tokens: readonly LineToken[];
  readonly comments: readonly Comment[];
}

const hash = 0x23;
const slash = 0x2f;
const lessThan = 0x3c;
const backslash = 0x5c;
const blankContinuation = /\\\r?\n/y;

export function scanApache(text: string): Lines {
  const tokens: LineToken[] = [];
  const comments: Comment[] = [];
  let at = 0;
  while (at < text.length) {
    const start = at;
    const first = text.charCodeAt(start);
    if (isSpace(first)) {
      at++;
      continue;
    }
    if (first === backslash) {
      blankContinuation.lastIndex = start;
      if (blankContinuation.test(text)) {
        at = blankContinuation.lastIndex;
        continue;
      }
    }
    at = logicalLineEnd(text, start);
    if (first === hash) comments.push(commentOf(text.slice(start, trimmedEnd(text, start, at)), start));
    else tokens.push(new LineToken(lineType(text, start, first), start, at));
  }
  return { tokens, comments };
}

function lineType(text: string, start: number, first: number): LineToken['tokenType'] {
  if (first !== lessThan) return directiveLine;
  return text.charCodeAt(start + 1) === slash ? sectionClose : sectionOpen;
}
