import { fileBlock } from '../../syntax/file-block.ts';
import { group, limits } from '../../text/budget.ts';
import type { SourceFile } from '../../text/source.ts';
import type { ConfigFile, Dialect, Directive, Parse } from '../../syntax/tree.ts';

/** A parser that gives an empty tree, with a reason, for a text that is too large for it. */
export function guarded(dialect: Dialect, parse: Parse): Parse {
  return (source, includedBy) => {
    const { length } = source.text;
    if (length > limits.fileLength) {
      const why = `it has ${group(length)} characters, and ${group(limits.fileLength)} is the limit`;
      return unread(dialect, source, includedBy, `it is too large for proxylint: ${why}`);
    }
    try {
      return parse(source, includedBy);
    } catch (error) {
      // The stack of the regular expressions ends at some two million of `$`.
      if (!(error instanceof RangeError)) throw error;
      return unread(dialect, source, includedBy, 'one of its words is too long for proxylint');
    }
  };
}

function unread(dialect: Dialect, source: SourceFile, includedBy: Directive | undefined, why: string): ConfigFile {
  const { text } = source;
  return {
    dialect,
    source,
    root: fileBlock(source, includedBy),
    comments: [],
    strays: [{ start: 0, end: text.length, raw: text }],
    problems: [],
    includedBy,
    unread: why,
  };
}
