/**
 * What the indentation says about the blocks of a file whose braces do not balance: which block was left open, or
 * which brace is one too many.
 */
export class Layout {
  readonly #text: string;
  /** Indentation of the lines that opened the blocks around the current place; undefined if other text precedes. */
  readonly #openers: (number | undefined)[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  open(directiveStart: number): void {
    this.#openers.push(this.#indentAt(directiveStart));
  }

  close(): void {
    this.#openers.pop();
  }

  /** Whether a directive stands as far left as the innermost block's opener, and so after its end. */
  isDirectiveOutside(start: number): boolean {
    const opener = this.#openers.at(-1);
    const own = opener === undefined ? undefined : this.#indentAt(start);
    return own !== undefined && own <= opener!;
  }

  /** Whether a closing brace is in line with an outer block's opener, and further left than the innermost one's. */
  isCloseOutside(start: number): boolean {
    const opener = this.#openers.at(-1);
    const own = opener === undefined ? undefined : this.#indentAt(start);
    return own !== undefined && own < opener! && this.#openers.includes(own);
  }

  /** Whether a closing brace is further right than the opener of the innermost block. */
  isCloseSurplus(start: number): boolean {
    const opener = this.#openers.at(-1);
    const own = opener === undefined ? undefined : this.#indentAt(start);
    return own !== undefined && own > opener!;
  }

  /** Width of the white space before an offset, tabs as 8 columns; undefined if it is not the first on its line. */
  #indentAt(offset: number): number | undefined {
    let width = 0;
    for (let at = offset - 1; at >= 0; at--) {
      const char = this.#text[at];
      if (char === '\n') return width;
      if (char !== ' ' && char !== '\t') return undefined;
      width += char === '\t' ? 8 : 1;
    }
    return width;
  }
}
