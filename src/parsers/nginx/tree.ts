/** Builds the syntax tree of one file from the tokens that the grammar hands it. */
import type { IToken } from 'chevrotain';
import type { SourceFile, Span } from '../../text/source.ts';
import { commentOf } from '../../syntax/comments.ts';
import type {
  Block,
  BlockKind,
  Comment,
  ConfigFile,
  Directive,
  Problem,
  Quote,
  Stray,
  Word,
} from '../../syntax/tree.ts';
import { Layout } from './layout.ts';
import type { Piece } from './scan.ts';
import { CloseBrace, Quoted, unescape, WordToken } from './tokens.ts';

type Mutable<Node> = { -readonly [Key in keyof Node]: Node[Key] };
type OpenDirective = Mutable<Directive>;
interface OpenBlock extends Mutable<Block> {
  readonly directives: Directive[];
}

/** Deeper blocks are flattened into the one at this depth, so that nothing that walks the tree overflows. */
const maxDepth = 200;
/**
 * Bytes of a word (with its closing quote) or comment that nginx refuses: they do not fit its NGX_CONF_BUFFER. A UTF-16
 * code unit makes three at most.
 */
const longest = 4096;
const noWords: readonly Word[] = [];

export class TreeBuilder {
  readonly #source: SourceFile;
  readonly #layout: Layout | undefined;
  readonly #root: OpenBlock;
  readonly #problems: Problem[] = [];
  readonly #strays: Stray[] = [];
  /** The blocks around the current one, and how many loose braces are open in each. */
  readonly #outer: { readonly block: OpenBlock; readonly loose: number }[] = [];
  #block: OpenBlock;
  #directive: OpenDirective | undefined;
  /** The braces open in the current block that have no block of their own. */
  #loose = 0;
  #isTooDeep = false;
  /** The words since the last directive; longer than `#wordCount` where it is used again. */
  readonly #words: Word[] = [];
  #wordCount = 0;
  #lastEnd = 0;

  /** @param byLayout whether a brace may be taken for missing or surplus because of the indentation */
  constructor(source: SourceFile, owner: Directive | undefined, byLayout: boolean) {
    this.#source = source;
    this.#layout = byLayout ? new Layout(source.code) : undefined;
    this.#root = newBlock('file', owner, source, undefined, 0);
    this.#block = this.#root;
  }

  word(token: IToken): void {
    const word = token instanceof WordToken ? token : this.#quoted(token);
    if (word.end - word.start >= longest / 3) this.#checkLength(word, word.quote === '' ? word.raw : word.raw.slice(1));
    this.#words[this.#wordCount++] = word;
    this.#lastEnd = word.end;
  }

  /** Makes a directive of the words since the last one; the following calls are about it. */
  directive(): void {
    const name = this.#words[0]!;
    const args = this.#wordCount > 1 ? this.#words.slice(1, this.#wordCount) : noWords;
    this.#wordCount = 0;
    const directive: OpenDirective = {
      start: name.start,
      end: this.#lastEnd,
      kind: 'directive',
      name,
      key: name.value,
      args,
      block: undefined,
      terminator: 'none',
      parent: this.#block,
    };
    this.#block.directives.push(directive);
    this.#directive = directive;
  }

  semicolon({ startOffset }: IToken): void {
    const directive = this.#directive!;
    directive.terminator = ';';
    directive.end = this.#lastEnd = startOffset + 1;
  }

