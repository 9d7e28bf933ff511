/** The tree of a file as one row of tokens, with all that is no white space between them. */
import type { Block, ConfigFile, Directive } from '../syntax/tree.ts';
import type { Span } from '../text/source.ts';

/**
 * `word`: also signs such as the `:` of libconfig and the backslash at the end of a continued line; `end`: a terminator; `open`, `close`:
 * delimiters of a block, in httpd the `>` of the opening tag and the whole closing tag; `body`: what stands in a raw block; `foreign`: what is
 * no config, a template's tag.
 */
export type TokenKind = 'word' | 'end' | 'open' | 'close' | 'body' | 'comment' | 'foreign';

export class Token implements Span {
  readonly kind: TokenKind;
  /** Undefined where it belongs to none. */
  readonly directive: Directive | undefined;
  readonly start: number;
  readonly end: number;
  /** Whether it is the first of its directive. */
  readonly first: boolean;
  /** Whether it is the last one of the directive before its block, if it has one. */
  readonly last: boolean;

  constructor(kind: TokenKind, directive: Directive | undefined, { start, end }: Span, first = false, last = false) {
    this.kind = kind;
    this.directive = directive;
    this.start = start;
    this.end = end;
    this.first = first;
    this.last = last;
  }
}

/** In the order of the text. */
export function tokensOf(file: ConfigFile): Token[] {
  const loose: Token[] = [
    ...file.comments.map(({ start, raw }) => {
      return new Token('comment', undefined, { start, end: start + withoutBlanks(raw) });
    }),
    ...file.strays.map((stray) => new Token('word', undefined, stray)),
  ].sort((a, b) => a.start - b.start);
  const tokens = merge(new Collector(file).tokens, loose);
  // In nginx there is nothing else.
  return file.dialect === 'nginx' && !file.source.template ? tokens : withSigns(tokens, file);
}

function withoutBlanks(raw: string): number {
  let end = raw.length;
  while (end > 0 && isBlank(raw.charCodeAt(end - 1))) end--;
  return end;
}

/** White space of all three servers. */
export function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

class Collector {
  readonly tokens: Token[] = [];
  readonly #file: ConfigFile;

  constructor(file: ConfigFile) {
    this.#file = file;
    const stack: { readonly block: Block; next: number }[] = [{ block: file.root, next: 0 }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const directive = top.block.directives[top.next++];
      if (directive) {
        this.#addHeader(directive);
        if (directive.block) stack.push({ block: directive.block, next: 0 });
        continue;
      }
      stack.pop();
      if (top.block.kind !== 'file') this.#addEnd(top.block.owner!, top.block);
    }
  }

  #addHeader(directive: Directive): void {
    const { name, args, block, terminator, start, end } = directive;
    const open = block && this.#opening(block);
    const hasEnd = !block && (terminator === ';' || terminator === ',');
    const hasName = name.raw !== '';
    // How many words are left to be added, and whether something comes behind them.
    let left = args.length + (hasName ? 1 : 0);
    const isFollowed = open !== undefined || hasEnd;
    let first = true;
    const add = (span: Span): void => {
      left--;
      this.tokens.push(new Token('word', directive, span, first, left === 0 && !isFollowed));
      first = false;
    };
    if (hasName) add(start === name.start ? name : { start, end: name.end });
    for (const arg of args) add(arg);
    if (open) this.tokens.push(new Token('open', directive, open, first, true));
    if (hasEnd) this.tokens.push(new Token('end', directive, { start: end - 1, end }, first, true));
    if (block?.body) this.#addBody(directive, block.body);
  }

  #opening({ kind, open }: Block): Span | undefined {
    if (!open || kind !== 'section') return open;
    return this.#file.source.code[open.end - 1] === '>' ? { start: open.end - 1, end: open.end } : undefined;
  }

  /** The blanks in front of a closing brace on a line of its own are no part of the body. */
  #addBody(directive: Directive, { start, end, raw }: { start: number; end: number; raw: string }): void {
    const lineStart = raw.lastIndexOf('\n') + 1;
    const isApart = lineStart > 0 && /^[ \t]*$/.test(raw.slice(lineStart));
    if (raw !== '') this.tokens.push(new Token('body', directive, { start, end: isApart ? start + lineStart : end }));
  }

  #addEnd(directive: Directive, { close }: Block): void {
    const { terminator, end } = directive;
    if (close && close.end > close.start) this.tokens.push(new Token('close', directive, close));
    if (terminator === ';' || terminator === ',')
      this.tokens.push(new Token('end', directive, { start: end - 1, end }));
  }
}

function merge(tokens: Token[], loose: readonly Token[]): Token[] {
  if (loose.length === 0) return tokens;
  const merged: Token[] = [];
  let next = 0;
  for (const token of tokens) {
    while (next < loose.length && loose[next]!.start < token.start) merged.push(loose[next++]!);
    merged.push(token);
  }
  for (; next < loose.length; next++) merged.push(loose[next]!);
  return merged;
}

/** What stands between the tokens: signs, and what the code does not show of a template. */
function withSigns(tokens: readonly Token[], { source, root }: ConfigFile): Token[] {
  const { text, code } = source;
  const all: Token[] = [];
  let at = 0;
  const fill = (end: number): void => {
    for (let start = at; start < end; start++) {
      if (isBlank(text.charCodeAt(start))) continue;
      const isForeign = isBlank(code.charCodeAt(start));
      const from = start;
      while (start < end && !isBlank(text.charCodeAt(start)) && isBlank(code.charCodeAt(start)) === isForeign) start++;
      all.push(new Token(isForeign ? 'foreign' : 'word', undefined, { start: from, end: start }));
      start--;
    }
  };
  for (const token of tokens) {
    fill(token.start);
    all.push(token);
    at = token.end;
  }
  fill(root.end);
  return all;
}
