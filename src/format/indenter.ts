/** Says what a line is to be indented by. It is told of every token, in the order of the text. */
import type { Block, ConfigFile, Directive } from '../syntax/tree.ts';
import type { Span } from '../text/source.ts';
import { formerCode } from './former-code.ts';
import { beyond, indentationOf, type Indentation } from './indentation.ts';
import type { FormatOptions } from './options.ts';
import { templateConstructs } from './template-constructs.ts';
import type { Token } from './tokens.ts';

interface OpenBlock {
  readonly owner: Directive | undefined;
  /** What the line of its directive is indented by: now, and before. */
  readonly indent: string;
  readonly lead: string;
  /** What is in it begins on the line that opens it, so that the lines behind keep their place below. */
  readonly isHanging: boolean;
  /** Of what stands in it. */
  readonly inner: string;
  /** What has to be laid out as a whole with it. */
  readonly unit: Span | undefined;
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

/** A comment that ended the last line, and the column where it stands now. */
interface TrailingComment {
  readonly token: Token;
  readonly column: number;
  readonly indent: string;
  readonly lead: string;
}

const blankToLineEnd = /[ \t\r]*(?:\n|$)/y;

/** httpd takes all behind the status for the text of the answer. */
const textual = new Set(['errordocument']);

export class Indenter {
  readonly #file: ConfigFile;
  readonly #text: string;
  readonly #indentation: Indentation;
  readonly #isInConstruct: (offset: number) => boolean;
  /** Where tags of a template stand for directives. */
  readonly #standIns: ReadonlySet<number>;
  readonly #formerCode: ReadonlySet<Token>;
  readonly #blocks: OpenBlock[];
  /** The block whose closing delimiter is looked at. */
  #closed: OpenBlock | undefined;
  #statement: Statement;
  /** Of the current line: what it is indented by now, and before. */
  #indent = '';
  #lead = '';
  /** Characters of the current line so far. */
  #column = 0;
  #trailing: TrailingComment | undefined;
  /** Whether the comment goes on with that one. */
  #goesOn = false;

  /** @param base white space that each line of the text begins with */
  constructor(file: ConfigFile, tokens: readonly Token[], options: Required<FormatOptions>, base: string) {
    const { source } = file;
    this.#file = file;
    this.#text = source.text;
    this.#indentation = indentationOf(file, options);
    this.#isInConstruct = templateConstructs(source);
    this.#standIns = new Set(source.template?.gaps.map(({ start }) => start));
    this.#formerCode = formerCode(tokens, source.text);
    this.#blocks = [{ owner: undefined, indent: base, lead: base, isHanging: false, inner: base, unit: undefined }];
    this.#statement = { unit: { start: 0, end: 0 }, indent: base, lead: base, isOpen: false, isText: false };
  }

  get isInStatement(): boolean {
    return this.#statement.isOpen;
  }

  get isInText(): boolean {
    return this.#statement.isText;
  }

  /** Before anything is asked of a token. */
  enter({ kind, directive }: Token): void {
    this.#closed = undefined;
    const isEnd = kind === 'close' && this.#blocks.length > 1 && this.#blocks.at(-1)!.owner === directive;
    if (isEnd) this.#closed = this.#blocks.pop();
  }

  /** @param lead what it was indented by; undefined where it begins only now */
  beginLine(indent: string, lead: string | undefined): void {
    this.#indent = indent;
    this.#lead = lead ?? this.#lead;
    this.#column = indent.length;
  }

