/** Decides for each stretch of white space between two tokens what it should be. Nothing else of a text is touched. */
import type { Block, ConfigFile, Directive } from '../syntax/tree.ts';
import type { Span } from '../text/source.ts';
import { beyond, indentationOf, leadAt, type Indentation } from './indentation.ts';
import { oneLineBlocks } from './one-line-blocks.ts';
import type { FormatOptions } from './options.ts';
import { gapsInRows, type Row } from './rows.ts';
import { templateConstructs } from './template-constructs.ts';
import { tokensOf, type Token } from './tokens.ts';

/** White space to be replaced. */
export interface Gap extends Span {
  readonly text: string;
  /** What has to be laid out as a whole, or not at all: the directive, without its block, that the white space stands in or before. */
  readonly unit: Span;
}

interface OpenBlock {
  readonly owner: Directive | undefined;
  /** What the line of its directive is indented by: now, and before. */
  readonly indent: string;
  readonly lead: string;
  /** What is in it begins on the line that opens it, so that the lines behind keep their place below. */
  readonly isHanging: boolean;
  /** Of what stands in it. */
  readonly inner: string;
}

/** The directive that the words belong to. */
interface Statement {
  readonly unit: Span;
  readonly indent: string;
  readonly lead: string;
  /** Its header is not at its end. */
  isOpen: boolean;
  /** White space in it is text. */
  readonly isText: boolean;
}

/** httpd takes all behind the status for the text of the answer. */
const textual = new Set(['errordocument']);
/** A comment in the first column whose text is indented was code once. */
const formerCode = /^#+(?: {2}|\t)/;

/** `base`: white space that each line of the text begins with, where it is a piece of a document. */
export function layOut(file: ConfigFile, options: Required<FormatOptions>, base: string): Gap[] {
  return new Layout(file, options, base).gaps;
}

class Layout {
  readonly gaps: Gap[] = [];
  readonly #file: ConfigFile;
  readonly #text: string;
  readonly #options: Required<FormatOptions>;
  readonly #isPiece: boolean;
  readonly #tokens: readonly Token[];
  readonly #indentation: Indentation;
  readonly #lineEnd: string;
  readonly #oneLine: ReadonlySet<Block>;
  readonly #rowGaps: ReadonlyMap<number, string>;
  readonly #isInConstruct: (offset: number) => boolean;
  readonly #standIns: ReadonlySet<number>;
  readonly #formerCode: ReadonlySet<Token>;
  readonly #blocks: OpenBlock[];
  #statement: Statement;
  /** Of the current line: what it is indented by now, and before. */
  #indent = '';
  #lead = '';
  /** Characters of the current line so far. */
  #column = 0;
  /** The comment that ended the last line, and the column where it stands now. */
  #trailing:
    | { readonly token: Token; readonly column: number; readonly indent: string; readonly lead: string }
    | undefined;

