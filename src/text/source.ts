import type { Span } from './span.ts';
import { readTemplate, type Template } from './template/mask.ts';

export type { Span } from './span.ts';

/** Line and column, both counted from 1; columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * A text that holds a config at some offset: a Markdown document around a fenced block, or an
 * `nginx -T` dump around one of its files.
 */
export interface OuterText {
  readonly path: string;
  readonly text: string;
  /** Offset of the inner text in `text`. */
  readonly offset: number;
  /**
   * `document`: the outer file is what the user edits, so findings are placed there.
   * `dump`: the inner file is what the user edits; the place in the dump is additional.
   */
  readonly kind: 'document' | 'dump';
  /** The outer text as a file of its own: the same for all that it holds. */
  readonly file?: SourceFile;
}

/** Maps offsets to lines. A line ends at LF only, as the servers count. */
export class LineIndex {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  positionAt(offset: number): Position {
    const starts = this.#starts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  }

  /** Offset of the first character of a line (counted from 1), clamped to the lines there are. */
  startOfLine(line: number): number {
    return this.#starts[Math.min(Math.max(line, 1), this.#starts.length) - 1]!;
  }

  get lineCount(): number {
    return this.#starts.length;
  }
}

const outerFiles = new WeakMap<OuterText, SourceFile>();

/** The outer text as a file of its own. */
export function outerFileOf(outer: OuterText): SourceFile {
  let file = outer.file ?? outerFiles.get(outer);
  if (!file) outerFiles.set(outer, (file = new SourceFile(outer.path, outer.text)));
  return file;
}

/** One text to lint, with the name it is reported under. */
export class SourceFile {
  readonly path: string;
  readonly text: string;
  readonly outer: OuterText | undefined;
  #lines: LineIndex | undefined;
  #template: Template | undefined | null = null;

  constructor(path: string, text: string, outer?: OuterText) {
    this.path = path;
    this.text = text;
    this.outer = outer;
  }

  /** What parsers read: the text, or the config that was made of it where it is a template. As long as the text. */
  get code(): string {
    return this.template?.code ?? this.text;
  }

  /** Undefined where the text is a config as it stands. */
  get template(): Template | undefined {
    if (this.#template === null) this.#template = readTemplate(this.text, this.path, this.outer?.kind === 'document');
    return this.#template;
  }

  get lines(): LineIndex {
    return (this.#lines ??= new LineIndex(this.text));
  }

  positionAt(offset: number): Position {
    return this.lines.positionAt(offset);
  }

  /** The same place in the surrounding document or dump. */
  outerPositionAt(offset: number): Position | undefined {
    const { outer } = this;
    return outer && outerFileOf(outer).positionAt(outer.offset + offset);
  }
}

/** A span together with the file it lies in: what a finding points at. */
export interface Place extends Span {
  readonly file: SourceFile;
}
