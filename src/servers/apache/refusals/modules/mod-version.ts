import type { Directive } from '../../../../syntax/tree.ts';
import { badForm, wrongCount, type Handlers, type Refusal } from '../refusal.ts';
import { judgeRegex } from '../regex.ts';

const operators = /^!?(?:==?|>=?|<=?|~)$/;

/** `<IfVersion [[!]operator] version>`, `start_ifversion` of `mod_version.c`. A version between slashes is a regular expression. */
function judgeIfVersion(directive: Directive): Refusal | undefined {
  const [first, second, third] = directive.args;
  if (!first) return undefined;
  if (third && third.value !== '>') return wrongCount(directive, 'an operator and a version', 2);
  if (second && !operators.test(first.value)) return badForm(directive, first, 'a comparison such as ">=" or "<"');
  const version = second ?? first;
  const operator = second ? first.value.replace('!', '') : '=';
  const { value } = version;
  if (operator === '~') return judgeRegex(directive, version);
  if (operator.startsWith('=') && value.startsWith('/')) {
    return value.endsWith('/') && value.length > 1
      ? judgeRegex(directive, version, value.slice(1, -1))
      : badForm(directive, version, 'a regular expression between slashes');
  }
  if (/^\d+(?:\.\d+){0,2}\.?$/.test(value)) return undefined;
  return badForm(directive, version, 'a version such as "2.4" or "2.4.39"');
}

export const handlers: Handlers = { ifversion: judgeIfVersion };
