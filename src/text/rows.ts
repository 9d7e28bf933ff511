/** After so many searches an index of the rows would have been the cheaper way. */
const mostSearches = 300;

/**
 * Rows of a text by what stands before their first tab. A small run asks for some dozens of a thousand rows: these are searched for,
 * as making an index of all takes longer.
 */
export class Rows {
  readonly #text: string;
  /** The same, in the spelling in which it is asked. */
  readonly #searched: string;
  #searches = 0;
  #index: ReadonlyMap<string, readonly string[]> | undefined;

  /** @param spell how a row is written where a key is compared with it; it must keep the length */
  constructor(rows: string, spell: (text: string) => string = (text) => text) {
    this.#text = `\n${rows}\n`;
    this.#searched = spell(this.#text);
  }

  /** In their order; none for a key that no row has. */
  of(key: string): readonly string[] {
    if (key.includes('\t') || key.includes('\n')) return none;
    if (this.#searches >= mostSearches) return this.#indexed().get(key) ?? none;
    this.#searches++;
    let rows: string[] | undefined;
    const begin = `\n${key}\t`;
    for (let at = this.#searched.indexOf(begin); at !== -1; at = this.#searched.indexOf(begin, at + 1))
      (rows ??= []).push(this.#text.slice(at + 1, this.#text.indexOf('\n', at + 1)));
    return rows ?? none;
  }

  /** Each once. */
  keys(): Iterable<string> {
    return this.#indexed().keys();
  }

  #indexed(): ReadonlyMap<string, readonly string[]> {
    if (this.#index) return this.#index;
    const index = new Map<string, string[]>();
    for (let at = 1; at < this.#text.length;) {
      const end = this.#text.indexOf('\n', at);
      const row = this.#text.slice(at, end);
      const key = this.#searched.slice(at, at + row.indexOf('\t'));
      const same = index.get(key);
      if (same) same.push(row);
      else index.set(key, [row]);
      at = end + 1;
    }
    return (this.#index = index);
  }
}

const none: readonly string[] = [];
