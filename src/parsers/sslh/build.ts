/** Builds the syntax tree while the grammar runs, and says what libconfig would not accept. */
import type { Mutable, OpenBlock } from '../../syntax/file-block.ts';
import type { IToken } from 'chevrotain';
import type { SourceFile, Span } from '../../text/source.ts';
import type { Block, BlockKind, Comment, ConfigFile, Directive, Problem, Stray, Word } from '../../syntax/tree.ts';
import { scalarType, stringValue } from './literals.ts';
import { brokenInclude, openString, singleQuoted } from './tokens.ts';
import { wordTable } from '../../text/word-table.ts';

type OpenDirective = Mutable<Directive> & { args: Word[] };

/** What the pairing found out about one delimiter: for an opening one that it is never closed, for a closing one that it closes nothing. */
export interface DelimiterFault {
  /** The delimiter met instead. */
  readonly found: IToken | undefined;
  readonly reason: 'unclosed' | 'unmatched' | 'too-deep';
}

/** A block that is being read. */
interface Frame {
  readonly block: OpenBlock;
  /** The setting whose value it is; undefined for the file. */
  readonly setting: OpenDirective | undefined;
  /** Elements separated by commas, instead of settings. */
  readonly isList: boolean;
  readonly unclosed: boolean;
  /** The entry that a separator may follow. */
  last: OpenDirective | undefined;
  /** What stands before is in another file, so that it is not known whether a separator is missing. */
  isOpen: boolean;
  separator: IToken | undefined;
  /** Array: type of the first element; `block` where it held one. */
  elementType: string | undefined;
}

const kindOf: Readonly<Record<string, BlockKind>> = wordTable({ '{': 'group', '(': 'list', '[': 'array' });

export class TreeBuilder {
  readonly #source: SourceFile;
  readonly #faults: ReadonlyMap<IToken, DelimiterFault>;
  readonly #root: OpenBlock;
  readonly #strays: Stray[] = [];
  readonly #problems: Problem[] = [];
  readonly #frames: Frame[] = [];
  #frame: Frame;
  #setting!: OpenDirective;
  #hasSign = false;

  constructor(source: SourceFile, faults: ReadonlyMap<IToken, DelimiterFault>, includedBy: Directive | undefined) {
    this.#source = source;
    this.#faults = faults;
    const around = includedBy?.parent.owner;
    this.#root = this.#newBlock('file', around, { start: 0, end: source.text.length });
    // An included text is read as if it stood in place of the directive, in a list too.
    this.#frame = newFrame(this.#root, undefined, false, around?.block?.kind);
    this.#frame.isOpen = includedBy !== undefined;
  }

  get inList(): boolean {
    return this.#frame.isList;
  }

