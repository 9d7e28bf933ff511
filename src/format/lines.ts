/** Where a line must end: nginx leaves that to the author, httpd reads lines, and libconfig is left as it is written. */
import type { Block, Dialect } from '../syntax/tree.ts';
import type { Token } from './tokens.ts';

/** Longer blocks, counted from the name to the closing brace with one blank between words, are written on several lines. */
const longest = 120;

export class Lines {
  readonly #isNginx: boolean;
  readonly #oneLine: ReadonlySet<Block>;

  constructor(dialect: Dialect, tokens: readonly Token[], text: string) {
    this.#isNginx = dialect === 'nginx';
    this.#oneLine = this.#isNginx ? oneLineBlocks(tokens, text) : new Set();
  }

  /** One directive a line, and braces that close on lines of their own. */
  mustBreak(before: Token, token: Token): boolean {
    if (!this.#isNginx || this.isInOneLine(token)) return false;
    if (token.kind === 'close') {
      const block = token.directive!.block!;
      return block.kind !== 'raw' && !this.#oneLine.has(block);
    }
    const isBehindStatement = before.kind === 'end' || before.kind === 'close' || before.kind === 'open';
    return token.first === true && isBehindStatement;
  }

  /** Whether its directive stands in a block that stays on one line. */
  isInOneLine({ directive }: Token): boolean {
    return directive !== undefined && this.#oneLine.has(directive.parent);
  }
}

/** Short ones that were written on one line. */
function oneLineBlocks(tokens: readonly Token[], text: string): ReadonlySet<Block> {
  const kept = new Set<Block>();
  const open: { readonly block: Block; readonly width: number; readonly opener: number }[] = [];
  let width = 0;
  let begin = 0;
  for (const { kind, directive, first, start, end } of tokens) {
    if (first) begin = width;
    width += end - start + 1;
    const block = directive?.block;
    if (!block) continue;
    if (kind === 'open') open.push({ block, width: begin, opener: end });
    if (kind !== 'close') continue;
    const opened = open.pop();
    if (!opened || opened.block !== block || width - opened.width - 1 > longest) continue;
    if (!text.slice(opened.opener, end).includes('\n')) kept.add(block);
  }
  return kept;
}
