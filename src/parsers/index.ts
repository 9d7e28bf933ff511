import { group, limits } from '../text/budget.ts';
import type { SourceFile } from '../text/source.ts';
import type { ConfigFile, Dialect, Directive, Parse } from '../syntax/tree.ts';

/** Loads the parser of one dialect; the others are never loaded. */
export async function loadParser(dialect: Dialect): Promise<Parse> {
  const parse = await loadUnguarded(dialect);
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

async function loadUnguarded(dialect: Dialect): Promise<Parse> {
  switch (dialect) {
    case 'nginx':
      return (await import('./nginx/parse.ts')).parseNginx;
    case 'apache':
      return (await import('./apache/parse.ts')).parseApache;
    case 'sslh':
      return (await import('./sslh/parse.ts')).parseSslh;
  }
}

function unread(dialect: Dialect, source: SourceFile, includedBy: Directive | undefined, why: string): ConfigFile {
  const { text } = source;
  const span = { start: 0, end: text.length };
  return {
    dialect,
    source,
    root: {
      ...span,
      kind: 'file',
      directives: [],
      owner: includedBy?.parent.owner,
      file: source,
      open: undefined,
      close: undefined,
    },
    comments: [],
    strays: [{ ...span, raw: text }],
    problems: [],
    includedBy,
    unread: why,
  };
}