  beginSetting(name: IToken, sign: IToken | undefined): void {
    const { isList } = this.#frame;
    const span = spanOf(name);
    if (isList && !sign) {
      this.beginElement(name);
      this.bareWord(name);
      return;
    }
    this.#begin(wordOf(name), span.start, sign ? sign.startOffset + 1 : span.end, sign !== undefined);
    if (isList) {
      this.#syntaxError(
        span,
        `The setting "${name.image}" stands directly in a ${this.#frame.block.kind}; put it into a group "{ }".`,
      );
    } else if (!sign) {
      this.#syntaxError(span, `The name "${name.image}" must be followed by ":" or "=" and a value.`);
    }
  }

  /** An element of a list or array: a setting without a name. */
  beginElement(first: IToken): void {
    const at = first.startOffset;
    const { isList, last, block } = this.#frame;
    if (!isList) {
      this.#syntaxError(spanOf(first), 'A value needs a name and ":" or "=" before it here.');
    } else if (last && !endedByCut(last)) {
      this.#syntaxError(
        spanOf(first),
        `A "," is missing between this element of the ${block.kind} and the one before.`,
      );
    }
    this.#begin({ start: at, end: at, raw: '', value: '', quote: '' }, at, at, false);
  }

  scalar(token: IToken): void {
    const frame = this.#frame;
    if (frame.block.kind === 'array' && this.#setting.args.length === 0)
      this.#checkElementType(scalarType(token), token);
    this.#addWord(wordOf(token));
    if (token.tokenType === singleQuoted) {
      this.#syntaxError(spanOf(token), `The string ${token.image} must stand in double quotes.`);
    }
    if (token.tokenType === openString) this.#problems.push({ code: 'unclosed-quote', ...quoteOf(token) });
  }

  /** A word without quotes where a value belongs. */
  bareWord(token: IToken): void {
    this.#addWord(wordOf(token));
    if (this.#setting.name.raw && !this.#hasSign) return;
    this.#syntaxError(
      spanOf(token),
      `The value "${token.image}" needs quotes: values are strings in quotes, numbers, true and false.`,
    );
  }

  endSetting(): void {
    const setting = this.#setting;
    if (this.#hasSign && setting.args.length === 0 && !setting.block) {
      this.#syntaxError(setting, `The setting "${setting.name.raw}" has no value.`);
    }
    this.#frame.last = setting;
    this.#frame.isOpen = false;
    this.#frame.separator = undefined;
  }

  separator(token: IToken): void {
    const frame = this.#frame;
    const { last, isList } = frame;
    if (last) {
      last.end = token.startOffset + 1;
      last.terminator = token.image as ';' | ',';
    } else {
      this.#stray(token);
    }
    if ((!last && !frame.isOpen) || (isList && token.image === ';')) this.#separatorProblem(frame, token);
    frame.isOpen = false;
    frame.last = undefined;
    frame.separator = token;
  }

  include(token: IToken): void {
    const at = token.image.indexOf('"');
    const start = token.startOffset;
    const end = start + token.image.length;
    const raw = token.image.slice(at);
    const frame = this.#frame;
    // In a list the comma may stand in the included file.
    if (frame.isList) Object.assign(frame, { isOpen: true, last: undefined, separator: undefined });
    frame.block.directives.push({
      kind: 'directive',
      name: { start, end: start + '@include'.length, raw: '@include', value: '@include', quote: '' },
      key: '@include',
      args: [{ start: start + at, end, raw, value: stringValue(raw), quote: '"' }],
      block: undefined,
      terminator: 'none',
      parent: this.#frame.block,
      start,
      end,
    });
  }

  openBlock(token: IToken): void {
    const setting = this.#setting;
    const fault = this.#faults.get(token);
    if (this.#frame.block.kind === 'array') this.#checkElementType('block', token);
    const span = spanOf(token);
    const block = this.#newBlock(kindOf[token.image]!, setting, span);
    block.open = span;
    setting.block = block;
    setting.terminator = 'block';
    if (fault) {
      this.#problems.push({
        code: 'unclosed-block',
        name: setting.name.raw || token.image,
        start: setting.start,
        end: span.end,
        ...(fault.found && { related: spanOf(fault.found) }),
      });
    }
    this.#frames.push(this.#frame);
    this.#frame = newFrame(block, setting, fault !== undefined);
  }

  closeBlock(token: IToken): void {
    const { block, isList, separator } = this.#frame;
    if (isList && separator?.image === ',' && block.directives.length > 0) this.#sayTrailing(separator, block);
    block.close = spanOf(token);
    this.#endBlock(token.startOffset + token.image.length);
  }

  /** Ends a block that has no closing delimiter; `token` stands where it ends. */
  cutBlock(token: IToken): void {
    this.#endBlock(token.startOffset);
  }

  /** A token that fits nowhere, or a closing delimiter that closes nothing. */
  junk(token: IToken): void {
    this.#stray(token);
    const span = spanOf(token);
    const fault = this.#faults.get(token);
    if (fault?.reason === 'too-deep') return;
    if (fault) {
      this.#problems.push({ code: 'unexpected-close', name: token.image, ...span });
      return;
    }
    if (token.tokenType === brokenInclude) {
      this.#syntaxError(
        span,
        'An "@include" stands at the beginning of a line, with a path in double quotes behind it.',
      );
      return;
    }
    const previous = this.#problems.at(-1);
    if (previous?.code === 'syntax-error' && previous.end === span.start) {
      this.#problems[this.#problems.length - 1] = { ...previous, end: span.end };
    } else {
      this.#syntaxError(span, 'This is no part of a setting.');
    }
  }

  tooDeep(token: IToken, limit: number): void {
    this.#problems.push({
      code: 'syntax-error',
      message: `Blocks are nested more than ${limit} levels deep; what is below is not read as nested.`,
      partial: true,
      tolerated: true,
      ...spanOf(token),
    });
  }

  file(comments: readonly Comment[], includedBy: Directive | undefined): ConfigFile {
    return {
      dialect: 'sslh',
      source: this.#source,
      root: this.#root,
      comments,
      strays: this.#strays,
      problems: this.#problems.sort((a, b) => a.start - b.start),
      includedBy,
    };
  }

  #begin(name: Word, start: number, end: number, hasSign: boolean): void {
    const { block } = this.#frame;
    const setting: OpenDirective = {
      kind: 'directive',
      name,
      key: name.raw,
      args: [],
      block: undefined,
      terminator: 'none',
      parent: block,
      start,
      end,
    };
    block.directives.push(setting);
    this.#setting = setting;
    this.#hasSign = hasSign;
  }

  #addWord(word: Word): void {
    this.#setting.args.push(word);
    this.#setting.end = word.end;
  }

  #checkElementType(type: string, token: IToken): void {
    const frame = this.#frame;
    const first = frame.elementType;
    frame.elementType ??= type;
    if (first === 'block') return;
    if (type === 'block') {
      frame.elementType = 'block';
      this.#syntaxError(spanOf(token), 'An array "[ ]" holds strings, numbers or booleans only; use a list "( )".');
    } else if (first !== undefined && first !== type) {
      this.#syntaxError(
        spanOf(token),
        `The elements of an array must be of one type: the first is of type ${first}, this one of type ${type}.`,
      );
    }
  }

  #separatorProblem({ isList, unclosed, separator, block }: Frame, token: IToken): void {
    if (unclosed) return;
    const span = spanOf(token);
    if (!isList) this.#syntaxError(span, `This "${token.image}" ends no setting.`);
    else if (token.image === ';')
      this.#syntaxError(span, `The elements of a ${block.kind} are separated by ",", not by ";".`);
    else if (separator) this.#sayTrailing(separator, block);
    else this.#syntaxError(span, `This "," stands before the first element of the ${block.kind}.`);
  }

  /** A condition of a template leaves its comma out behind the last element. */
  #sayTrailing(comma: IToken, { kind }: Block): void {
    if (this.#source.template?.gaps.some(({ end }) => end === comma.startOffset)) return;
    this.#problems.push({ code: 'libconfig-trailing-comma', name: kind, ...spanOf(comma) });
  }

  #endBlock(end: number): void {
    const { block, setting } = this.#frame;
    block.end = end;
    if (setting) {
      setting.end = end;
      this.#setting = setting;
    }
    this.#frame = this.#frames.pop()!;
  }

  #newBlock(kind: BlockKind, owner: Directive | undefined, span: Span): OpenBlock {
    return { kind, directives: [], owner, file: this.#source, open: undefined, close: undefined, ...span };
  }

  #stray(token: IToken): void {
    this.#strays.push({ raw: token.image, ...spanOf(token) });
  }

  #syntaxError({ start, end }: Span, message: string): void {
    this.#problems.push({ code: 'syntax-error', message, start, end });
  }
}

/** Its missing closing delimiter is the one mistake there. */
function endedByCut({ block }: Directive): boolean {
  return block !== undefined && !block.close;
}

function newFrame(
  block: OpenBlock,
  setting: OpenDirective | undefined,
  unclosed: boolean,
  kind: BlockKind = block.kind,
): Frame {
  const isList = kind === 'list' || kind === 'array';
  const [last, separator, elementType] = [undefined, undefined, undefined];
  return { block, setting, isList, unclosed, last, isOpen: false, separator, elementType };
}

export function spanOf(token: IToken): Span {
  return { start: token.startOffset, end: token.startOffset + token.image.length };
}

function quoteOf(token: IToken): Span {
  return { start: token.startOffset, end: token.startOffset + 1 };
}

function wordOf(token: IToken): Word {
  const raw = token.image;
  const quoted = raw.startsWith('"');
  return { ...spanOf(token), raw, value: quoted ? stringValue(raw) : raw, quote: quoted ? '"' : '' };
}
