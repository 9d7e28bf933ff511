/** A text that was taken out of another one, with the place of each of its characters there. */
import type { Span } from './span.ts';

/** Where the characters of a text stand in the text around it: run by run. Offsets are UTF-16. */
export class OffsetMap {
  readonly #starts: readonly number[];
  readonly #origins: readonly number[];
  readonly #ends: readonly number[];
  readonly #length: number;

  /**
   * @param starts where each run begins in the inner text, in its order
   * @param origins where it begins in the outer text
   * @param ends where it ends there: as many characters behind as it has itself if it is written there letter by letter
   * @param length of the inner text
   */
  constructor(starts: readonly number[], origins: readonly number[], ends: readonly number[], length: number) {
    this.#starts = starts;
    this.#origins = origins;
    this.#ends = ends;
    this.#length = length;
  }

  /** Where the character at an offset begins; behind the last one, where that ends. */
  outerStart(offset: number): number {
    if (offset >= this.#length) return this.#ends.at(-1) ?? 0;
    const run = this.runAt(offset);
    return this.isVerbatim(run) ? this.#origins[run]! + offset - this.#starts[run]! : this.#origins[run]!;
  }

  /** Where the character before an offset ends. */
  outerEnd(offset: number): number {
    if (offset <= 0) return this.outerStart(0);
    const run = this.runAt(offset - 1);
    return this.isVerbatim(run) ? this.#origins[run]! + offset - this.#starts[run]! : this.#ends[run]!;
  }

  outerSpan({ start, end }: Span): Span {
    const from = this.outerStart(start);
    return { start: from, end: end > start ? Math.max(from, this.outerEnd(end)) : from };
  }

  /** The offset in the inner text of what stands at an offset of the outer one; undefined for what is not in it. */
  innerOffset(outer: number): number | undefined {
    let low = 0;
    let high = this.#origins.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#origins[middle]! <= outer) low = middle;
      else high = middle - 1;
    }
    const origin = this.#origins[low];
    if (origin === undefined || outer < origin || outer > this.#ends[low]!) return undefined;
    return this.#starts[low]! + (this.isVerbatim(low) ? outer - origin : 0);
  }

  /** The index of the run that holds a character. */
  runAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Where a run ends in the inner text. */
  endOfRun(run: number): number {
    return this.#starts[run + 1] ?? this.#length;
  }

  isVerbatim(run: number): boolean {
    const length = this.#ends[run]! - this.#origins[run]!;
    return length === this.endOfRun(run) - this.#starts[run]!;
  }
}

export class MappedText {
  readonly text: string;
  readonly map: OffsetMap;

  constructor(text: string, map: OffsetMap) {
    this.text = text;
    this.map = map;
  }

  /** A stretch of a text, letter by letter. */
  static of(text: string, start = 0, end = text.length): MappedText {
    const isEmpty = start >= end;
    return new MappedText(
      text.slice(start, end),
      new OffsetMap([0], [start], [isEmpty ? start : end], isEmpty ? 0 : end - start),
    );
  }

  slice(start: number, end: number): MappedText {
    const builder = new MappedTextBuilder(this);
    builder.copy(start, end);
    return builder.finish();
  }
}

/** Puts a text together out of stretches of another one and of what others of its stretches stand for. */
export class MappedTextBuilder {
  readonly #base: MappedText;
  readonly #pieces: string[] = [];
  readonly #starts: number[] = [];
  readonly #origins: number[] = [];
  readonly #ends: number[] = [];
  #length = 0;
  /** Whether the last run is written letter by letter, so that it may be lengthened. */
  #isLastVerbatim = false;

  constructor(base: MappedText) {
    this.#base = base;
  }

  get length(): number {
    return this.#length;
  }

  /** A stretch of the base as it is. */
  copy(start: number, end: number): void {
    const { map, text } = this.#base;
    for (let at = start; at < end;) {
      const run = map.runAt(at);
      const isVerbatim = map.isVerbatim(run);
      const next = Math.min(end, map.endOfRun(run));
      const origin = map.outerStart(at);
      this.#add(text.slice(at, next), origin, isVerbatim ? origin + next - at : map.outerEnd(next), isVerbatim);
      at = next;
    }
  }

  /** What a stretch of the base stands for. */
  put(text: string, start: number, end: number): void {
    const { map } = this.#base;
    if (text !== '') this.#add(text, map.outerStart(start), map.outerEnd(end), false);
  }

  finish(): MappedText {
    const text = this.#pieces.join('');
    if (this.#starts.length === 0) {
      const { map } = this.#base;
      return new MappedText('', new OffsetMap([0], [map.outerStart(0)], [map.outerStart(0)], 0));
    }
    return new MappedText(text, new OffsetMap(this.#starts, this.#origins, this.#ends, text.length));
  }

  #add(text: string, origin: number, end: number, isVerbatim: boolean): void {
    this.#pieces.push(text);
    if (isVerbatim && this.#isLastVerbatim && this.#ends.at(-1) === origin) this.#ends[this.#ends.length - 1] = end;
    else {
      this.#starts.push(this.#length);
      this.#origins.push(origin);
      this.#ends.push(end);
    }
    this.#isLastVerbatim = isVerbatim;
    this.#length += text.length;
  }
}
