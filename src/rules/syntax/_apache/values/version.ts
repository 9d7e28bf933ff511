import type { Directive } from '../../../../ir/syntax.ts';
import { badForm, type Fault } from '../fault.ts';

const operators = /^!?(?:==?|>=?|<=?|~)$/;

/** `<IfVersion [[!]operator] version>`, `start_ifversion` of `mod_version.c`. A version between slashes is a regular expression. */
export function judgeIfVersion(directive: Directive): Fault | undefined {
  const [first, second] = directive.args;
  if (!first) return undefined;
  if (second && !operators.test(first.value)) return badForm(directive, first, 'a comparison such as ">=" or "<"');
  const version = second ?? first;
  const text = second ? version.value : version.value.replace(/^!/, '');
  if (first.value.endsWith('~') || text.startsWith('/') || /^\d+(?:\.\d+){0,2}$/.test(text)) return undefined;
  return badForm(directive, version, 'a version such as "2.4" or "2.4.39"');
}
