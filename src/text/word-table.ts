/** A table that is asked by words of a config: it has no `constructor` or `__proto__` that nobody wrote into it. */
export function wordTable<T extends object>(entries: T): T {
  return Object.assign(Object.create(null) as T, entries);
}
