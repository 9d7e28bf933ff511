import type { Directive } from '../../../../syntax/tree.ts';
import { judgeRegex } from '../regex.ts';
import { badForm, refusal, type Handlers, type Refusal } from '../refusal.ts';

/** `Substitute s/pattern/replacement/flags`, `set_pattern`: the delimiter cannot be escaped. */
function judgeSubstitute(directive: Directive): Refusal | undefined {
  const [word] = directive.args;
  if (!word) return undefined;
  const { value } = word;
  const [pattern = '', replacement, ...flags] = value.slice(2).split(value[1] ?? '/');
  if (!/^s./is.test(value) || pattern === '' || replacement === undefined) {
    return badForm(directive, word, 'a substitution of the form "s/pattern/replacement/flags"');
  }
  const letters = flags.join(value[1]);
  const unknown = /[^infq]/i.exec(letters)?.[0];
  if (unknown !== undefined) {
    return refusal(directive, `"${unknown}" is no flag of a substitution; there are "i", "n", "f" and "q"`, word);
  }
  return /n/i.test(letters) ? undefined : judgeRegex(directive, word, pattern);
}

export const handlers: Handlers = { substitute: judgeSubstitute };