  /** A directive that a closing brace or the end of the file cut short. */
  unterminated(next: IToken): void {
    const directive = this.#directive!;
    const last = directive.args.at(-1) ?? directive.name;
    if (last.quote !== '' && this.#problems.at(-1)?.start === last.start) return;
    const at = next.tokenType === CloseBrace ? next.startOffset : this.#source.text.length;
    const related = { start: at, end: Math.min(at + 1, this.#source.text.length) };
    this.#problems.push({ code: 'missing-semicolon', start: last.end, end: last.end, name: directive.key, related });
  }

  rawBlock({ startOffset: start, image, payload }: IToken): void {
    const directive = this.#directive!;
    const end = start + image.length;
    const isClosed = (payload as { isClosed: boolean }).isClosed;
    const block = newBlock('raw', directive, this.#source, { start, end: start + 1 }, start);
    const raw = image.slice(1, isClosed ? -1 : undefined);
    block.body = { start: start + 1, end: start + 1 + raw.length, raw, value: raw, quote: '' };
    if (isClosed) block.close = { start: end - 1, end };
    else this.#unclosed(directive, start + 1);
    this.#attach(directive, block, end);
  }

  /** @returns false for a block that is too deep: its contents become those of the current block */
  openBlock(token: IToken): boolean {
    const directive = this.#directive!;
    if (this.#outer.length >= maxDepth) {
      if (!this.#isTooDeep) this.#tooDeep(directive);
      this.#stray(token);
      this.#loose++;
      return false;
    }
    const start = token.startOffset;
    const block = newBlock('braces', directive, this.#source, { start, end: start + 1 }, start);
    this.#attach(directive, block, start + 1);
    this.#outer.push({ block: this.#block, loose: this.#loose });
    this.#block = block;
    this.#loose = 0;
    this.#layout?.open(directive.start);
    return true;
  }

  /** Whether a token is still one of the current block, and not its end. */
  continues(token: IToken): boolean {
    const layout = this.#layout;
    if (token.tokenType === CloseBrace) {
      return this.#loose > 0 || (layout !== undefined && layout.isCloseSurplus(token.startOffset));
    }
    return !layout?.isDirectiveOutside(token.startOffset);
  }

  /** Whether a closing brace is the one of the current block. */
  closes(token: IToken): boolean {
    return !this.#layout?.isCloseOutside(token.startOffset);
  }

  /** @param token the closing brace; undefined if there is none */
  closeBlock(token: IToken | undefined): void {
    const block = this.#block;
    const directive = block.owner as OpenDirective;
    if (token) {
      const { startOffset: start } = token;
      block.close = { start, end: start + 1 };
      this.#lastEnd = start + 1;
    } else this.#unclosed(directive, block.open!.end);
    directive.end = block.end = this.#lastEnd;
    const outer = this.#outer.pop()!;
    this.#block = outer.block;
    this.#loose = outer.loose;
    this.#layout?.close();
  }

  straySemicolon(token: IToken): void {
    this.#stray(token);
    this.#syntaxError(token, 'Unexpected ";": there is no directive before it that it could end.');
  }

  strayOpen(token: IToken): void {
    this.#stray(token);
    if (this.#loose++ === 0) {
      this.#syntaxError(token, 'Unexpected "{": a block needs the name of a directive before it.');
    }
  }

  strayClose(token: IToken): void {
    const { start, end, raw } = this.#stray(token);
    if (this.#loose > 0) this.#loose--;
    else this.#problems.push({ code: 'unexpected-close', start, end, name: raw });
  }

  /** nginx takes a byte order mark for a part of the first word, and so refuses the file. */
  byteOrderMark(): void {
    this.#strays.push({ start: 0, end: 1, raw: '\uFEFF' });
    const message = 'The file begins with a byte order mark, which nginx takes for a part of the first directive.';
    this.#problems.push({ code: 'syntax-error', start: 0, end: 1, message });
  }

  finish(comments: readonly Piece[], includedBy: Directive | undefined): ConfigFile {
    this.#root.end = this.#source.text.length;
    for (const { startOffset: start, image } of comments) {
      if (image.length >= longest / 3) this.#checkLength({ start, end: start + image.length }, image);
    }
    return {
      dialect: 'nginx',
      source: this.#source,
      root: this.#root,
      comments: comments.map(toComment),
      strays: this.#strays,
      problems: this.#problems.sort((a, b) => a.start - b.start),
      includedBy,
    };
  }

  #quoted({ image: raw, startOffset: start, tokenType }: IToken): Word {
    const end = start + raw.length;
    const quote = raw[0] as Quote;
    const isClosed = tokenType === Quoted;
    if (isClosed) this.#checkAfterQuote(start, end);
    else {
      const { length } = this.#source.text;
      const related = { start: length, end: length };
      this.#problems.push({ code: 'unclosed-quote', start, end: start + 1, name: quote, related, partial: true });
    }
    return { start, end, raw, value: unescape(raw.slice(1, isClosed ? -1 : undefined)), quote };
  }

  #attach(directive: OpenDirective, block: OpenBlock, end: number): void {
    directive.block = block;
    directive.terminator = 'block';
    directive.end = block.end = this.#lastEnd = end;
  }

  #stray({ startOffset: start, image: raw }: IToken): Stray {
    const stray = { start, end: start + raw.length, raw };
    this.#strays.push(stray);
    this.#lastEnd = stray.end;
    return stray;
  }

  #unclosed(directive: Directive, end: number): void {
    const { length } = this.#source.text;
    const related = { start: length, end: length };
    this.#problems.push({ code: 'unclosed-block', start: directive.start, end, name: directive.key, related });
  }

  #tooDeep({ start, end }: Span): void {
    this.#isTooDeep = true;
    const message = `Blocks are nested more than ${maxDepth} levels deep: what is inside is read as one level.`;
    this.#problems.push({ code: 'syntax-error', start, end, message, partial: true });
  }

  #syntaxError({ startOffset: start, image }: IToken, message: string): void {
    this.#problems.push({ code: 'syntax-error', start, end: start + image.length, name: image, message });
  }

  #checkLength({ start, end }: Span, text: string): void {
    if (new TextEncoder().encode(text).length < longest) return;
    const what = text.startsWith('#') ? 'comment' : 'word';
    const message = `This ${what} is too long: nginx reads at most ${longest - 1} bytes of one.`;
    this.#problems.push({ code: 'syntax-error', start, end, message });
  }

  /** Only white space, `;`, `{` and `)` may follow a closing quote; `}` is reported as a missing semicolon. */
  #checkAfterQuote(start: number, end: number): void {
    const next = this.#source.code.codePointAt(end);
    if (next === undefined || ' \t\r\n;{)}'.includes(String.fromCodePoint(next))) return;
    const char = String.fromCodePoint(next);
    const unexpected = { start: end, end: end + char.length };
    if (this.#source.text.slice(start, end).includes('\n')) {
      // The quote that closes it was most likely meant to open the next string.
      const name = this.#source.text[start]!;
      const end = start + 1;
      this.#problems.push({ code: 'unclosed-quote', start, end, name, related: unexpected, partial: true });
    } else {
      const message = `Unexpected "${char}" after a closing quote: expected white space, ";", "{" or ")".`;
      this.#problems.push({ code: 'syntax-error', ...unexpected, name: char, message });
    }
  }
}

function newBlock(
  kind: BlockKind,
  owner: Directive | undefined,
  file: SourceFile,
  open: Span | undefined,
  start: number,
): OpenBlock {
  return { start, end: start, kind, directives: [], owner, file, open, close: undefined };
}

function toComment({ startOffset: start, image }: Piece): Comment {
  return commentOf(image.endsWith('\r') ? image.slice(0, -1) : image, start);
}