  /** @param own what the token's line was indented by; undefined where it begins a new line only now */
  indentFor(token: Token, before: Token | undefined, own: string | undefined, isNext: boolean): string {
    const { kind, first, start } = token;
    if (own !== undefined && (this.#isInConstruct(start) || (first && this.#standIns.has(start)))) return own;
    if (kind === 'close') return this.closing(token, own);
    if (!first && this.#statement.isOpen) return this.#inStatement(token, own);
    if (kind === 'end') return this.#statement.indent;
    if (kind === 'comment') {
      if (own === '' && this.#formerCode.has(token)) return '';
      const below =
        isNext && before !== undefined && before === this.#trailing?.token ? this.#belowTrailing(own!) : undefined;
      this.#goesOn = below !== undefined;
      if (below !== undefined) return below;
    }
    const { isHanging, indent, lead, inner } = this.#blocks.at(-1)!;
    return isHanging ? indent + (extra(own, lead) || this.#indentation.unit) : inner;
  }

  closing({ directive }: Token, own: string | undefined): string {
    const closed = this.#closed;
    if (!closed) return own ?? this.#indent;
    if (!closed.isHanging || directive?.block?.kind === 'raw') return closed.indent;
    return closed.indent + extra(own, closed.lead);
  }

  /** Words on further lines stay where they are below the first one. */
  #inStatement({ kind }: Token, own: string | undefined): string {
    const { indent, lead } = this.#statement;
    if (kind === 'open' && this.#file.dialect === 'nginx') return indent;
    const least = kind === 'open' || kind === 'end' ? '' : this.#indentation.unit;
    return indent + (extra(own, lead) || least);
  }

  /** For a comment that goes on with the one at the end of the line before. */
  #belowTrailing(own: string): string | undefined {
    const { token, column, indent, lead } = this.#trailing!;
    const written = token.start - (this.#text.lastIndexOf('\n', token.start - 1) + 1);
    if (own.length !== written || !own.startsWith(lead)) return undefined;
    return indent + ' '.repeat(Math.max(0, column - indent.length));
  }

  /** What has to be laid out as a whole: the directive of a token, or the token. */
  unitOf(token: Token): Span {
    const { kind, directive, first, start, end } = token;
    const whole = (this.#closed ?? this.#blocks.at(-1)!).unit;
    if (whole) return whole;
    if (kind === 'comment' && this.#trailing) return { start: this.#trailing.token.start, end };
    if (directive === undefined && this.#statement.isOpen) return this.#statement.unit;
    if (directive === undefined || kind === 'close' || kind === 'foreign') return { start, end };
    if (!first) return this.#statement.unit;
    const last = directive.args.at(-1) ?? directive.name;
    const { block } = directive;
    if (block && this.#isHanging(block)) return { start, end: block.end };
    return { start, end: Math.max(last.end, block?.open?.end ?? directive.end) };
  }

  /** Takes note of what a token begins or ends. `wanted`: the white space before it. */
  follow(token: Token, index: number, wanted: string): void {
    const { kind, directive, first, last, start, end } = token;
    this.#followComment(token, index, wanted);
    const feed = this.#text.slice(start, end).lastIndexOf('\n');
    this.#column = feed === -1 ? this.#column + end - start : end - start - feed - 1;
    if (first) {
      const isText = textual.has(directive!.key);
      this.#statement = { unit: this.unitOf(token), indent: this.#indent, lead: this.#lead, isOpen: true, isText };
    }
    if (last) this.#statement.isOpen = false;
    if (kind === 'close' && this.#closed) {
      const { indent, lead } = this.#closed;
      this.#statement = { ...this.#statement, unit: { start, end }, indent, lead };
    }
    if (directive?.block && last && kind !== 'close') this.#openBlock(directive);
  }

  #followComment(token: Token, index: number, wanted: string): void {
    const isOnLine = index > 0 && !wanted.includes('\n');
    if (isOnLine) this.#column += wanted.length;
    if (token.kind === 'comment' && isOnLine)
      this.#trailing = { token, column: this.#column, indent: this.#indent, lead: this.#lead };
    else if (this.#goesOn && this.#trailing) this.#trailing = { ...this.#trailing, token };
    else this.#trailing = undefined;
    this.#goesOn = false;
  }

  #openBlock(directive: Directive): void {
    const { indent, lead, unit } = this.#statement;
    const block = directive.block!;
    const isHanging = this.#isHanging(block);
    const whole = isHanging ? unit : this.#blocks.at(-1)!.unit;
    const inner = this.#indentation.isFlat(block) ? indent : indent + this.#indentation.unit;
    this.#blocks.push({ owner: directive, indent, lead, isHanging, inner, unit: whole });
  }

  /** Whether something stands behind the opening delimiter on its line. In nginx it is written on lines of its own. */
  #isHanging({ open }: Block): boolean {
    if (this.#file.dialect !== 'sslh' || !open) return false;
    blankToLineEnd.lastIndex = open.end;
    return !blankToLineEnd.test(this.#text);
  }
}

function extra(own: string | undefined, lead: string): string {
  return own === undefined ? '' : beyond(own, lead);
}
