import type { Directive } from '../../../../syntax/tree.ts';
import { atoi } from '../../facts/numbers.ts';
import { badForm, refusal, type Handlers, type Refusal } from '../refusal.ts';

/** `H2PushPriority type [dependency] [weight]`, `h2_conf_add_push_priority`. */
function judgePriority(directive: Directive): Refusal | undefined {
  const [, second, third] = directive.args;
  if (!second) return undefined;
  const isWeight = !third && /^\d/.test(second.value);
  const [dependency, weight] = isWeight ? [undefined, second] : [second, third];
  if (dependency && !/^(?:after|before|interleaved)$/i.test(dependency.value)) {
    return badForm(directive, dependency, '"After", "Before" or "Interleaved"');
  }
  if (weight && /^before$/i.test(dependency?.value ?? ''))
    return refusal(directive, '"Before" takes no weight', weight);
  return weight && atoi(weight.value) < 1 ? badForm(directive, weight, 'a weight of at least 1') : undefined;
}

/** `H2PushResource [add] path [critical]`, `h2_conf_add_push_res`. */
function judgeResource(directive: Directive): Refusal | undefined {
  const [first, ...rest] = directive.args;
  const last = /^add$/i.test(first?.value ?? '') ? rest[1] : rest[0];
  if (last && !/^critical$/i.test(last.value)) return badForm(directive, last, '"critical" or nothing');
  const extra = last === rest[0] ? rest[1] : undefined;
  return extra && refusal(directive, 'nothing may stand behind "critical"', extra);
}

/** `H2EarlyHint name value`. */
function judgeHint(directive: Directive): Refusal | undefined {
  const value = directive.args[1];
  return value && value.value.trim() === '' ? badForm(directive, value, 'the value of a header') : undefined;
}

export const handlers: Handlers = {
  h2earlyhint: judgeHint,
  h2pushpriority: judgePriority,
  h2pushresource: judgeResource,
};