  constructor(file: ConfigFile, options: Required<FormatOptions>, base: string) {
    const { source, dialect } = file;
    const { text, template } = source;
    this.#file = file;
    this.#text = text;
    this.#options = options;
    this.#isPiece = source.outer !== undefined;
    this.#tokens = tokensOf(file);
    this.#indentation = indentationOf(file, options);
    this.#lineEnd = lineEndOf(text, options);
    this.#oneLine = dialect === 'nginx' ? oneLineBlocks(this.#tokens, text) : new Set();
    this.#rowGaps =
      dialect === 'sslh' ? new Map() : gapsInRows(this.#rows(), this.#tokens, text, options.alignment === 'keep');
    this.#isInConstruct = templateConstructs(source);
    this.#standIns = new Set(template?.gaps.map(({ start }) => start) ?? []);
    this.#formerCode = this.#findFormerCode();
    this.#blocks = [{ owner: undefined, indent: base, lead: base, isHanging: false, inner: base }];
    this.#statement = { unit: { start: 0, end: 0 }, indent: base, lead: base, isOpen: false, isText: false };
    for (const [index, token] of this.#tokens.entries()) this.#place(token, index);
    this.#end();
  }

  #place(token: Token, index: number): void {
    const before = this.#tokens[index - 1];
    const start = before?.end ?? 0;
    const written = this.#text.slice(start, token.start);
    if (token.kind === 'close') this.#closeBlock(token);
    const breaks = countFeeds(written);
    const wanted = this.#isFixed(before, token, written)
      ? this.#keep(written)
      : breaks > 0 || before === undefined || this.#mustBreak(before, token)
        ? this.#newLine(before, token, written)
        : this.#onLine(before, token, index, written);
    this.#change({ start, end: token.start, text: wanted, unit: this.#unitOf(token) });
    this.#follow(token, index, wanted);
  }

  /** White space that means something, or that is a matter of a template. */
  #isFixed(before: Token | undefined, token: Token, written: string): boolean {
    if (token.kind === 'foreign') return true;
    if (token.kind === 'word' && token.directive === undefined && !this.#statement.isOpen)
      return written.includes('\n');
    if (this.#file.dialect !== 'apache' || before === undefined) return false;
    if (this.#text[before.end - 1] !== '\\') return false;
    // Behind a continuation: the line goes on, unless something is said by its white space.
    const goesOn = before.kind === 'word' && before.directive === undefined && this.#statement.isOpen;
    return !goesOn || this.#statement.isText || countFeeds(written) !== 1;
  }

  #keep(written: string): string {
    const feed = written.lastIndexOf('\n');
    if (feed !== -1) this.#beginLine(written.slice(feed + 1), written.slice(feed + 1));
    return written;
  }

  /** nginx: one directive a line, and braces that close on lines of their own. */
  #mustBreak(before: Token, token: Token): boolean {
    if (this.#file.dialect !== 'nginx') return false;
    if (token.kind === 'close') {
      const { block } = token.directive!;
      return block!.kind !== 'raw' && !this.#oneLine.has(block!) && !this.#isInKept(token);
    }
    const isBehindStatement = before.kind === 'end' || before.kind === 'close' || before.kind === 'open';
    return token.first === true && isBehindStatement && !this.#isInKept(token);
  }

  #isInKept({ directive }: Token): boolean {
    return directive !== undefined && this.#oneLine.has(directive.parent);
  }

  #newLine(before: Token | undefined, token: Token, written: string): string {
    const { openingBrace, blankLines } = this.#options;
    const feeds = countFeeds(written);
    if (
      token.kind === 'open' &&
      this.#file.dialect === 'nginx' &&
      openingBrace === 'same-line' &&
      before?.kind === 'word'
    )
      return ' ';
    const own = feeds > 0 || before === undefined ? written.slice(written.lastIndexOf('\n') + 1) : undefined;
    const indent = this.#indentFor(token, before, own, feeds);
    this.#beginLine(indent, own ?? this.#lead);
    if (before === undefined && !this.#isPiece) return indent;
    if (feeds === 0) return (before === undefined ? '' : this.#lineEnd) + indent;
    const kept = written.match(/\r?\n/g)!.slice(0, Math.max(1, blankLines + 1));
    // A tag of a template may need what stands behind it.
    const tail = before?.kind === 'foreign' ? /^[^\n\r]*/.exec(written)![0] : '';
    return tail + kept.join('') + indent;
  }

  #beginLine(indent: string, lead: string): void {
    this.#indent = indent;
    this.#lead = lead;
    this.#column = indent.length;
  }

  /** @param own what the token's line was indented by; undefined where it begins a new line only now */
  #indentFor(token: Token, before: Token | undefined, own: string | undefined, feeds: number): string {
    const block = this.#blocks.at(-1)!;
    const { kind, first, start } = token;
    if (own !== undefined && (this.#isInConstruct(start) || (first && this.#standIns.has(start)))) return own;
    if (kind === 'close') return this.#closing(token, own);
    const below = (indent: string, lead: string, least: string): string =>
      indent + ((own === undefined ? '' : beyond(own, lead)) || least);
    const { unit } = this.#indentation;
    const { indent, lead, isOpen } = this.#statement;
    if (!first && isOpen) {
      if (kind === 'open' && this.#file.dialect === 'nginx') return indent;
      return below(indent, lead, kind === 'open' || kind === 'end' ? '' : unit);
    }
    if (kind === 'end') return indent;
    if (kind === 'comment') {
      if (own === '' && this.#formerCode.has(token)) return '';
      const aligned =
        feeds === 1 && before !== undefined && before === this.#trailing?.token ? this.#belowTrailing(own!) : undefined;
      this.#goesOn = aligned !== undefined;
      if (aligned !== undefined) return aligned;
    }
    return block.isHanging ? below(block.indent, block.lead, unit) : block.inner;
  }

  /** For a comment that goes on with the one at the end of the line before. */
  #belowTrailing(own: string): string | undefined {
    const { token, column, indent, lead } = this.#trailing!;
    const written = token.start - (this.#text.lastIndexOf('\n', token.start - 1) + 1);
    if (own.length !== written || !own.startsWith(lead)) return undefined;
    return indent + ' '.repeat(Math.max(0, column - indent.length));
  }

  /** Whether the comment goes on with the one before. */
  #goesOn = false;
  /** The block whose closing delimiter is looked at. */
  #closed: OpenBlock | undefined;

  #closeBlock({ directive }: Token): void {
    this.#closed = undefined;
    if (this.#blocks.length > 1 && this.#blocks.at(-1)!.owner === directive) this.#closed = this.#blocks.pop();
  }

  #closing({ directive }: Token, own: string | undefined): string {
    const closed = this.#closed;
    if (!closed) return own ?? this.#indent;
    if (!closed.isHanging || directive?.block?.kind === 'raw') return closed.indent;
    return closed.indent + (own === undefined ? '' : beyond(own, closed.lead));
  }

  #onLine(before: Token, token: Token, index: number, written: string): string {
    const row = this.#rowGaps.get(index);
    if (row !== undefined) return row;
    const { dialect } = this.#file;
    if (token.kind === 'comment') return this.#options.alignment === 'remove' || written === '' ? ' ' : written;
    if (dialect !== 'nginx') return written;
    if (token.kind === 'end') return '';
    if (token.kind === 'open') return written === '' && before.kind === 'word' ? ' ' : written;
    const isApartBody = token.kind === 'close' && before.kind === 'body' && this.#text[before.end - 1] === '\n';
    return isApartBody ? this.#closing(token, written) : written;
  }

  /** Takes note of what a token begins or ends. */
  #follow(token: Token, index: number, wanted: string): void {
    const before = this.#tokens[index - 1];
    const { kind, directive, first, last, start, end } = token;
    if (!wanted.includes('\n') && before !== undefined) this.#column += wanted.length;
    if (kind === 'comment' && before && !wanted.includes('\n'))
      this.#trailing = { token, column: this.#column, indent: this.#indent, lead: this.#lead };
    else if (kind === 'comment' && this.#goesOn && this.#trailing) this.#trailing = { ...this.#trailing, token };
    else this.#trailing = undefined;
    this.#goesOn = false;
    const feed = this.#text.slice(start, end).lastIndexOf('\n');
    this.#column = feed === -1 ? this.#column + end - start : end - start - feed - 1;
    if (first) {
      this.#statement = {
        unit: this.#unitOf(token),
        indent: this.#indent,
        lead: this.#lead,
        isOpen: true,
        isText: textual.has(directive!.key),
      };
    }
    if (last) this.#statement.isOpen = false;
    if (kind === 'close' && this.#closed) {
      const { indent, lead } = this.#closed;
      this.#statement = { ...this.#statement, unit: { start, end }, indent, lead };
    }
    if (directive?.block && last && kind !== 'close') this.#openBlock(directive, index);
  }

  #openBlock(directive: Directive, index: number): void {
    const { indent, lead } = this.#statement;
    const block = directive.block!;
    const behind = this.#text.slice(this.#tokens[index]!.end, this.#tokens[index + 1]?.start);
    // In nginx it is written on lines of its own.
    const isHanging = this.#file.dialect === 'sslh' && !behind.includes('\n');
    const inner = this.#indentation.isFlat(block) ? indent : indent + this.#indentation.unit;
    this.#blocks.push({ owner: directive, indent, lead, isHanging, inner });
  }

