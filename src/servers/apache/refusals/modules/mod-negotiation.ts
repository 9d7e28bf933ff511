import type { Directive } from '../../../../syntax/tree.ts';
import { refusal, type Handlers, type Refusal } from '../refusal.ts';

/** `set_force_priority`. The words are judged by the facts. */
function judgePriority(directive: Directive): Refusal | undefined {
  const none = directive.args.find(({ value }) => /^none$/i.test(value));
  const other = directive.args.find(({ value }) => !/^none$/i.test(value));
  return none && other && refusal(directive, `"None" excludes "${other.value}"`, other);
}

export const handlers: Handlers = { forcelanguagepriority: judgePriority };
