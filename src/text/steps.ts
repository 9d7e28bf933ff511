/**
 * A computation that asks for others of its kind by yielding them, and is given their results. For what follows chains that a config may
 * make as long as it likes: the stack of the program would end before they do.
 */
export type Steps<T> = Generator<Steps<T>, T, T>;

export function runSteps<T>(first: Steps<T>): T {
  const waiting: Steps<T>[] = [];
  let current = first;
  let next = current.next();
  for (;;) {
    if (!next.done) {
      waiting.push(current);
      current = next.value;
      next = current.next();
      continue;
    }
    const outer = waiting.pop();
    if (!outer) return next.value;
    current = outer;
    next = current.next(next.value);
  }
}
