/**
 * The candidate nearest to what was typed, within a third of its length and three edits, the earlier one of several; else one that has the
 * same words in another order, as `client_body_max_size` of `client_max_body_size`.
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  let limit = Math.max(1, Math.min(3, Math.floor(word.length / 3)));
  let nearest: string | undefined;
  const lower = word.toLowerCase();
  let turned: string | undefined;
  for (const candidate of candidates) {
    if (candidate.length === word.length && hasWordsOf(lower, candidate)) turned ??= candidate;
    if (Math.abs(candidate.length - word.length) > limit) continue;
    const distance = editDistance(lower, candidate.toLowerCase(), limit);
    if (distance > limit || (nearest !== undefined && distance === limit)) continue;
    nearest = candidate;
    limit = distance;
    if (limit === 0) break;
  }
  return nearest ?? turned;
}

/** `lower` may be written without the capitals by which the words of a name are told apart. */
function hasWordsOf(lower: string, candidate: string): boolean {
  const words = candidate.split(/_|(?<=[a-z])(?=[A-Z])/);
  return words.length > 1 && words.every((each) => lower.includes(each.toLowerCase()));
}

/** Many wrong words in one config are mostly the same few; that many different ones are no slips. */
const maxWords = 200;

/** Suggestions for the words of one config: of each word once, and for a bounded number of them. */
export class Suggestions {
  readonly #known = new Map<string, string | undefined>();

  /** As {@link suggest}; the candidates must be the same each time. */
  for(word: string, candidates: () => Iterable<string>): string | undefined {
    if (!this.#known.has(word)) {
      if (this.#known.size >= maxWords) return undefined;
      this.#known.set(word, suggest(word, candidates()));
    }
    return this.#known.get(word);
  }
}

/** `HOST_A` beside `HOST_B`, or `app2` beside `app`, is one of a family, not a slip. */
export function isSibling(word: string, other: string): boolean {
  const stem = (name: string): string => name.replace(/[-_]?\d+$/, '');
  return word.slice(0, -1) === other.slice(0, -1) || stem(word) === stem(other);
}

/** Edits between two words, where swapping two neighbours is one; more than `limit` is any number above it. */
export function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let cost = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      current.push(cost);
      if (cost < least) least = cost;
    }
    if (least > limit) return least;
    before = previous;
    previous = current;
  }
  return previous[b.length]!;
}
