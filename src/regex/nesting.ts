import { endOfClass } from './captures.ts';

/**
 * Whether a group that may repeat without limit holds something that can match in more than one way: another repetition, an
 * alternative, or something optional. Without it no pattern takes exponential time.
 */
export function hasNestedRepetition(pattern: string): boolean {
  const ambiguous: boolean[] = [];
  let inner = false;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!;
    if (character === '\\') at++;
    else if (character === '[') at = endOfClass(pattern, at);
    else if (character === '(') {
      ambiguous.push(inner);
      inner = false;
      if (pattern[at + 1] === '?') at++;
    } else if (character === ')') {
      if (inner && /^(?:[*+]|\{\d*,\})/.test(pattern.slice(at + 1, at + maximalQuantifier))) return true;
      inner = (ambiguous.pop() ?? false) || inner;
    } else if ('*+?{|'.includes(character)) inner = true;
  }
  return false;
}

const maximalQuantifier = 12;

/** Whether anything in a pattern may repeat without limit: without that it takes linear time. */
export function hasRepetition(pattern: string): boolean {
  return /[*+]|\{\d*,\}/.test(pattern);
}
