/** Decides for each stretch of white space between two tokens what it should be. Nothing else of a text is touched. */
import type { ConfigFile } from '../syntax/tree.ts';
import type { Span } from '../text/source.ts';
import { Indenter } from './indenter.ts';
import { countFeeds, lineEndOf } from './line-ends.ts';
import { Lines } from './lines.ts';
import type { FormatOptions } from './options.ts';
import { gapsInRows, rowsOf } from './rows.ts';
import { tokensOf, type Token } from './tokens.ts';

/** White space to be replaced. */
export interface Gap extends Span {
  readonly text: string;
  /** What has to be laid out as a whole, or not at all: the directive, without its block, that the white space stands in or before. */
  readonly unit: Span;
}

/** `base`: white space that each line of the text begins with, where it is a piece of a document. */
export function layOut(file: ConfigFile, options: Required<FormatOptions>, base: string): Gap[] {
  return new Layout(file, withLineEndsThatMean(file, options), base).gaps;
}

/**
 * Line ends that say something are neither added nor changed: httpd takes them for text in a quote that its line does not close, and does not
 * read a last line without one behind a macro; libconfig refuses a comment without one.
 */
function withLineEndsThatMean(file: ConfigFile, options: Required<FormatOptions>): Required<FormatOptions> {
  if (file.dialect === 'nginx') return options;
  if (file.dialect === 'sslh') {
    const last = file.comments.at(-1);
    const isRefused = last !== undefined && last.sign !== '/*' && last.end === file.source.text.length;
    return { ...options, finalNewline: options.finalNewline && !isRefused };
  }
  const hasOpenQuotes = file.problems.some(({ code }) => code === 'unclosed-quote');
  const lineEndings = hasOpenQuotes ? 'keep' : options.lineEndings;
  const isLastLineRead = !hasOpenQuotes && !usesMacros(file);
  return { ...options, lineEndings, finalNewline: options.finalNewline && isLastLineRead };
}

function usesMacros({ source, root }: ConfigFile): boolean {
  if (source.text.endsWith('\n')) return false;
  const blocks = [root];
  for (let block = blocks.pop(); block; block = blocks.pop()) {
    for (const { key, block: inner } of block.directives) {
      if (key === 'use') return true;
      if (inner) blocks.push(inner);
    }
  }
  return false;
}

class Layout {
  readonly gaps: Gap[] = [];
  readonly #file: ConfigFile;
  readonly #text: string;
  readonly #options: Required<FormatOptions>;
  readonly #isPiece: boolean;
  readonly #tokens: readonly Token[];
  readonly #lineEnd: string;
  readonly #lines: Lines;
  readonly #rowGaps: ReadonlyMap<number, string>;
  readonly #indenter: Indenter;

