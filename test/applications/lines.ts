/** A text by lines, of which changed copies are made. */
export class Lines {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    this.lines = lines;
  }

  static of(text: string): Lines {
    return new Lines(text.trimEnd().split('\n'));
  }

  get text(): string {
    return `${this.lines.join('\n')}\n`;
  }

  /** Those that match. */
  matching(pattern: RegExp): readonly string[] {
    return this.lines.filter((line) => pattern.test(line));
  }

  without(pattern: RegExp): Lines {
    return new Lines(this.lines.filter((line) => !pattern.test(line)));
  }

  /** `line`: what stands for each match; the same as in `String.replace`. */
  replace(pattern: RegExp, line: string): Lines {
    return new Lines(this.lines.map((each) => each.replace(pattern, line)));
  }

  /** Before the last line that matches; throws where none does. */
  before(pattern: RegExp, ...added: readonly string[]): Lines {
    return this.#insert(pattern, 0, added);
  }

  /** Behind the last line that matches. */
  after(pattern: RegExp, ...added: readonly string[]): Lines {
    return this.#insert(pattern, 1, added);
  }

  #insert(pattern: RegExp, offset: 0 | 1, added: readonly string[]): Lines {
    const at = this.lines.findLastIndex((line) => pattern.test(line));
    if (at === -1) throw new Error(`no line matches ${String(pattern)} in\n${this.text}`);
    return new Lines(this.lines.toSpliced(at + offset, 0, ...added));
  }

  /** The number of the last line with that text, from 1; throws where there is none. */
  numberOf(text: string): number {
    const at = this.lines.findLastIndex((line) => line.includes(text));
    if (at === -1) throw new Error(`no line has "${text}" in\n${this.text}`);
    return at + 1;
  }
}
