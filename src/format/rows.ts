/** The blanks between words on one line: columns that a line shares with the one before or behind it stay. */
import type { Block, Dialect, Directive } from '../syntax/tree.ts';
import type { Lines } from './lines.ts';
import type { Token } from './tokens.ts';

/** A directive on one line, with its block if that stays on it. */
export interface Row {
  /** Of the directive. */
  readonly parent: Block;
  /** Indexes of its tokens. */
  readonly from: number;
  to: number;
}

/** Directives that begin a line of their own and stand on one: nginx with all that is on it, httpd with the first argument. */
export function rowsOf(
  dialect: Dialect,
  tokens: readonly Token[],
  text: string,
  lines: Lines,
  joinsBraces: boolean,
): Row[] {
  const rows: Row[] = [];
  if (dialect === 'sslh') return rows;
  const isNginx = dialect === 'nginx';
  let row: Row | undefined;
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    const { kind, directive, first } = token;
    const isJoined = joinsBraces && kind === 'open' && before?.kind === 'word';
    const isOnLine = before !== undefined && (isJoined || !text.slice(before.end, token.start).includes('\n'));
    if (first && directive && !lines.isInOneLine(token)) {
      row = undefined;
      const isRow = isOnOneLine(directive, text) && (isNginx || !directive.block);
      if (isRow) rows.push((row = { parent: directive.parent, from: index, to: index }));
    } else if (!isOnLine || kind === 'comment' || kind === 'body' || directive === undefined) row = undefined;
    else if (row && (isNginx ? !lines.mustBreak(before, token) : index === row.from + 1)) row.to = index;
    else row = undefined;
  }
  return rows;
}

function isOnOneLine({ start, name, args }: Directive, text: string): boolean {
  return !text.slice(start, args.at(-1)?.end ?? name.end).includes('\n');
}

/** By index of a token: the blanks before it. Those that are in no row, or are as they should be, may be left out. */
export function gapsInRows(
  rows: readonly Row[],
  tokens: readonly Token[],
  text: string,
  keepsColumns: boolean,
): ReadonlyMap<number, string> {
  const gaps = new Map<number, string>();
  const isWide = (row: Row): boolean => {
    for (let index = row.from + 1; index <= row.to; index++) if (!isNarrow(tokens, index, text)) return true;
    return false;
  };
  const wide = rows.map(isWide);
  // The others have nothing to be decided, but may be what a wide one is in line with.
  const columns = rows.map((row, index) =>
    keepsColumns && (wide[index] || wide[index - 1] || wide[index + 1]) ? new Columns(row, tokens, text) : undefined,
  );
  for (const [index, own] of columns.entries()) {
    if (!own) continue;
    const beside = [columns[index - 1], columns[index + 1]].filter((other) => other !== undefined);
    own.neighbours = beside.filter(({ row }) => row.parent === own.row.parent);
  }
  settle(columns.filter((own) => own !== undefined));
  for (const [at, row] of rows.entries()) {
    if (!wide[at]) continue;
    for (let index = row.from + 1; index <= row.to; index++)
      if (!columns[at]?.firm[index - row.from]) gaps.set(index, narrow(tokens, index, text));
      else gaps.set(index, text.slice(tokens[index - 1]!.end, tokens[index]!.start));
  }
  return gaps;
}

/** One blank, where any may stand or one belongs. */
function narrow(tokens: readonly Token[], index: number, text: string): string {
  const before = tokens[index - 1]!;
  const token = tokens[index]!;
  if (token.kind === 'end') return '';
  if (token.kind === 'close' && before.kind === 'open') return before.end === token.start ? '' : ' ';
  if (before.kind === 'word' && token.kind === 'word' && before.end === token.start) return '';
  return before.kind === 'body' || token.kind === 'body' ? text.slice(before.end, token.start) : ' ';
}

function isNarrow(tokens: readonly Token[], index: number, text: string): boolean {
  const gap = narrow(tokens, index, text);
  const { end } = tokens[index - 1]!;
  return tokens[index]!.start - end === gap.length && text.startsWith(gap, end);
}

class Columns {
  readonly row: Row;
  /** Of each token, from the begin of the row. */
  readonly offsets: readonly number[];
  /** Where a token begins: its place in the row. */
  readonly at: ReadonlyMap<number, number>;
  /** Whether the blanks before a token are of the width that they should have already. */
  readonly narrow: readonly boolean[];
  /** Whether blanks before a token may be more. */
  readonly mayBeWide: readonly boolean[];
  /** Whether a token stays at its offset. */
  readonly firm: boolean[];
  neighbours: readonly Columns[] = [];

  constructor(row: Row, tokens: readonly Token[], text: string) {
    this.row = row;
    const own = tokens.slice(row.from, row.to + 1);
    const begin = own[0]!.start;
    this.offsets = own.map(({ start }) => start - begin);
    this.at = new Map(this.offsets.map((offset, index) => [offset, index]));
    this.narrow = own.map((_, index) => index === 0 || isNarrow(tokens, row.from + index, text));
    this.mayBeWide = own.map(({ kind, start }, index) => {
      return index > 0 && kind !== 'end' && !text.slice(own[index - 1]!.end, start).includes('\n');
    });
    this.firm = own.map((_, index) => index === 0);
  }
}

/** Goes from left to right through all rows at once: whether a token is firm depends on what stands left of it, there and beside it. */
function settle(all: readonly Columns[]): void {
  const queue = all
    .flatMap((columns) => columns.offsets.map((offset, index) => ({ columns, offset, index })))
    .filter(({ index }) => index > 0)
    .sort((a, b) => a.offset - b.offset);
  for (const { columns, offset, index } of queue) {
    if (!columns.firm[index - 1]) continue;
    const isShared = (other: Columns): boolean => {
      const there = other.at.get(offset);
      return there !== undefined && there > 0 && other.firm[there - 1] === true && other.mayBeWide[there] === true;
    };
    columns.firm[index] = columns.narrow[index]! || (columns.mayBeWide[index]! && columns.neighbours.some(isShared));
  }
}