  constructor(file: ConfigFile, options: Required<FormatOptions>, base: string) {
    const { source, dialect } = file;
    this.#file = file;
    this.#text = source.text;
    this.#options = options;
    this.#isPiece = source.outer !== undefined;
    this.#tokens = tokensOf(file);
    this.#lineEnd = lineEndOf(source.text, options);
    this.#lines = new Lines(dialect, this.#tokens, source.text);
    const joinsBraces = options.openingBrace === 'same-line';
    const rows = rowsOf(dialect, this.#tokens, source.text, this.#lines, joinsBraces);
    this.#rowGaps = gapsInRows(rows, this.#tokens, source.text, options.alignment === 'keep');
    this.#indenter = new Indenter(file, this.#tokens, options, base);
    for (const [index, token] of this.#tokens.entries()) this.#place(token, index);
    this.#end();
  }

  #place(token: Token, index: number): void {
    const before = this.#tokens[index - 1];
    const start = before?.end ?? 0;
    const written = this.#text.slice(start, token.start);
    this.#indenter.enter(token);
    const wanted = this.#wanted(before, token, index, written);
    this.#change({ start, end: token.start, text: wanted, unit: this.#indenter.unitOf(token) });
    this.#indenter.follow(token, index, wanted);
  }

  #wanted(before: Token | undefined, token: Token, index: number, written: string): string {
    if (this.#isFixed(before, token, written)) return this.#keep(written);
    if (before === undefined || written.includes('\n')) return this.#newLine(before, token, written);
    return this.#lines.mustBreak(before, token)
      ? this.#newLine(before, token, written)
      : this.#onLine(before, token, index, written);
  }

  /** White space that means something, or that is a matter of a template. */
  #isFixed(before: Token | undefined, token: Token, written: string): boolean {
    const { isInStatement, isInText } = this.#indenter;
    const isSign = ({ kind, directive }: Token): boolean => kind === 'word' && directive === undefined;
    if (token.kind === 'foreign') return true;
    if (isSign(token) && !isInStatement) return written.includes('\n');
    if (this.#file.dialect !== 'apache' || before === undefined) return false;
    if (this.#text[before.end - 1] !== '\\') return false;
    // Behind a continuation: the line goes on, unless something is said by its white space.
    return !isSign(before) || !isInStatement || isInText || countFeeds(written) !== 1;
  }

  #keep(written: string): string {
    const feed = written.lastIndexOf('\n');
    if (feed !== -1) this.#indenter.beginLine(written.slice(feed + 1), written.slice(feed + 1));
    return written;
  }

  #newLine(before: Token | undefined, token: Token, written: string): string {
    const { openingBrace, blankLines } = this.#options;
    const joins = openingBrace === 'same-line' && token.kind === 'open' && before?.kind === 'word';
    if (joins && this.#file.dialect === 'nginx') return ' ';
    const feeds = countFeeds(written);
    const own = feeds > 0 || before === undefined ? written.slice(written.lastIndexOf('\n') + 1) : undefined;
    const indent = this.#indenter.indentFor(token, before, own, feeds === 1);
    this.#indenter.beginLine(indent, own);
    if (before === undefined && (!this.#isPiece || feeds === 0)) return indent;
    if (feeds === 0) return this.#lineEnd + indent;
    const kept = written.match(/\r?\n/g)!.slice(0, blankLines + 1);
    // A tag of a template may need what stands behind it.
    const tail = before?.kind === 'foreign' ? /^[^\n\r]*/.exec(written)![0] : '';
    return tail + kept.join('') + indent;
  }

  #onLine(before: Token, token: Token, index: number, written: string): string {
    const row = this.#rowGaps.get(index);
    if (row !== undefined) return row;
    if (token.kind === 'comment') return this.#options.alignment === 'remove' || written === '' ? ' ' : written;
    if (this.#file.dialect !== 'nginx') return written;
    if (token.kind === 'end') return '';
    if (token.kind === 'open') return written === '' && before.kind === 'word' ? ' ' : written;
    const isApartBody = token.kind === 'close' && before.kind === 'body' && this.#text[before.end - 1] === '\n';
    return isApartBody ? this.#indenter.closing(token, written) : written;
  }

  /** The white space at the end of the text. */
  #end(): void {
    const last = this.#tokens.at(-1);
    if (!last || last.kind === 'foreign') return;
    if (this.#file.dialect === 'apache' && this.#text[last.end - 1] === '\\') return;
    const written = this.#text.slice(last.end);
    const feed = /\r?\n/.exec(written);
    let wanted = feed?.[0] ?? (this.#options.finalNewline ? this.#lineEnd : '');
    if (this.#isPiece) wanted = feed ? written.slice(feed.index) : written;
    const { length } = this.#text;
    this.#change({ start: last.end, end: length, text: wanted, unit: { start: last.end, end: length } });
  }

  #change(gap: Gap): void {
    const { lineEndings } = this.#options;
    const text = lineEndings === 'keep' ? gap.text : gap.text.replace(/\r?\n/g, this.#lineEnd);
    if (text !== this.#text.slice(gap.start, gap.end)) this.gaps.push({ ...gap, text });
  }
}
