/** Longer ones hardly come twice. */
const longestShared = 40;

/**
 * Cuts words out of a text. One that was met shortly before is the same string again, which saves memory and comparisons.
 */
export class SharedStrings {
  /** By the lowest bits of a hash. */
  readonly #shared: (string | undefined)[];
  readonly #mask: number;
  readonly #lowerCased = new Map<string, string>();

  /** @param length of the text, in characters: a short one has few words */
  constructor(length: number) {
    const bits = Math.min(Math.max(Math.ceil(Math.log2(length / 16 + 1)), 5), 13);
    this.#shared = Array.from<undefined>({ length: 1 << bits });
    this.#mask = (1 << bits) - 1;
  }

  /** @param hash of the characters between both offsets, by {@link mixed} */
  slice(text: string, start: number, end: number, hash: number): string {
    const length = end - start;
    if (length > longestShared) return text.slice(start, end);
    const slot = (hash ^ (hash >>> 13)) & this.#mask;
    const known = this.#shared[slot];
    if (known !== undefined && known.length === length && text.startsWith(known, start)) return known;
    return (this.#shared[slot] = text.slice(start, end));
  }

  /** Like {@link slice}, where the characters were not looked at before. */
  cut(text: string, start: number, end: number): string {
    let hash = 0;
    for (let at = start; at < end; at++) hash = mixed(hash, text.charCodeAt(at));
    return this.slice(text, start, end, hash);
  }

  lowerCased(word: string): string {
    let lower = this.#lowerCased.get(word);
    if (lower === undefined) this.#lowerCased.set(word, (lower = word.toLowerCase()));
    return lower;
  }
}

/** The hash of a text with one more character; of none it is 0. */
export function mixed(hash: number, char: number): number {
  return (Math.imul(hash, 31) + char) | 0;
}
