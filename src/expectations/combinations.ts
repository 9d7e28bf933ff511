/** One value of each list, in every combination, the last list changing first; undefined: there are more than `limit`. */
export function combinations(
  lists: Readonly<Record<string, readonly unknown[]>>,
  limit: number,
): Readonly<Record<string, unknown>>[] | undefined {
  let rows: Readonly<Record<string, unknown>>[] = [{}];
  for (const [name, values] of Object.entries(lists)) {
    if (rows.length * values.length > limit) return undefined;
    rows = rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value })));
  }
  return rows;
}
