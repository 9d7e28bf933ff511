import type { SourceFile } from '../text/source.ts';
import type { ConfigFile, Dialect, Directive, Parse } from '../syntax/tree.ts';

/** The tree of a text takes some forty times its size; the largest configs known have a tenth of this. */
const maxLength = 10_000_000;

/** Loads the parser of one dialect; the others are never loaded. */
export async function loadParser(dialect: Dialect): Promise<Parse> {
  const parse = await loadUnguarded(dialect);
  return (source, includedBy) => {
    const { length } = source.text;
    if (length > maxLength) {
      const message = `The file is too large to be read: it has ${length} characters, and ${maxLength} is the limit.`;
      return unread(dialect, source, includedBy, message);
    }
    try {
      return parse(source, includedBy);
    } catch (error) {
      // The stack of the regular expressions ends at some two million of `$`.
      if (!(error instanceof RangeError)) throw error;
      return unread(dialect, source, includedBy, 'The file cannot be read: one of its words is far too long.');
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

function unread(dialect: Dialect, source: SourceFile, includedBy: Directive | undefined, message: string): ConfigFile {
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
    problems: [{ code: 'syntax-error', start: 0, end: 0, message, partial: true }],
    includedBy,
  };
}
