import { enclosingNamed, type Directive } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import type { RegexUse } from './definitions.ts';
import { locationMatch } from './match.ts';
import { bareVariables } from './values.ts';

/**
 * Whether the location around an expression makes a group begin with a slash: below `/old/`, that of `^/old(.*)` does. `start`: the
 * offset of the group's content in the pattern.
 */
export function locationBringsSlash({ directive, pattern, subject }: RegexUse, start: number): boolean {
  const before = /^\^((?:[\w/-]|\\[./-])*)\((?:\?[^)>]*>)?$/.exec(pattern.slice(0, start))?.[1];
  const location = enclosingNamed(directive, 'location');
  if (
    before === undefined ||
    !location?.block ||
    bareVariables(subject ?? '') !== '$uri' ||
    isRewrittenBefore(location, directive)
  ) {
    return false;
  }
  const { kind, pattern: path } = locationMatch(location);
  return kind.startsWith('prefix') && path.startsWith(`${before.replaceAll('\\', '')}/`);
}

/** Another rewrite of the location comes first, and may have left a path that is not below it. */
function isRewrittenBefore(location: Directive, directive: Directive): boolean {
  const inLine = children(location.block!).flatMap((each) => {
    return each.key === 'if' && each.block ? [each, ...children(each.block)] : each;
  });
  for (const each of inLine) {
    if (each === directive) return false;
    if (each.key === 'rewrite') return true;
  }
  return false;
}
