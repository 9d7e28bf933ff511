import type { Directive } from '../../../../syntax/tree.ts';
import { isMethod } from '../../facts/methods.ts';
import { badForm, firstRefusal, wrongCount, type Handlers, type Refusal } from '../refusal.ts';

/** `am_allowmethods`. */
function judgeAllowMethods(directive: Directive): Refusal | undefined {
  const { args } = directive;
  if (args.length === 0) return wrongCount(directive, '"reset" or methods');
  if (args.length === 1 && /^reset$/i.test(args[0]!.value)) return undefined;
  return firstRefusal(args, (word) => (isMethod(word.value) ? undefined : badForm(directive, word, 'an HTTP method')));
}

export const handlers: Handlers = { allowmethods: judgeAllowMethods };