  #unitOf(token: Token): Span {
    const { kind, directive, first, start, end } = token;
    if (kind === 'comment' && this.#trailing) return { start: this.#trailing.token.start, end };
    if (directive === undefined && this.#statement.isOpen) return this.#statement.unit;
    if (directive === undefined || kind === 'close' || kind === 'foreign') return { start, end };
    if (!first) return this.#statement.unit;
    const last = directive.args.at(-1) ?? directive.name;
    const open = directive.block?.open;
    return { start, end: Math.max(last.end, open?.end ?? directive.end) };
  }

  /** The white space at the end of the text. */
  #end(): void {
    const last = this.#tokens.at(-1);
    if (!last) return;
    const written = this.#text.slice(last.end);
    const { finalNewline } = this.#options;
    const end = /\r?\n/.exec(written);
    let wanted = end?.[0] ?? (finalNewline ? this.#lineEnd : '');
    if (this.#isPiece) wanted = end ? written.slice(end.index) : written;
    const isFixed = last.kind === 'foreign' || (this.#file.dialect === 'apache' && this.#text[last.end - 1] === '\\');
    if (isFixed) return;
    const { length } = this.#text;
    this.#change({ start: last.end, end: length, text: wanted, unit: { start: last.end, end: length } });
  }

  #change(gap: Gap): void {
    const { lineEndings } = this.#options;
    const text = lineEndings === 'keep' ? gap.text : gap.text.replace(/\r?\n/g, this.#lineEnd);
    if (text !== this.#text.slice(gap.start, gap.end)) this.gaps.push({ ...gap, text });
  }

  /** Directives that begin a line of their own and stand on one: nginx with all that is on it, httpd with the first argument. */
  #rows(): Row[] {
    const rows: Row[] = [];
    const isNginx = this.#file.dialect === 'nginx';
    let row: Row | undefined;
    for (const [index, token] of this.#tokens.entries()) {
      const before = this.#tokens[index - 1];
      const { directive } = token;
      const isOnLine = before !== undefined && !this.#text.slice(before.end, token.start).includes('\n');
      if (token.first && directive && !this.#isInKept(token)) {
        row = undefined;
        if (isOnOneLine(directive, this.#text) && (isNginx || !directive.block))
          rows.push((row = { parent: directive.parent, from: index, to: index }));
      } else if (!isOnLine || token.kind === 'comment' || token.kind === 'body' || directive === undefined)
        row = undefined;
      else if (row && (isNginx ? !this.#mustBreak(before, token) : index === row.from + 1)) row.to = index;
      else row = undefined;
    }
    return rows;
  }

  #findFormerCode(): ReadonlySet<Token> {
    const found = new Set<Token>();
    let run: Token[] = [];
    const finish = (): void => {
      if (run.some(({ start, end }) => formerCode.test(this.#text.slice(start, Math.min(end, start + 80)))))
        for (const token of run) found.add(token);
      run = [];
    };
    let end = -1;
    for (const token of this.#tokens) {
      const isNext = end !== -1 && /^[ \t\r]*\n$/.test(this.#text.slice(end, token.start));
      if (!isNext) finish();
      end = token.kind === 'comment' ? token.end : -1;
      if (token.kind === 'comment' && leadAt(this.#text, token.start) === '') run.push(token);
    }
    finish();
    return found;
  }
}

function isOnOneLine({ start, name, args }: Directive, text: string): boolean {
  return !text.slice(start, args.at(-1)?.end ?? name.end).includes('\n');
}

function countFeeds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** For line ends that are added: as most of the text has them. */
function lineEndOf(text: string, { lineEndings }: Required<FormatOptions>): string {
  if (lineEndings !== 'keep') return lineEndings === 'lf' ? '\n' : '\r\n';
  const withReturn = text.split('\r\n').length - 1;
  return withReturn * 2 > countFeeds(text) ? '\r\n' : '\n';
}
