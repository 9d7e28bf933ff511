/** Finds items by the literal text that their patterns begin with, without a look at each. */
export class PrefixIndex<Item> {
  readonly #byPrefix = new Map<string, Item[]>();
  /** Lengths of the prefixes, ascending: there are few, as the text of all prefixes is part of one config. */
  readonly #lengths: readonly number[];
  /** The prefixes in the order of their code units. */
  readonly #sorted: readonly string[];

  constructor(entries: Iterable<readonly [prefix: string, item: Item]>) {
    for (const [prefix, item] of entries) {
      const same = this.#byPrefix.get(prefix);
      if (same) same.push(item);
      else this.#byPrefix.set(prefix, [item]);
    }
    this.#sorted = [...this.#byPrefix.keys()].sort((a, b) => (a < b ? -1 : 1));
    this.#lengths = [...new Set(this.#sorted.map(({ length }) => length))].sort((a, b) => a - b);
  }

  /** Visits the items whose prefix the text begins with, or is, at most `limit`. */
  beginning(text: string, visit: (item: Item) => void, limit = Infinity): void {
    let visited = 0;
    for (const length of this.#lengths) {
      if (length > text.length || visited >= limit) return;
      visited += visitSome(this.#byPrefix.get(text.slice(0, length)) ?? [], visit, limit - visited);
    }
  }

  /** Visits the items whose prefix goes on behind the text, at most `limit`. */
  beyond(text: string, visit: (item: Item) => void, limit = Infinity): void {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sorted[middle]! <= text) low = middle + 1;
      else high = middle;
    }
    let visited = 0;
    for (let at = low; visited < limit && this.#sorted[at]?.startsWith(text) === true; at++)
      visited += visitSome(this.#byPrefix.get(this.#sorted[at]!)!, visit, limit - visited);
  }
}

/** @returns how many it visited */
function visitSome<Item>(items: readonly Item[], visit: (item: Item) => void, limit: number): number {
  const count = Math.min(items.length, limit);
  for (let index = 0; index < count; index++) visit(items[index]!);
  return count;
}
