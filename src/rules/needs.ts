/** What a config must hold for a rule to have anything to say. A rule that needs what is not there is left out before it begins. */
import type { Dialect, Directive } from '../syntax/tree.ts';

/**
 * The key of a directive, `*` at its end for all that begin so, at its beginning for all that end so; a directive of a key that passes a test, or has an argument
 * that an expression finds; what an expression finds in the text of a file.
 */
export type Need = string | RegExp | Readonly<Record<string, DirectiveTest>>;

export type DirectiveTest = RegExp | ((directive: Directive) => boolean);

/** One of them; of several lists, one of each. */
export type Needs = readonly Need[] | readonly (readonly Need[])[];

/** A dialect that is left out: the rule always has something to look at. */
export type NeedsByDialect = Readonly<Partial<Record<Dialect, Needs>>>;

/** One list of alternatives for each thing that is needed. */
export function listsOf(needs: Needs): readonly (readonly Need[])[] {
  return Array.isArray(needs[0]) ? (needs as readonly (readonly Need[])[]) : [needs as readonly Need[]];
}

export function isKeyOf(need: string, key: string): boolean {
  if (need.endsWith('*')) return key.startsWith(need.slice(0, -1));
  return need.startsWith('*') ? key.endsWith(need.slice(1)) : key === need;
}

/** Whether a directive is one that is needed; never for what is looked for in the text. */
export function isNeeded(need: Exclude<Need, RegExp>, directive: Directive): boolean {
  const { key, args } = directive;
  if (typeof need === 'string') return isKeyOf(need, key);
  const isWanted = need[key];
  if (typeof isWanted === 'function') return isWanted(directive);
  return isWanted !== undefined && args.some(({ value }) => isWanted.test(value));
}
