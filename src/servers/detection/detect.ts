/** Tells the dialect of a config by its content and the name of its file together. */
import { servers } from '../index.ts';
import type { HintStrength } from './marks.ts';
import { hintOf, isConfigName } from './hints.ts';
import { isForeignName } from './names.ts';
import type { Dialect } from '../../syntax/tree.ts';
import { isCommentLine } from '../../syntax/comments.ts';

/** The dialect is told by the beginning of a text, in UTF-16 code units. */
export const sampleLength = 200_000;
const sampleLines = 2_000;
/** Of a longer line the two ends say enough; in UTF-16 code units. */
const longestLine = 2_000;

/**
 * Undefined for a text that is none of a known server. `path` decides between dialects that are equally likely, rules out files in other
 * languages, and lets an empty file, or one with very little in it, count as what its name says.
 */
export function detectDialect(text: string, path = ''): Dialect | undefined {
  if (isForeignName(path) || isOtherFormat(text)) return undefined;
  const hint = hintOf(path);
  const sample = sampleOf(text);
  const lines = significantLines(sample);
  if (lines.length === 0) return isConfigName(path) ? hint?.dialect : undefined;
  let best: { dialect: Dialect; score: number } | undefined;
  // The suggested one first: most often it settles the question.
  const order = servers.toSorted((a, b) => Number(b.dialect === hint?.dialect) - Number(a.dialect === hint?.dialect));
  for (const { dialect, detection } of order) {
    const marks = detection.marks({ text: sample, lines });
    const strength: HintStrength = hint?.dialect === dialect ? hint.strength : 'none';
    // Nothing in it is strange, and half of it is of this dialect alone: the others need not be asked.
    if (marks.strange === 0 && marks.strong > 0 && marks.strong * 2 >= marks.all) return dialect;
    const score = marks.score(strength, detection.tolerance);
    if (score > 0 && (!best || score > best.score)) best = { dialect, score };
  }
  return best?.dialect;
}

/** The dialect that a line by itself is surely of: for texts that hold configs among prose. */
export function dialectOfLine(line: string): Dialect | undefined {
  if (line.length > longestLine) return undefined;
  return servers.find(({ detection }) => detection.isLine(line))?.dialect;
}

/** Whole lines of the beginning. */
function sampleOf(text: string): string {
  if (text.length <= sampleLength) return text.replace(/^\uFEFF/, '');
  const end = text.lastIndexOf('\n', sampleLength);
  return text.slice(0, end > 0 ? end : sampleLength).replace(/^\uFEFF/, '');
}

/** By how it begins: a script, XML, HTML or PHP, YAML (a document, or a key with a block of text), JSON, an INI file, a file of vim, a comment of C. */
function isOtherFormat(text: string): boolean {
  const start = /^\uFEFF?(?:\s+|#(?!!).*)*/.exec(text.slice(0, 20_000))![0].length;
  return /^(?:#!|<[?!]|---[ \t]*\r?\n|[\w.-]{1,80}:[ \t]{0,9}[|>][-+]?\d?[ \t]{0,9}\r?\n|\[[\w][\w .:"/-]*\][ \t]*\r?\n|[{[][ \t]*\r?\n?\s*["'[{}]|"[ \t]|%[A-Z]|\/\*(?![^]*\b(?:protocols|listen)\b))/.test(
    text.slice(start, start + 2000),
  );
}

/** Lines without indentation, blank lines and the comments of nginx and httpd. */
function significantLines(sample: string): string[] {
  const lines: string[] = [];
  for (const line of sample.split('\n', sampleLines)) {
    const trimmed = line.trim();
    if (trimmed !== '' && !isCommentLine(trimmed)) lines.push(shortened(trimmed));
  }
  return lines;
}

function shortened(line: string): string {
  if (line.length <= longestLine) return line;
  return line.slice(0, longestLine / 2) + line.slice(-longestLine / 2);
}
