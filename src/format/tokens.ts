/** The tree of a file as one row of tokens, with all that is no white space between them. */
import type { Block, ConfigFile, Directive } from '../syntax/tree.ts';
import type { Span } from '../text/source.ts';

/**
 * `word`: also signs such as the `:` of libconfig and the backslash at the end of a continued line; `end`: a terminator; `open`, `close`:
 * delimiters of a block, in httpd the `>` of the opening tag and the whole closing tag; `body`: what stands in a raw block; `foreign`: what is
 * no config, a template's tag.
 */
export type TokenKind = 'word' | 'end' | 'open' | 'close' | 'body' | 'comment' | 'foreign';

export interface Token extends Span {
  readonly kind: TokenKind;
  /** Undefined where it belongs to none. */
  readonly directive: Directive | undefined;
  /** The first of its directive. */
  readonly first?: true;
  /** The last one of the directive before its block, if it has one. */
  readonly last?: true;
}

/** In the order of the text. */
export function tokensOf(file: ConfigFile): Token[] {
  const loose: Token[] = [
    ...file.comments.map(({ start, raw }): Token => {
      return { kind: 'comment', directive: undefined, start, end: start + withoutBlanks(raw) };
    }),
    ...file.strays.map(({ start, end }): Token => ({ kind: 'word', directive: undefined, start, end })),
  ].sort((a, b) => a.start - b.start);
  return withSigns(merge(new Collector(file).tokens, loose), file);
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
    const { name, args, block } = directive;
    const from = this.tokens.length;
    if (name.raw !== '') this.#add('word', directive, { start: directive.start, end: name.end });
    for (const arg of args) this.#add('word', directive, arg);
    if (block) {
      const open = this.#opening(block);
      if (open) this.#add('open', directive, open);
      this.#mark(from);
      if (block.body) this.#addBody(directive, block.body);
      return;
    }
    this.#addTerminator(directive);
    this.#mark(from);
  }

  /** What is the last one of the header, and the first. */
  #mark(from: number): void {
    const last = this.tokens.length - 1;
    if (last < from) return;
    this.tokens[last] = { ...this.tokens[last]!, last: true };
    this.tokens[from] = { ...this.tokens[from]!, first: true };
  }

  #opening({ kind, open }: Block): Span | undefined {
    if (!open || kind !== 'section') return open;
    return this.#file.source.code[open.end - 1] === '>' ? { start: open.end - 1, end: open.end } : undefined;
  }

  /** The blanks in front of a closing brace on a line of its own are no part of the body. */
  #addBody(directive: Directive, { start, end, raw }: { start: number; end: number; raw: string }): void {
    const lineStart = raw.lastIndexOf('\n') + 1;
    const isApart = lineStart > 0 && /^[ \t]*$/.test(raw.slice(lineStart));
    if (raw !== '') this.#add('body', directive, { start, end: isApart ? start + lineStart : end });
  }

  #addEnd(directive: Directive, { close }: Block): void {
    if (close && close.end > close.start) this.#add('close', directive, close);
    this.#addTerminator(directive);
  }

  #addTerminator(directive: Directive): void {
    const { terminator, end } = directive;
    if (terminator === ';' || terminator === ',') this.#add('end', directive, { start: end - 1, end });
  }

  #add(kind: TokenKind, directive: Directive, { start, end }: Span): void {
    this.tokens.push({ kind, directive, start, end });
  }
}

function merge(tokens: readonly Token[], loose: readonly Token[]): Token[] {
  if (loose.length === 0) return [...tokens];
  const merged: Token[] = [];
  let next = 0;
  for (const token of tokens) {
    while (next < loose.length && loose[next]!.start < token.start) merged.push(loose[next++]!);
    merged.push(token);
  }
  return [...merged, ...loose.slice(next)];
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
      all.push({ kind: isForeign ? 'foreign' : 'word', directive: undefined, start: from, end: start });
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
