import { moduleValueRule } from '../facts/module-values.ts';
import { valueRule } from '../facts/values.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { badChoice, badForm, type Refusal } from './refusal.ts';

/** Judges arguments that are words of a list, numbers or durations, by the facts. */
export function judgeSimple(directive: Directive): Refusal | undefined {
  const rule = valueRule(directive.key) ?? moduleValueRule(directive.key);
  if (!rule) return undefined;
  for (const [index, word] of directive.args.entries()) {
    const type = rule.types[index] ?? (rule.each ? rule.types.at(-1) : undefined);
    if (!type || type.accepts(word.value)) continue;
    return typeof type.expected === 'string'
      ? badForm(directive, word, type.expected)
      : badChoice(directive, word, type.expected);
  }
  return undefined;
}
