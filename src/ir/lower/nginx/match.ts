import type { Match } from '../../model.ts';
import type { Directive } from '../../syntax.ts';

/** What a `location` matches; the modifier may be glued to the path. */
export function locationMatch(directive: Directive): Match {
  const [first, second] = directive.args;
  if (first && !second && first.value.startsWith('/'))
    return { kind: 'prefix', pattern: first.value, caseInsensitive: false };
  const glued = /^(=|\^~|~\*|~)?(.*)$/s.exec(first?.value ?? '')!;
  const [modifier, pattern] = second ? [first!.value, second.value] : [glued[1], glued[2]!];
  const sensitive = { pattern, caseInsensitive: false };
  if (modifier === '=') return { kind: 'exact', ...sensitive };
  if (modifier === '^~') return { kind: 'prefix-noregex', ...sensitive };
  if (modifier === '~') return { kind: 'regex', ...sensitive };
  if (modifier === '~*') return { kind: 'regex', pattern, caseInsensitive: true };
  return { kind: pattern.startsWith('@') ? 'named' : 'prefix', ...sensitive };
}

/** The condition of an `if`, or the methods that a `limit_except` lets through. */
export function conditionMatch(directive: Directive): Match {
  const pattern = directive.args.map(({ raw }) => raw).join(' ');
  return { kind: 'condition', pattern, caseInsensitive: false };
}

export const everything: Match = { kind: 'all', pattern: '', caseInsensitive: false };
