/** A stretch of a text in which names are replaced, and where its places lie in the text. */
import type { Span } from '../../../text/source.ts';

/** A piece of the filled text that begins at `at`; where it was put in, `length` is that of the name it replaces. */
interface Piece {
  readonly at: number;
  readonly origin: number;
  /** Undefined for a piece of the text itself. */
  readonly replaced: number | undefined;
}

/** A value in place of a name that begins with it is put between quotes. */
const quoting = '@';

export class FilledText {
  readonly text: string;
  readonly #pieces: Piece[] = [];

  /** At each place the longest name counts; what was put in is not searched again. */
  constructor(original: string, { start, end }: Span, values: ReadonlyMap<string, string>) {
    const names = [...values.keys()].toSorted((a, b) => b.length - a.length);
    let text = '';
    let from = start;
    const keep = (to: number): void => {
      if (to > from) this.#pieces.push({ at: text.length, origin: from, replaced: undefined });
      text += original.slice(from, to);
    };
    for (const { index, name } of occurrences(original.slice(0, end), start, names)) {
      keep(index);
      this.#pieces.push({ at: text.length, origin: index, replaced: name.length });
      text += filledIn(name, values.get(name)!);
      from = index + name.length;
    }
    keep(end);
    this.text = text;
  }

  /** The place of a character: where it was put in, that of the name. */
  startOf(offset: number): number {
    const { at, origin, replaced } = this.#pieceAt(offset);
    return replaced === undefined ? origin + offset - at : origin;
  }

  /** The place behind the character before. */
  endOf(offset: number): number {
    const { at, origin, replaced } = this.#pieceAt(offset - 1);
    return origin + (replaced ?? offset - at);
  }

  /** The last one that begins at or before an offset. */
  #pieceAt(offset: number): Piece {
    const pieces = this.#pieces;
    let low = 0;
    let high = pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (pieces[middle]!.at <= offset) low = middle;
      else high = middle - 1;
    }
    return pieces[low] ?? { at: 0, origin: 0, replaced: 0 };
  }
}

interface Occurrence {
  readonly index: number;
  readonly name: string;
}

/** The names in a text from an offset on, the longest where several begin at one place. */
function* occurrences(text: string, start: number, names: readonly string[]): Generator<Occurrence> {
  const next = new Map(names.map((name) => [name, text.indexOf(name, start)]));
  for (let from = start; ;) {
    let found: Occurrence | undefined;
    for (const name of names) {
      let index = next.get(name)!;
      if (index !== -1 && index < from) next.set(name, (index = text.indexOf(name, from)));
      if (index !== -1 && (!found || index < found.index)) found = { index, name };
    }
    if (!found) return;
    yield found;
    from = found.index + found.name.length;
  }
}

function filledIn(name: string, value: string): string {
  if (!name.startsWith(quoting) || name === value) return value;
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}
