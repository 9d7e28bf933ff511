/** Stands for any number of items in a pattern. */
export const anyText = '*';

/**
 * Whether a pattern, of which `star` stands for any number of items, matches all the items. In at most as many steps as pattern and items
 * have parts multiplied: only the last star is ever taken up again.
 */
export function matchesSequence<Part, Item>(
  pattern: readonly (Part | string)[],
  items: readonly Item[],
  star: string,
  fits: (part: Part, item: Item) => boolean,
): boolean {
  let at = 0;
  let next = 0;
  let lastStar = -1;
  let taken = 0;
  while (next < items.length) {
    if (at < pattern.length && pattern[at] === star) {
      lastStar = at++;
      taken = next;
    } else if (at < pattern.length && fits(pattern[at] as Part, items[next]!)) {
      at++;
      next++;
    } else if (lastStar >= 0) {
      at = lastStar + 1;
      next = ++taken;
    } else return false;
  }
  return pattern.slice(at).every((part) => part === star);
}
