/** Which checks of a rule a config meets. */
import type { Dialect } from '../syntax/tree.ts';

/** `check` of a rule, whatever its types are. */
export type AnyChecks<Check> = Check | { readonly [Key in Dialect | 'all']?: Check };

/** The checks for a config of this dialect, in the order in which they begin. */
export function checksFor<Check>(check: AnyChecks<Check>, dialect: Dialect): Check[] {
  if (!isByDialect(check)) return [check];
  return [check.all, check[dialect]].filter((each) => each !== undefined);
}

/** What the dialects that a rule claims and its checks disagree in; undefined if they agree. */
export function disagreement(check: AnyChecks<unknown>, dialects: readonly Dialect[]): string | undefined {
  if (!isByDialect(check)) return undefined;
  const wrong = Object.keys(check).find((key) => key !== 'all' && !dialects.includes(key as Dialect));
  if (wrong !== undefined) return `"check.${wrong}" is for a dialect that "meta.dialects" does not name`;
  const missing = dialects.find((dialect) => !check.all && !check[dialect]);
  return missing && `"meta.dialects" names "${missing}", but "check" has none for it`;
}

function isByDialect<Check>(check: AnyChecks<Check>): check is { readonly [Key in Dialect | 'all']?: Check } {
  return typeof check !== 'function';
}
