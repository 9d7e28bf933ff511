/** Opening and closing tags, as `ap_build_config_sub` and the section handlers read them. */
import type { Span } from '../../text/source.ts';
import type { Word } from '../../syntax/tree.ts';
import { logicalLine, type LogicalLine } from './lines.ts';
import { bareWord, eachWord, endOffset, skipSpace, toWord, trimmedEnd } from './words.ts';

export interface Tag {
  /** From `<` to `>`; to the end of the line where the `>` is missing. */
  readonly span: Span;
  readonly name: Word;
  /** The name lower-cased. */
  readonly key: string;
  readonly args: readonly Word[];
  /** Text behind the tag, which httpd ignores. */
  readonly rest: Span | undefined;
  /** A `>` that httpd cuts off the name though the tag goes on. */
  readonly strayBracket: Span | undefined;
  readonly fault: 'missing-bracket' | 'space-before-name' | undefined;
  /** Opening quotes of arguments that the tag ends. */
  readonly openQuotes: readonly Span[];
}

/**
 * `<Name args>`: the tag ends at the last `>` of the line. The first word is taken whole, so in `<Name>` the `>` belongs to it and is cut off.
 */
export function readOpenTag(source: string, start: number, end: number): Tag {
  const line = logicalLine(source, start, end);
  const { text } = line;
  const trimmed = trimmedEnd(text);
  const spaced = skipSpace(text, 1, trimmed);
  const first = bareWord(text, spaced, trimmed);
  const bracketInName = first.end > first.start && text[first.end - 1] === '>';
  const nameEnd = bracketInName ? first.end - 1 : first.end;
  const onlyName = bracketInName && first.end === trimmed;
  const last = onlyName ? nameEnd : text.lastIndexOf('>', trimmed - 1);
  const closed = onlyName || last >= first.end;
  const argsEnd = closed && !onlyName ? last : trimmed;
  const args: Word[] = [];
  const openQuotes: Span[] = [];
  if (!onlyName) {
    eachWord(text, first.end, argsEnd, (word) => {
      const arg = toWord(source, line, word);
      args.push(arg);
      if (!word.closed) openQuotes.push({ start: arg.start, end: arg.start + 1 });
    });
  }
  const name = nameWord(source, line.offsetAt(first.start), endOffset(line, nameEnd), text.slice(first.start, nameEnd));
  const tagEnd = closed ? last + 1 : trimmed;
  return {
    span: { start, end: endOffset(line, tagEnd) },
    name,
    key: name.value.toLowerCase(),
    args,
    rest: restAfter(line, tagEnd, trimmed),
    strayBracket: bracketInName && !onlyName ? spanAt(line, nameEnd) : undefined,
    fault: spaced > 1 || name.value === '' ? 'space-before-name' : closed ? undefined : 'missing-bracket',
    openQuotes,
  };
}

/** `</Name>`: the first word must end with `>`; what follows is ignored. */
export function readCloseTag(source: string, start: number, end: number): Tag {
  const line = logicalLine(source, start, end);
  const { text } = line;
  const trimmed = trimmedEnd(text);
  const first = bareWord(text, 0, trimmed);
  const closed = text[first.end - 1] === '>';
  const nameStart = Math.min(2, first.end);
  const nameEnd = Math.max(nameStart, closed ? first.end - 1 : first.end);
  const name = nameWord(
    source,
    line.offsetAt(nameStart - 1) + 1,
    endOffset(line, nameEnd),
    text.slice(nameStart, nameEnd),
  );
  return {
    span: { start, end: endOffset(line, first.end) },
    name,
    key: name.value.toLowerCase(),
    args: [],
    rest: restAfter(line, first.end, trimmed),
    strayBracket: undefined,
    fault: closed ? undefined : 'missing-bracket',
    openQuotes: [],
  };
}

function nameWord(source: string, start: number, end: number, value: string): Word {
  return { start, end: Math.max(start, end), raw: source.slice(start, Math.max(start, end)), value, quote: '' };
}

function spanAt(line: LogicalLine, index: number): Span {
  return { start: line.offsetAt(index), end: line.offsetAt(index) + 1 };
}

function restAfter(line: LogicalLine, from: number, trimmed: number): Span | undefined {
  const start = skipSpace(line.text, from, trimmed);
  return start < trimmed ? { start: line.offsetAt(start), end: endOffset(line, trimmed) } : undefined;
}
